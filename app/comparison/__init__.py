"""Comparison of sessions over time: relations of areas, grade, causes of a change."""
