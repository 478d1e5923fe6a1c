"""Every figure shown: means, gaps, progress, and figures of an earlier session."""
