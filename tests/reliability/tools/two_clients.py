"""Two clients with everything the program keeps of them, and a search for their words in all files.

Each client has words of its own, which occur nowhere else.
"""

from __future__ import annotations

import io
import json
import os
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from crash_driver import small_model

from app.comparison.mappings import MappedAreas, ModelMapping, version_of
from app.comparison.reviews import NewReview, Subject, Verdict
from app.errors import StorageUnavailable
from app.model.maturity_model import LocalText, MaturityModel
from app.session.plan_settings import Milestone
from app.session.session import NewSession, Session
from app.session.step_details import Approval, PlannedAction
from app.workshop.recording import Unsaved
from app.workshop.workshop import Workshop
from data.leftovers import kept_until_exit
from data.library.crash_copies import keep_crash
from data.library.emergency import write_unsaved
from data.library.folders import data_folder
from data.library.library import SqliteLibrary, open_library


@dataclass(frozen=True)
class Client:
    """The words of one client, each unlike any other word in the files."""

    name: str
    unit: str
    words: tuple[str, ...]

    def word(self, number: int) -> str:
        return self.words[number % len(self.words)]


GONE = Client(
    "Nordwürk Köhler AG",
    "Ödland-Abteilung/Grünfink-Team",
    tuple(f"Zaunkönig{n:02}" for n in range(23)),
)
STAYS = Client(
    "Bergwerk Süd GmbH", "Talabteilung/Seeadler-Team", tuple(f"Eisvogel{n:02}" for n in range(23))
)


GONE_FORMERLY = ("Nortwürk Koeler", "Zaunfirma Ältlich", "Ödlandteilung")
STAYS_FORMERLY = ("Bergwärk", "Adlerfirma Ältlich", "Talteilung")
"""Names before renames and merges: of the client, of one that was merged into it, of a unit."""


def build(path: Path) -> dict[str, list[str]]:
    """Make the library and all that lies around it; returns the ids of each client's sessions."""
    first_path = path.with_name("before-it-was-renamed.stufenplan")
    library = open_library(first_path, create=True)
    ids: dict[str, list[str]] = {}
    for client, former in ((GONE, GONE_FORMERLY), (STAYS, STAYS_FORMERLY)):
        sessions = [_session_of(client, former, library, path.parent, n) for n in (0, 1)]
        ids[client.name] = [session.id for session in sessions]
        _review(client, ids[client.name], library)
        _map(client, library)
    library.back_up()
    library.close()
    first_path.rename(path)
    library = open_library(path)
    for client, former in ((GONE, GONE_FORMERLY), (STAYS, STAYS_FORMERLY)):
        _rename_and_merge(client, former, library)
        library.archive_session(ids[client.name][1])
        library.back_up()
    library.close()
    _around(path, ids)
    return ids


def _review(client: Client, ids: list[str], library: SqliteLibrary) -> None:
    """Decide on the sessions of a client, and take one of the decisions back."""
    first, second = ids
    decide = library.reviews.decide
    same = decide(NewReview(first, second, Subject.PEOPLE, Verdict.EQUAL, by=client.word(2)))
    library.reviews.withdraw(same.id, client.word(2))
    decide(NewReview(first, second, Subject.PEOPLE, Verdict.DIFFERENT, by=client.word(2)))


def _model_of(client: Client, version: str = "1") -> MaturityModel:
    """A model that was made for this client."""
    name = LocalText.of(en=f"Model {client.word(12)}")
    model_id = client.word(12).casefold().replace("ö", "oe")
    return replace(small_model(), id=model_id, name=name, content_version=version)


def _map(client: Client, library: SqliteLibrary) -> None:
    """Import a newer version of the client's model, and map the older one to it."""
    older, newer = (_model_of(client, version) for version in "12")
    library.add_model(newer)
    pairs = (MappedAreas("area-0", "area-1", Verdict.EQUAL),)
    versions = version_of(older), version_of(newer)
    library.mappings.add(ModelMapping(*versions, pairs, client.word(13)), client.word(13))


def _rename_and_merge(client: Client, former: tuple[str, ...], library: SqliteLibrary) -> None:
    """Give client and unit their names, and merge another client into this one."""
    ids = {each.name: each.id for each in library.organisations()}
    library.naming.rename_organisation(ids[former[0]], client.name)
    merged = library.add_organisation(former[1])
    library.add_unit(merged.id, former[2])
    library.naming.merge_organisations(merged.id, ids[former[0]])
    unit = next(each for each in library.units(ids[former[0]]) if each.name == former[2])
    library.naming.rename_unit(unit.id, f"{former[2]}-2")


