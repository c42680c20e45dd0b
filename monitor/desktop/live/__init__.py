"""The live view: what the camera sees, how far the hips are tipped, and what seems to go with it."""
