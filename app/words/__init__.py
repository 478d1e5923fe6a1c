"""Translation, number formatting and descriptions of changes."""
