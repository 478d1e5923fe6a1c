"""The roadmap: steps from today to the targets, and their order."""
