"""All figures: means, gaps, progress, and comparison with an earlier session."""
