"""The tilt log: what the hips did, kept in one SQLite file on this computer. No picture is ever kept.

To write: `store.TiltLog`. To read: `reader.LogReader`, then `summary.summarize` or `export.export_csv`.
"""
