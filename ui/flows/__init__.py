"""What takes several steps: opening libraries and sessions, exporting, importing."""
