"""Panels: layout, no behaviour."""
