"""A running session: validated changes, undo history, unsaved changes."""
