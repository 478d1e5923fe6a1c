"""Import and export of whole sessions: JSON documents, score CSV, transfer and merge."""
