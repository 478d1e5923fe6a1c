"""Persistence: the library, and import and export of sessions and maturity models."""
