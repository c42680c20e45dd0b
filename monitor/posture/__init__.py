"""Pose to measures: person frame, angles, back contour, smoothing. Pure."""
