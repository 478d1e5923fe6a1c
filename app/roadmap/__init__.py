"""The roadmap: steps from current levels to targets, in order of priority."""
