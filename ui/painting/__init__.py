"""Painters shared by several widgets; their geometry is in plain functions."""
