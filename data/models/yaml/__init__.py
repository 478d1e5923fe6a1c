"""Model files in YAML and JSON."""
