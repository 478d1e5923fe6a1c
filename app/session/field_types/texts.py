"""Types of texts, and checks of texts that are part of a record."""

from __future__ import annotations

import json
from typing import Any

from app.errors import InvalidInput
from app.model.maturity_model import MaturityModel
from app.session.compact_json import compact_json
from app.session.field_types.base import FieldType, Rules
from app.session.names import MAX_NAME_LENGTH
from app.words.characters import has_half, is_single_line, single_line
from app.words.language_tags import is_language_tag
from app.words.sorting import sort_key
from app.words.texts import N_

MAX_NOTE_LENGTH = 20_000
MAX_TAGS = 20
MAX_TAG_LENGTH = 40

NOTE_TOO_LONG = N_("A reason can have at most {most} characters. Attach longer texts as a file.")
NAME_TOO_LONG = N_("A name can have at most {most} characters.")
NO_TEXT = N_("A text of at most {most} characters is needed here.")
NO_LINE = N_("A text of one line and at most {most} characters is needed here.")
_HALF_A_CHARACTER = N_("The text holds half a character, which cannot be stored. Please retype it.")


class Text(FieldType):
    """A text of limited length; ``too_long`` is the sentence for a longer one."""

    def __init__(self, too_long: str, most: int = MAX_NOTE_LENGTH) -> None:
        self._too_long = too_long
        self._most = most

    def needed(self, model: MaturityModel | None) -> InvalidInput:
        """The error that describes the allowed values."""
        return InvalidInput(NO_TEXT, most=self._most)

    def typed(self, value: Any, model: MaturityModel | None = None) -> str:
        """The text unchanged."""
        return self._checked(value) if type(value) is str else self.refuse(model)

    def of_edit(self, value: Any, model: MaturityModel | None = None) -> Any:
        """The text as it is in the edit: normalised, it would no longer match its log."""
        self.typed(value, model)
        return value

    def read(self, value: Any, model: MaturityModel | None = None) -> Any:
        """A text that is not too long."""
        return value if is_text(value, self._most) else self.refuse(model)

    def _checked(self, text: str) -> str:
        refuse_surrogates(text)
        if len(text) > self._most:
            raise InvalidInput(self._too_long, most=self._most)
        return text


class Line(Text):
    """A text of one line, such as a name or title; ``empty`` is the sentence if it is required."""

    def __init__(self, too_long: str, most: int = MAX_NAME_LENGTH, empty: str = "") -> None:
        super().__init__(too_long, most)
        self._empty = empty

    def needed(self, model: MaturityModel | None) -> InvalidInput:
        """The error that describes the allowed values."""
        return InvalidInput(NO_LINE, most=self._most)

    def typed(self, value: Any, model: MaturityModel | None = None) -> str:
        """The text on one line, normalised."""
        if type(value) is not str:
            self.refuse(model)
        refuse_surrogates(value)
        return self._checked(single_line(value))

    def legal(self, value: Any, rules: Rules) -> str:
        """A line that is not empty where one is required."""
        line = self.typed(value, rules.model)
        if not line and self._empty:
            raise InvalidInput(self._empty)
        return line

    def read(self, value: Any, model: MaturityModel | None = None) -> Any:
        """A text of one line that is not too long."""
        fits = is_text(value, self._most) and is_single_line(value)
        return value if fits else self.refuse(model)


class Reason(Text):
    """A text that is not blank, or ``None``; ``empty`` is the sentence for a blank one."""

    json_type = str | None

    def __init__(self, too_long: str, empty: str) -> None:
        super().__init__(too_long)
        self._empty = empty

    def needed(self, model: MaturityModel | None) -> InvalidInput:
        """The error that describes the allowed values."""
        return InvalidInput(N_("A reason, or null, is needed here."))

    def typed(self, value: Any, model: MaturityModel | None = None) -> str | None:  # type: ignore[override]
        """The reason without blanks around it."""
        if value is None:
            return None
        reason = super().typed(value, model).strip()
        if not reason:
            raise InvalidInput(self._empty)
        return reason

    def read(self, value: Any, model: MaturityModel | None = None) -> Any:
        """A text that is not blank, or ``None``."""
        fits = value is None or (is_text(value, self._most) and value.strip())
        return value if fits else self.refuse(model)


