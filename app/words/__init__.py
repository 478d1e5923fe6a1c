"""Texts, numbers and descriptions of changes in the reader's language."""
