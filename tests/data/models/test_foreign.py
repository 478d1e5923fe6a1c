"""Files in formats of others are named as what they are."""

from __future__ import annotations

import gzip
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from data.models import load_model_source
from data.models.foreign import foreign_format

Refused = Callable[[Callable[[], object]], list[str]]

SAMM = "id: 88c296acaae841a2b2fc5314bff44cb4\nname: Entwurf\n\norder: 1\ntype: Function\n"
DSOMM = """\
---
meta:
  version: 1.0.0
---
Build:
  Process:
    Defined process:
      uuid: a340f46b-6360-4cb8-847b-a0d3483d09d3
      difficultyOfImplementation:
        knowledge: 2
      usefulness: 4
"""
CISO = "locale: de\nurn: urn:house:risk:library:own\nobjects:\n  framework:\n    name: Eigenes\n"
LENS = {"schemaVersion": "2021-11-01", "pillars": [{"id": "a", "questions": []}]}
OSCAL = {"profile": {"uuid": "x", "metadata": {"title": "T", "oscal-version": "1.1.2"}}}
OSCAL_YAML = "component-definition:\n  metadata:\n    title: T\n    oscal-version: 1.1.2\n"
OSCAL_XML = '<?xml version="1.0"?>\n<catalog xmlns="http://csrc.nist.gov/ns/oscal/1.0"/>\n'

CASES = [
    ("samm.yml", SAMM, "OWASP SAMM"),
    ("function.yaml", "# ===\n#OWASP SAMM2 Activity Stream\n# ===\nname: A\n", "OWASP SAMM"),
    ("dsomm.yaml", DSOMM, "OWASP DSOMM"),
    ("_meta.yaml", "_meta:\n  label: Build\n", "OWASP DSOMM"),
    ("framework.yaml", CISO, "CISO Assistant"),
    ("framework.json", json.dumps({"urn": "urn:house:risk:library:own"}), "CISO Assistant"),
    ("lens.json", json.dumps(LENS, indent=4), "AWS Well-Architected (custom lens)"),
    ("lens.json", json.dumps(LENS), "AWS Well-Architected (custom lens)"),
    ("profile.json", json.dumps(OSCAL), "OSCAL"),
    ("component.yaml", OSCAL_YAML, "OSCAL"),
    ("catalog.xml", OSCAL_XML, "OSCAL"),
]


@pytest.mark.parametrize(("name", "content", "known_as"), CASES)
def test_a_foreign_file_is_named(
    name: str, content: str, known_as: str, tmp_path: Path, refused: Refused
) -> None:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")

    (line,) = refused(lambda: load_model_source([path]))
    assert line.startswith(f"This comes from {known_as}, whose format Stufenplan does not read yet")


@pytest.mark.parametrize(("name", "content", "known_as"), CASES[:3])
def test_a_packed_file_and_a_folder_are_named_too(
    name: str, content: str, known_as: str, tmp_path: Path, refused: Refused
) -> None:
    packed = tmp_path / "model" / "deep" / f"{name}.gz"
    packed.parent.mkdir(parents=True)
    packed.write_bytes(gzip.compress(content.encode("utf-8")))

    for path in (packed, tmp_path, tmp_path / "model"):
        (line,) = refused(lambda path=path: load_model_source([path]))
        assert f" {known_as}," in line


@pytest.mark.parametrize(
    ("sheets", "known_as"),
    [
        (["Interview", "imp-questions", "imp-answers"], "OWASP SAMM"),
        (["library_meta", "fw_content"], "CISO Assistant"),
        (["Tabelle1"], None),
    ],
)
def test_a_workbook_is_known_by_its_sheets(
    sheets: list[str], known_as: str | None, tmp_path: Path
) -> None:
    path = tmp_path / "book.xlsx"
    listed = "".join(f'<sheet name="{name}" sheetId="1"/>' for name in sheets)
    with zipfile.ZipFile(path, "w") as book:
        book.writestr("xl/workbook.xml", f"<workbook><sheets>{listed}</sheets></workbook>")

    assert foreign_format([path]) == known_as


def test_a_faulty_file_of_our_own_is_told_its_own_faults(
    files: Path, tmp_path: Path, refused: Refused
) -> None:
    text = (files / "two-languages.yaml").read_text(encoding="utf-8")
    path = tmp_path / "model.yaml"
    path.write_text(
        text.replace("Workshop notes", "DevSecOps-MaturityModel").replace("id: small", "id: ä"),
        encoding="utf-8",
    )

    (line,) = refused(lambda: load_model_source([path]))
    assert line.startswith("line 3: id: ä cannot be an id")


@pytest.mark.parametrize(
    "content", [b"", b"\x1f\x8bbroken", b"PK\x03\x04broken", b"\xff\xfe", bytes(range(256))]
)
def test_a_damaged_file_is_no_known_format(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes(content)

    assert foreign_format([path, tmp_path / "missing"]) is None


@pytest.mark.parametrize(
    ("source", "known_as"),
    [
        ("owasp-samm", "OWASP SAMM"),
        ("owasp-samm/core-2.2.0/model/streams", "OWASP SAMM"),
        ("owasp-samm/excel/SAMM_spreadsheet.xlsx", "OWASP SAMM"),
        ("dsomm/generated/model.yaml.gz", "OWASP DSOMM"),
        ("dsomm/default", "OWASP DSOMM"),
        ("ciso-assistant/nist-csf-2.0.yaml.gz", "CISO Assistant"),
        ("ciso-assistant/essential-eight.yaml", "CISO Assistant"),
        ("aws-custom-lens/orr.json", "AWS Well-Architected (custom lens)"),
        ("oscal/basic-catalog.yaml", "OSCAL"),
        ("elixir-rdm/maturity_model.json", "ELIXIR RDM maturity model"),
    ],
)
def test_the_real_files_are_named(
    source: str, known_as: str, shared: Path, refused: Refused
) -> None:
    path = shared / "testdata" / "models" / source

    (line,) = refused(lambda: load_model_source([path]))
    assert f" {known_as}," in line
