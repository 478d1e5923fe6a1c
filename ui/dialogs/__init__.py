"""Windows in front of the window: each asks one thing and never blocks the program."""
