"""The maturity model: data classes, canonical form and comparability."""
