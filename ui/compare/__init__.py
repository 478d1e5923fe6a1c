"""The compare page: sessions over time."""
