"""The tilt log in the formats of other programs, and back again."""
