"""Pixels in, frozen readings with evidence out; nothing here changes a pixel."""
