"""Mapping files between versions of a model."""
