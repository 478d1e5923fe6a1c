"""The results page and its widgets."""
