"""The built-in maturity models."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from app.errors import NotFound
from app.model.codec import model_from_json
from app.model.maturity_model import MaturityModel
from app.words.texts import N_

MODELS_FOLDER = Path(__file__).parent

BUILTIN_IDS = ("cloud-native",)


def builtin_models() -> tuple[MaturityModel, ...]:
    """All models that travel with the program."""
    return tuple(builtin_model(id_) for id_ in BUILTIN_IDS)


@cache
def builtin_model(model_id: str = BUILTIN_IDS[0]) -> MaturityModel:
    """One of them; raises ``NotFound`` for an unknown id.

    Read from the JSON copy beside the YAML file: that takes a few milliseconds and loads nothing
    but the standard library, so it may happen while the window opens.
    """
    if model_id not in BUILTIN_IDS:
        raise NotFound(
            N_("No maturity model with the id {id} comes with the program."), id=model_id
        )
    path = MODELS_FOLDER / f"{model_id}.json"
    return model_from_json(path.read_text(encoding="utf-8"))
