"""Item models over records."""
