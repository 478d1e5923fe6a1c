"""Versions of one session: ids that name the original, and logs that continue one another.

A session is recognised by its id and log. Where both libraries went on with it, the other one's is
kept as a second version. Its ids are those of the original behind a mark, and its titles carry a
suffix; everything else is that of the original, so that each library finds the other one's session
again, whichever of the two bears the id there.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import replace
from enum import Enum

from app.model.codec import model_digest
from app.session.compact_json import compact_json
from app.session.documents import details_to_document, rating_to_document
from app.session.names import MAX_NAME_LENGTH
from app.session.session import Session
from app.session.units import Affiliation
from app.session.whole import WholeSession
from app.words.texts import DEFAULT_LANGUAGE, LANGUAGES, N_, translator_for
from app.workshop.history import Change, Edit, apply_change, taken_back

SECOND_VERSION = N_("{title} (second version)")
MARK_LENGTH = 12
"""Hexadecimal digits that tell the versions of a session apart."""
_MARK = re.compile(rf"[0-9a-f]{{{MARK_LENGTH}}}-of-")
_LONGEST_ID = 100


class Relation(Enum):
    """Relation of the log of a session here to that of the same session elsewhere."""

    EQUAL = "equal"
    LONGER_HERE = "longer here"
    LONGER_THERE = "longer there"
    DIVERGED = "diverged"


# ---- ids ---------------------------------------------------------------------------------------


def original_id(any_id: str) -> str:
    """The id without the mark of a version; of a session or a change."""
    mark = _MARK.match(any_id)
    return any_id if mark is None else any_id[mark.end() :]


def mark_of(any_id: str) -> str:
    """The mark of a version's id; empty for an original."""
    return any_id[:MARK_LENGTH] if _MARK.match(any_id) else ""


def marked_id(mark: str, any_id: str) -> str:
    """The id in the version with this mark, which is empty for the original."""
    if not mark:
        return original_id(any_id)
    marked = f"{mark}-of-{original_id(any_id)}"
    if len(marked) <= _LONGEST_ID:
        return marked
    return hashlib.sha256(marked.encode()).hexdigest()[:32]  # never for an id of ours


def with_mark(whole: WholeSession, mark: str) -> WholeSession:
    """Copy with the ids of the version with this mark."""
    session_id = marked_id(mark, whole.session.id)
    changes = with_ids(whole.changes, lambda change_id: marked_id(mark, change_id))
    changes = tuple(replace(change, session_id=session_id) for change in changes)
    return replace(whole, session=replace(whole.session, id=session_id), changes=changes)


def with_ids(changes: tuple[Change, ...], id_for: Callable[[str], str]) -> tuple[Change, ...]:
    """The changes under other ids, also where one reverses another."""
    ids = {change.id: id_for(change.id) for change in changes}
    return tuple(
        replace(change, id=ids[change.id], reverses=ids.get(change.reverses, change.reverses))
        for change in changes
    )


# ---- titles ------------------------------------------------------------------------------------


def second_title(title: str, language: str) -> str:
    """The title of a second version."""
    tr = translator_for(language if language in LANGUAGES else DEFAULT_LANGUAGE)
    return tr.gettext(SECOND_VERSION, title=title[: _room(language)])


def first_title(title: str) -> str:
    """The title without the words that name a second version, as far as those leave room."""
    for language in LANGUAGES:
        before, after = translator_for(language).gettext(SECOND_VERSION, title="\0").split("\0")
        if title.startswith(before) and title.endswith(after):
            title = title[len(before) : len(title) - len(after)]
    return title[: min(map(_room, LANGUAGES))]


def _room(language: str) -> int:
    tr = translator_for(language if language in LANGUAGES else DEFAULT_LANGUAGE)
    return MAX_NAME_LENGTH - len(tr.gettext(SECOND_VERSION, title=""))


def retitled(whole: WholeSession, title_of: Callable[[str], str]) -> WholeSession:
    """Copy in which every title there ever was is another one, so that the log still fits."""

    def retitled_edit(edit: Edit) -> Edit:
        return replace(edit, before=title_of(str(edit.before)), after=title_of(str(edit.after)))

    session = replace(whole.session, title=title_of(whole.session.title))
    changes = tuple(_with_edits(each, _is_title, retitled_edit) for each in whole.changes)
    return replace(whole, session=session, changes=changes)


def _with_edits(
    change: Change, is_meant: Callable[[Edit], bool], other: Callable[[Edit], Edit]
) -> Change:
    """The change with some of its edits replaced; most changes have none of them."""
    if not any(map(is_meant, change.edits)):
        return change
    return replace(change, edits=tuple(other(e) if is_meant(e) else e for e in change.edits))


def _is_title(edit: Edit) -> bool:
    return edit.area_id is None and edit.field == "title"


def _is_affiliation(edit: Edit) -> bool:
    return isinstance(edit.after, Affiliation)


