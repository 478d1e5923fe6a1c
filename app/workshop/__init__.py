"""Running a session: checked changes, undo history, changes that wait to be saved."""
