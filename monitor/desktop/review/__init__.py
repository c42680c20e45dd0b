"""The review of the tilt log: a day, weeks and months, bouts, exposure, and this seat against that one."""
