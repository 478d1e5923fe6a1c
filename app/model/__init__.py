"""The maturity model: what it is made of, its written form, and when two of them agree."""
