"""Only what needs a screen: the review window."""
