"""Decisions about many images; no pixels."""
