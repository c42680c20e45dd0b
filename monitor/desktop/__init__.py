"""The desktop program: tray, live view, calibration, warnings, settings. The only package that imports PySide6."""
