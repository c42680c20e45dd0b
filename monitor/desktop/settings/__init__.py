"""The settings window: every number of the settings file, by pages, taken over at once."""
