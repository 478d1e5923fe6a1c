"""The plan: when each step from current to target levels is taken."""
