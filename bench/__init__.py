"""Measurements: commands that print figures. Development only, not in the package."""
