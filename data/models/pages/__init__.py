"""Maturity models published as Markdown pages."""
