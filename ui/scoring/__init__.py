"""The scoring page and its widgets."""
