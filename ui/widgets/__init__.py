"""Building blocks that more than one page can use."""
