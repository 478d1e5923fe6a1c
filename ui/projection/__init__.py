"""The profile that the plan leads to, quarter by quarter."""
