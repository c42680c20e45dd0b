"""A few seconds of sitting become a personal profile. Pure: no device, clock or file."""
