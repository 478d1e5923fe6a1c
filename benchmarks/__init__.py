"""Benchmarks: every figure is a ratio to a bare equivalent, measured side by side in one run."""
