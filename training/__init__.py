"""How every shipped model was made: frames are rendered and networks trained here; the app imports nothing of it."""
