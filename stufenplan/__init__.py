"""Stufenplan: from a maturity model to a scored session, a radar and a roadmap."""

__version__ = "0.1.0"
