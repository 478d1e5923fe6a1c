"""Multi-step tasks: opening libraries and sessions, exporting, importing."""
