"""The targets page: targets as decisions."""
