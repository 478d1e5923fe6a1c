"""Picture files of comparisons: words, figures, descriptions, and what is not written."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PIL import Image

from app.comparison.comparison import Comparison
from app.errors import InvalidInput
from app.words.texts import translator_for
from exports.comparison.choice import ChartChoice, ChartKind
from exports.comparison.picture import comparison_picture, save_comparison_chart, title_of
from exports.comparison.waterfall import waterfall_data
from exports.export import ExportKind, begin_export, comparison_request
from exports.report_names import suggested_name
from tests.exports.comparison.samples import not_comparable, story

DE, EN = translator_for("de"), translator_for("en")
OVERLAY, WATERFALL, TREND = ChartKind
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def told() -> Comparison:
    return story(same_people=None)


@pytest.fixture(scope="module")
def waterfall(told: Comparison) -> ElementTree.Element:
    """The waterfall as SVG."""
    choice = ChartChoice(WATERFALL)
    return ElementTree.fromstring(
        comparison_picture(told, ".svg", choice, translator=DE, language="de")
    )


def texts(root: ElementTree.Element) -> list[str]:
    return ["".join(found.itertext()) for found in root.iter(f"{SVG}text")]


def test_the_figures_of_a_picture_are_those_of_the_comparison(
    told: Comparison, waterfall: ElementTree.Element
) -> None:
    data = waterfall_data(told, translator=DE)
    assert data is not None
    written = texts(waterfall)
    for figure in (data.before.figure, *(part.figure for part in data.parts), data.after.figure):
        assert figure in written
    assert {"21 Bereiche", "22 Bereiche", "Achse von 2,5 bis 3,0"} <= set(written)


def test_a_picture_explains_itself(waterfall: ElementTree.Element) -> None:
    said = " ".join(texts(waterfall))
    assert said.startswith("Nordwerk AG · Platform team")
    assert "12.11.2026, 05.05.2027" in said, "the days of this change only"
    assert "Vergleich: B, mit Vorsicht vergleichbar." in said
    assert "dieselben Personen" in said
    assert "„Audits & Protokollierung“ hat neue Texte" in said


@pytest.mark.slow
def test_a_picture_is_described_in_its_language(
    told: Comparison, waterfall: ElementTree.Element
) -> None:
    assert waterfall.get("{http://www.w3.org/XML/1998/namespace}lang") == "de"
    described = waterfall.findtext(f"{SVG}desc") or ""
    assert "Neu bewertet +0,29: 6 Bereiche sind gestiegen" in described
    png = Image.open(BytesIO(comparison_picture(told, ".png", ChartChoice(OVERLAY), translator=EN)))
    assert png.info["Title"] == title_of(told)
    assert "12 Nov 2026 2.7" in png.info["Description"]
    pdf = comparison_picture(told, ".pdf", ChartChoice(OVERLAY, "area"), translator=EN)
    assert "CI/CD: 12 Mar 2026 3".encode("utf-16-be") in pdf
    assert b"/Lang (en)" in pdf


def test_the_same_comparison_gives_the_same_bytes(told: Comparison) -> None:
    one, other = (
        comparison_picture(told, ".svg", ChartChoice(OVERLAY), translator=EN) for _ in range(2)
    )
    assert one == other


def test_a_refused_chart_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    file = tmp_path / "chart.png"
    file.write_bytes(b"old")
    with pytest.raises(InvalidInput):
        save_comparison_chart(not_comparable(), file, ChartChoice(WATERFALL), translator=EN)
    assert file.read_bytes() == b"old"


def test_without_comparability_a_picture_of_areas_has_no_averages() -> None:
    picture = comparison_picture(
        not_comparable(), ".svg", ChartChoice(OVERLAY, "area"), translator=EN, language="en"
    )
    written = texts(ElementTree.fromstring(picture))
    assert "12 Mar 2026" in written, "in the legend, without an average behind it"
    assert any("C, not comparable." in line for line in written)


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        (OVERLAY, "2027-05-05_Nordwerk-AG_Profiles-compared.png"),
        (WATERFALL, "2027-05-05_Nordwerk-AG_Reasons-for-the-change.png"),
        (TREND, "2027-05-05_Nordwerk-AG_Averages-over-time.png"),
    ],
)
def test_charts_are_exported_under_names_of_their_own(
    told: Comparison, tmp_path: Path, kind: ChartKind, name: str
) -> None:
    target = tmp_path / name
    request = comparison_request(told, ChartChoice(kind), target, "en")
    assert request.kind is ExportKind[kind.name]
    assert request.kind.is_picture
    assert suggested_name(told.latest, request.kind.report, EN, "png") == name
    if kind is OVERLAY:
        begin_export(request, told.latest, None, "1")(None)  # type: ignore[arg-type]
        assert target.read_bytes().startswith(b"\x89PNG")
    with pytest.raises(InvalidInput):
        comparison_request(told, ChartChoice(kind), tmp_path / "chart.docx", "en")
