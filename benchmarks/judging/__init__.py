"""What `benchmarks/judgement.py` is made of: cases, their examination, the day, the speed."""
