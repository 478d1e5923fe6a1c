"""Non-modal dialogs."""
