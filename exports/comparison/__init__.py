"""Charts of a comparison: overlay of profiles, waterfall of a change, trend over time."""
