"""Board of the roadmap: cards by quarter, their details, and the plan as tables."""
