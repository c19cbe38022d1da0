"""What benchmarks/window.py measures, one group of figures per module; each has `measure(place, quick) -> figures`."""