def _session_of(
    client: Client, former: tuple[str, ...], library: SqliteLibrary, folder: Path, number: int
) -> Session:
    word = client.word
    new = NewSession(
        former[0],
        _model_of(client),
        title=f"First title {word(0)}",
        unit=client.unit if number == 0 else "",
        date=date(2026, 11, 20 + number),
        scope=word(1),
        facilitator=word(2),
        tags=(word(14),),
    )
    workshop = Workshop(library.create_session(new), library)
    workshop.set_detail("title", f"Workshop {word(3)}-{number}")
    workshop.set_note("area-0", f"{word(4)} " + "long enough for pages of its own " * 300)
    workshop.set_note("area-1", f"{word(5)} is taken back")
    workshop.undo()
    workshop.set_level("area-0", 3)
    workshop.set_not_applicable("area-2", word(6))
    workshop.add_checkpoint(word(7))
    for times in (0, 1):
        proof = folder / f"{word(8)}-{times}.txt"
        proof.write_bytes(f"{word(9)} {number} {times}".encode() * 900)
        workshop.add_file("area-3", proof)
        proof.unlink()
    workshop.remove_evidence("area-3", workshop.session.rating("area-3").evidence[0].id)
    _plan(client, workshop)
    workshop.set_level("area-1", 2)
    return workshop.session


def _plan(client: Client, workshop: Workshop) -> None:
    """Decide on targets, steps and the plan."""
    word = client.word
    workshop.decide_targets(["area-0"], target=5, reason=word(15), sponsor=word(16))
    workshop.change_step("area-0", 5, owner=word(17), kpi=word(18), risk=word(19))
    workshop.change_step("area-0", 5, actions=(PlannedAction("own-1", word(20)),))
    workshop.approve_step("area-0", 5, Approval.APPROVED, word(21))
    workshop.change_plan(milestones=(Milestone(date(2027, 6, 30), word(22)),))


def _around(path: Path, ids: dict[str, list[str]]) -> None:
    """Copies after crashes, unsaved changes, temporary files, settings and reports of errors."""
    journal = path.with_name(path.name + "-journal")
    journal.write_bytes(path.read_bytes()[:8192])
    keep_crash(path, journal)
    journal.rename(journal.with_name(journal.name + ".orphan-20261124T101010-abcdef"))
    for client in (GONE, STAYS):
        wanted: tuple[tuple[tuple[str | None, str], object], ...]
        wanted = ((("area-5", "note"), client.word(10)),)
        unsaved = Unsaved(wanted, "", StorageUnavailable("The disk is full."))
        for session_id in ids[client.name]:
            write_unsaved(path, session_id, (unsaved,))
    (kept_until_exit() / f"{GONE.word(8)}.txt").write_text(GONE.word(9), encoding="utf-8")
    (data_folder() / "stufenplan.log").write_text(GONE.word(11), encoding="utf-8")
    settings_file().write_text(
        "[export]\n"
        f"folder=/home/anna/{GONE.name}/reports\n"
        "format=WORKBOOK\n\n"
        "[new]\n"
        f"organisation={GONE.name}\n"
        "model=small\n\n"
        f"[recent]\nsession={ids[GONE.name][0]}\nother={STAYS.name}\n",
        encoding="utf-8",
    )


def settings_file() -> Path:
    return Path(os.environ["STUFENPLAN_SETTINGS"])


def texts_of(client: Client) -> tuple[str, ...]:
    """Everything that tells of a client, without ids."""
    former = GONE_FORMERLY if client is GONE else STAYS_FORMERLY
    return (client.name, *client.unit.split("/"), *client.words, *former)


def found(texts: Iterable[str], *places: Path) -> list[tuple[str, Path]]:
    """Texts and the files that hold them: as UTF-8, UTF-16 or in JSON, whatever the case."""
    forms = {text: _forms(text) for text in texts}
    return [
        (text, path)
        for path in _files(places)
        for content in _contents(path)
        for text, written in forms.items()
        if any(form in content for form in written) or text in path.name
    ]


def _forms(text: str) -> set[bytes]:
    forms = set[bytes]()
    for each in (text, text.casefold(), text.upper()):
        forms |= {
            each.encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be", "latin-1")
        }
        forms.add(json.dumps(each).strip('"').encode())
    return forms


def _files(places: Iterable[Path]) -> Iterator[Path]:
    for place in places:
        if place.is_dir():
            yield from (path for path in place.rglob("*") if path.is_file())
        elif place.is_file():
            yield place


def _contents(path: Path) -> Iterator[bytes]:
    content = path.read_bytes()
    yield content
    with suppress(zipfile.BadZipFile), zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            yield archive.read(name)


Build = Callable[[Path], dict[str, list[str]]]
