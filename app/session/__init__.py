"""A session: one assessment of one organisation, with its ratings and units."""
