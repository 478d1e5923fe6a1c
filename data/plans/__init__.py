"""Files with planning problems."""