# ---- versions ----------------------------------------------------------------------------------


def as_original(whole: WholeSession) -> WholeSession:
    """The session with the ids and titles of the original, to be compared."""
    return retitled(with_mark(whole, ""), first_title)


def as_second_version(whole: WholeSession) -> WholeSession:
    """Copy with ids and titles of its own, the same whenever and wherever it is made."""
    language = whole.session.language
    plain = retitled(whole, first_title) if mark_of(whole.session.id) else whole
    version = retitled(plain, lambda title: second_title(title, language))
    return with_mark(version, _mark_for(whole))


def _mark_for(whole: WholeSession) -> str:
    original = as_original(whole)
    first = original.first_state
    content = [
        details_to_document(first),
        [rating_to_document(rating) for rating in first.all_ratings()],
        [change.id for change in original.changes],
    ]
    return hashlib.sha256(compact_json(content).encode()).hexdigest()[:MARK_LENGTH]


def relation(here: WholeSession, there: WholeSession) -> Relation:
    """Compare the logs of two sessions, both given by :func:`as_original`.

    Client and unit do not count: their ids may differ from one library to the other, and a rename
    or a merge of clients is no work on the session.
    """
    ours, theirs = here.changes, there.changes
    common = min(len(ours), len(theirs))
    pairs = zip(ours, theirs, strict=False)
    if not all(_without_affiliation(one) == _without_affiliation(two) for one, two in pairs):
        return Relation.DIVERGED
    if not _alike(
        taken_back(here.session, ours[common:]), taken_back(there.session, theirs[common:])
    ):
        return Relation.DIVERGED
    if len(ours) == len(theirs):
        return Relation.EQUAL
    return Relation.LONGER_HERE if len(ours) > len(theirs) else Relation.LONGER_THERE


def says_the_same(here: WholeSession, there: WholeSession) -> bool:
    """True if two sessions, both given by :func:`as_original`, have come to the same content.

    Client and unit are told by their ids, never by their names.
    """
    ours, theirs = here.session, there.session
    return _ids(ours.affiliation) == _ids(theirs.affiliation) and _alike(ours, theirs)


def _ids(affiliation: Affiliation) -> tuple[str, ...]:
    return (affiliation.organisation.id, *(unit.id for unit in affiliation.units))


def _alike(here: Session, there: Session) -> bool:
    """True if all that belongs to two sessions is equal, but for client and unit."""
    same_place = replace(here, id=there.id, affiliation=there.affiliation, model=there.model)
    return model_digest(here.model) == model_digest(there.model) and same_place == there


def _without_affiliation(change: Change) -> Change:
    return _with_edits(change, _is_affiliation, lambda e: replace(e, before=None, after=None))


# ---- going on ----------------------------------------------------------------------------------


def continued(
    here: WholeSession, there: WholeSession, placed: Callable[[Affiliation], Affiliation]
) -> WholeSession:
    """The session here with what is missing at the end of its log, under ids of its own.

    ``there`` has the same log, and more. Titles, clients and units lead on from those here;
    ``placed`` gives those here for those there.
    """
    titles = _titles_here(here.changes, there.changes)
    session, missing = here.session, []
    for change in _with_ids_here(here, there)[len(here.changes) :]:
        edits = tuple(_led_on(edit, session, titles, placed) for edit in change.edits)
        added = replace(change, session_id=session.id, edits=edits)
        session = apply_change(session, added)
        missing.append(added)
    return replace(here, session=session, changes=(*here.changes, *missing), files=there.files)


def _with_ids_here(here: WholeSession, there: WholeSession) -> tuple[Change, ...]:
    mark = mark_of(here.session.id)
    pairs = zip(there.changes, here.changes, strict=False)
    known = {theirs.id: ours.id for theirs, ours in pairs}
    return with_ids(
        there.changes, lambda change_id: known.get(change_id) or marked_id(mark, change_id)
    )


def _titles_here(ours: tuple[Change, ...], theirs: tuple[Change, ...]) -> dict[str, str]:
    """The titles of the common log: what is called what here."""
    titles = {}
    for one, two in zip(ours, theirs, strict=False):
        for mine, other in zip(one.edits, two.edits, strict=True):
            if _is_title(mine):
                titles[str(other.before)] = str(mine.before)
                titles[str(other.after)] = str(mine.after)
    return titles


def _led_on(
    edit: Edit,
    session: Session,
    titles: dict[str, str],
    placed: Callable[[Affiliation], Affiliation],
) -> Edit:
    if isinstance(edit.after, Affiliation):
        after = placed(edit.after)
        # Nothing leads to what was deleted for good, so the session stays where it is.
        after = after if after.is_named else session.affiliation
        return replace(edit, before=session.affiliation, after=after)
    if _is_title(edit):
        titles[str(edit.before)] = session.title
        return replace(edit, before=session.title, after=titles.get(str(edit.after), edit.after))
    return edit
