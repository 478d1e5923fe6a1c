"""Painters that several widgets share; the geometry is in plain functions beside them."""
