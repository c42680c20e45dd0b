"""The first welcome and the calibration, page by page."""
