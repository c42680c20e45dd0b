"""Measures against the profile: tilt, state, and the reason for every unknown. Pure."""
