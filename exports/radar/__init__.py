"""The radar chart: layout and drawing."""
