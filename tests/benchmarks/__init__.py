"""Measures Glossator beside Hugo and Pelican, on the same made articles, in one run: `python -m tests.benchmarks`."""
