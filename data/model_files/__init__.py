"""Maturity models as files: the ones that travel with the program and the ones people bring."""
