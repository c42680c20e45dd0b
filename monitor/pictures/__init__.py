"""Annotated frames, videos and charts, made only when the user asks."""
