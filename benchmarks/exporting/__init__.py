"""What the benchmark of exports is made of."""