class LanguageCode(Text):
    """A language code such as ``de``."""

    def __init__(self) -> None:
        super().__init__(NO_TEXT, MAX_NAME_LENGTH)

    def needed(self, model: MaturityModel | None) -> InvalidInput:
        """The error that describes the allowed values."""
        return InvalidInput(N_("A language code such as de or en is needed here."))

    def typed(self, value: Any, model: MaturityModel | None = None) -> str:
        """The code unchanged."""
        code: str = self.read(value, model)
        return code

    def read(self, value: Any, model: MaturityModel | None = None) -> Any:
        """A language code."""
        fits = is_text(value, self._most) and is_language_tag(value)
        return value if fits else self.refuse(model)


class Tags(FieldType):
    """Short texts, each once whatever its case, in the order of ``app.words.sorting``.

    A comma parts two of them, so that all of them can be entered on one line.
    """

    json_type = list[str]

    def needed(self, model: MaturityModel | None) -> InvalidInput:
        """The error that describes the allowed values."""
        return InvalidInput(N_("A list of tags is needed here, each a text of one line."))

    def typed(self, value: Any, model: MaturityModel | None = None) -> tuple[str, ...]:
        """The tags on one line each, sorted; empty and repeated ones are left out."""
        if type(value) is not tuple or any(type(text) is not str for text in value):
            self.refuse(model)
        found: dict[str, str] = {}
        for tag in (single_line(part) for text in value for part in text.split(",")):
            refuse_surrogates(tag)
            if len(tag) > MAX_TAG_LENGTH:
                raise InvalidInput(
                    N_("A tag can have at most {most} characters."), most=MAX_TAG_LENGTH
                )
            if tag:
                found.setdefault(tag.casefold(), tag)
        if len(found) > MAX_TAGS:
            raise InvalidInput(N_("A session can have at most {most} tags."), most=MAX_TAGS)
        return tuple(sorted(found.values(), key=sort_key))

    def of_edit(self, value: Any, model: MaturityModel | None = None) -> Any:
        """The tags as they are in the edit: normalised, they would no longer match its log."""
        self.typed(value, model)
        return value

    def read(self, value: Any, model: MaturityModel | None = None) -> tuple[str, ...]:
        """A list of tags."""
        return self.typed(tuple(value)) if type(value) is list else self.refuse(model)

    def to_json(self, value: tuple[str, ...]) -> list[str]:
        """A list."""
        return list(value)

    def from_json(self, value: Any) -> tuple[str, ...]:
        """The inverse of :meth:`to_json`."""
        return tuple(value)

    def to_sql(self, value: tuple[str, ...]) -> str:
        """The list as compact JSON."""
        return compact_json(list(value))

    def from_sql(self, value: Any) -> tuple[str, ...]:
        """The inverse of :meth:`to_sql`."""
        return () if value == "[]" else tuple(json.loads(value))


def check_text(value: Any, most: int, needed: str = NO_TEXT) -> None:
    """Raise ``InvalidInput`` for anything but a text of this length that UTF-8 can hold."""
    if type(value) is str:
        refuse_surrogates(value)
    if not is_text(value, most):
        raise InvalidInput(needed, most=most)


def is_text(value: Any, most: int) -> bool:
    """True for a text of this length that UTF-8 can hold."""
    return type(value) is str and len(value) <= most and not has_half(value)


def refuse_surrogates(text: str) -> None:
    """Raise ``InvalidInput`` for a lone surrogate: no file takes it."""
    if has_half(text):
        raise InvalidInput(_HALF_A_CHARACTER)
