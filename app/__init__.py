"""What a maturity workshop *is*: its model, sessions and arithmetic; no window, no database."""
