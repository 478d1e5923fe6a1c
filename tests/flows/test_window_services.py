"""The window's services on the real library."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from app.errors import InvalidFile, NotFound, StorageUnavailable
from app.model.maturity_model import Source
from app.session.evidence import Evidence, EvidenceKind
from app.session.plan_settings import PlanSettings
from app.session.quarters import Quarter
from app.session.rating import Confidence
from app.session.step_details import StepDetails
from app.words.texts import translator_for
from app.workshop.recording import Unsaved
from stufenplan.services import LocalServices
from ui.services import WantedModel

FULL = StorageUnavailable("The disk is full.")


@pytest.fixture
def services() -> LocalServices:
    return LocalServices()


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "workshop.stufenplan"


def test_what_could_not_be_saved_comes_back_as_it_was(services: LocalServices, place: Path) -> None:
    link = Evidence("e1", EvidenceKind.LINK, "Report", "https://example.org/report")
    wanted: list[tuple[tuple[str | None, str], object]] = [
        (("a", "level"), Fraction(7, 2)),
        (("a", "confidence"), Confidence.EXAMPLE),
        (("b", "evidence"), (link,)),
        (("b", "not_applicable"), None),
        ((None, "title"), "Ünïcode"),
        (("b", "steps"), (StepDetails(3, owner="Köhler", pin=Quarter(2027, 1)),)),
        ((None, "plan"), PlanSettings(capacity=(Fraction(80),))),
    ]
    waiting = (Unsaved(tuple(wanted[:2]), "", FULL), Unsaved(tuple(wanted[2:]), "", FULL))
    services.write_unsaved(place, "s1", waiting)
    assert services.read_unsaved(place, "s1") == (dict(wanted[:2]), dict(wanted[2:]))


def test_nothing_comes_back_once_everything_was_saved(services: LocalServices, place: Path) -> None:
    services.write_unsaved(place, "s1", (Unsaved(((("a", "level"), Fraction(1)),), "", FULL),))
    services.write_unsaved(place, "s1", ())
    assert services.read_unsaved(place, "s1") == ()


def test_a_file_of_unsaved_changes_nobody_can_read_counts_as_none(
    services: LocalServices, place: Path
) -> None:
    from data.library.emergency import unsaved_file

    services.write_unsaved(place, "s1", (Unsaved(((("a", "level"), Fraction(1)),), "", FULL),))
    unsaved_file(place, "s1").write_text('{"wanted": 7}\n{half', encoding="utf-8")
    assert services.read_unsaved(place, "s1") == ()


def test_a_missing_library_is_made_only_when_asked_for(
    services: LocalServices, place: Path
) -> None:
    with pytest.raises(NotFound):
        services.open_library(place)
    services.open_library(place, create=True).close()
    assert place.is_file()


def test_the_sample_and_a_restored_backup_hold_the_same_sessions(
    services: LocalServices, place: Path, tmp_path: Path
) -> None:
    library = services.open_library(place, create=True)
    services.create_sample(library, "de")
    sessions = library.session_summaries()
    library.close()
    backup = services.backups_of(place)[0]
    services.restore_backup(backup.path, tmp_path / "restored.stufenplan")
    restored = services.open_library(tmp_path / "restored.stufenplan")
    assert [each.id for each in restored.session_summaries()] == [each.id for each in sessions]
    restored.close()


def test_faults_of_a_model_file_come_all_at_once(services: LocalServices, tmp_path: Path) -> None:
    model = tmp_path / "model.yaml"
    model.write_text("id: x\nname: 3\nlevels: []\n", encoding="utf-8")
    with pytest.raises(InvalidFile) as caught:
        services.read_model(WantedModel((model,)), translator_for("en"))
    assert len(caught.value.lines(translator_for("en"))) > 2


def test_pages_become_another_language_of_a_model(services: LocalServices, tmp_path: Path) -> None:
    english, french = tmp_path / "en" / "level-1.md", tmp_path / "fr" / "level-1.md"
    for page, text in ((english, "### Skills\n\nThe one."), (french, "### Savoir\n\nLe un.")):
        page.parent.mkdir()
        page.write_text(f"# Level 1\n\n## A\n\n{text}\n", encoding="utf-8")
    tr = translator_for("en")
    first = services.read_model(WantedModel((english,)), tr).model

    joined = services.read_model(
        WantedModel((french,), join_to=first, source=Source("", "https://example.org")), tr
    )

    assert joined.model.languages == ("en", "fr")
    assert joined.model.areas[0].name.as_dict() == {"en": "Skills", "fr": "Savoir"}
    assert joined.report[1] == "Level descriptions with a text (en): 1 of 1."
    assert "https://example.org" in [source.repository for source in joined.model.sources]


def test_an_exported_session_is_read_into_another_library(
    services: LocalServices, place: Path, tmp_path: Path
) -> None:
    from exports.session_json import write_session_json

    file = tmp_path / "session.json"
    library = services.open_library(place, create=True)
    session = library.load_session(services.create_sample(library, "de"))
    write_session_json(library.whole_session(session.id), file, exported_with="1")
    library.close()
    other = services.open_library(tmp_path / "other.stufenplan", create=True)
    taken_in = other.import_session(services.read_session(file)).session
    assert taken_in.all_ratings() == session.all_ratings()
    other.close()


def test_a_file_that_holds_no_session_is_named(services: LocalServices, tmp_path: Path) -> None:
    file = tmp_path / "model.json"
    file.write_text('{"format_version": 1}', encoding="utf-8")
    with pytest.raises(InvalidFile, match=r"model\.json"):
        services.read_session(file)
