"""Recordings of sitting with exactly known pelvic tilt: a generator, used in development only.

World axes of the whole package: x the way the chair faces, y to the sitter's left, z up; metres; the floor is z = 0
and the chair's seat reference point stands over the origin. Rotations about y are *pitch*, forward positive, so a
pelvis tipped back by 10 degrees has a pitch of -10. The tilt itself is posterior positive, as everywhere in Saddle.
"""
