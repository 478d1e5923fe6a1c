"""Variants of the plan: scenarios side by side, frozen versions, questions, follow-up."""
