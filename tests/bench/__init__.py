"""Benchmarks: `python3 dev.py bench [name]`; docs/how-to/measure.md. Not in the suite."""
