"""User interface: the window, its pages and dialogs."""
