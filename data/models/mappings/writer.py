"""Writes a mapping as YAML for people to read and edit."""

from __future__ import annotations

from app.comparison.mappings import ModelMapping, mapping_to_document
from data.models.yaml.writer import document_to_yaml


def mapping_to_yaml(mapping: ModelMapping) -> str:
    """The mapping as YAML text, each pair on one line."""
    return document_to_yaml(mapping_to_document(mapping), lines=("pairs",))
