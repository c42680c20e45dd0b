"""What the terminal shows: the live view and the report."""
