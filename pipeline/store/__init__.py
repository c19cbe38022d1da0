"""The studio: the only SQL, migrations and content-addressed files."""
