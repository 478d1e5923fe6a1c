"""Domain layer: maturity model, sessions, figures and roadmap; independent of UI and database."""
