"""Faults on purpose: crashes, full disks, power cuts, rot and strangers' files, and the bugs that prove the harness."""
