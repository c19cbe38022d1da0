"""Known faults, seeded one at a time into correct results, with the true place kept; for training and for benchmarks.

Seeds are disjoint by construction: training draws from `training_seed`, benchmarks from `bench_seed`.
"""
