"""Picture to pose, and pose to tilt."""
