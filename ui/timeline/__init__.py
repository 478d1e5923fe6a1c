"""The timeline: the plan over time, with dependencies, milestones and the projected average."""
