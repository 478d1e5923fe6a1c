"""Files generated from the built-in models and from ``schema.py``.

``tools/derived.py`` writes them.
"""

from __future__ import annotations

from pathlib import Path

from app.model.codec import model_to_json
from data.models.builtin import BUILTIN_IDS, MODELS_FOLDER
from data.models.schema import schema_text
from data.models.yaml.reader import read_model

SCHEMA_PATH = MODELS_FOLDER.parent / "model.schema.json"


def derived_files() -> dict[Path, str]:
    """Path and right content of every derived file; raises ``InvalidFile`` for a faulty model."""
    content_by_path = {SCHEMA_PATH: schema_text()}
    for model_id in BUILTIN_IDS:
        model = read_model(MODELS_FOLDER / f"{model_id}.yaml")
        content_by_path[MODELS_FOLDER / f"{model_id}.json"] = model_to_json(model) + "\n"
    return content_by_path
