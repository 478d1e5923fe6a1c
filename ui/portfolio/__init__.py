"""The portfolio: all clients of the library."""
