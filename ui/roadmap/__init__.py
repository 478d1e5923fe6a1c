"""Shared by the pages of the roadmap: the current plan."""
