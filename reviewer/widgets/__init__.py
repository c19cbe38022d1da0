"""Dumb widgets that know pixels and signals, never the store."""
