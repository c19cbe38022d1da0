"""Data only: settings, platforms, categories, reasons, models, samples, icons and the look."""
