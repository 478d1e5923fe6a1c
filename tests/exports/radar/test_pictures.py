"""Pictures for everybody: words in SVG, language in PDF, no ground, many axes."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from io import BytesIO
from xml.etree import ElementTree

import pytest
from matplotlib.image import imread
from PIL import Image

from app.figures.scoring import profile
from app.planning.projected_profile import Projected
from app.session.quarters import Quarter
from app.session.rating import Rating
from app.session.session import Session
from app.words.texts import translator_for
from exports.radar.data import By, radar_data
from exports.radar.described import described_pdf
from exports.radar.multiples import _parts, is_divided, size_of_multiples
from exports.radar.picture import chart_bytes
from exports.radar.pieces import MOST_AXES
from tests.exports.samples import scored, wide_model

DE = translator_for("de")
SVG = "{http://www.w3.org/2000/svg}"
RAISED = Rating("process.ci-cd", level=Fraction(5), target=5)


def test_an_svg_has_title_description_language_and_real_text(session: Session) -> None:
    root = ElementTree.fromstring(chart_bytes(session, ".svg", translator=DE))

    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == "de"
    assert (root.get("role"), root.get("aria-labelledby")) == ("img", "title description")
    titles = [found.text or "" for found in root.iter(f"{SVG}title")]
    assert len(titles) == 1
    assert titles[0].startswith("Nordwerk AG")
    described = root.findtext(f"{SVG}desc") or ""
    assert "CI/CD: 4 → 5" in described
    assert "Policy-Gestaltung" in described
    texts = {"".join(found.itertext()) for found in root.iter(f"{SVG}text")}
    assert {"CI/CD", titles[0]} <= texts


@pytest.mark.parametrize(("by", "said"), [("area", "CI/CD: 4 → 5 → 5"), ("dimension", "People: ")])
def test_a_picture_names_the_levels_that_the_plan_leads_to(
    session: Session, by: By, said: str
) -> None:
    later = replace(session, ratings={**session.ratings, "process.ci-cd": RAISED})
    projected = Projected(profile(later), 4, Quarter(2027, 4))
    svg = chart_bytes(session, ".svg", by, translator=DE, projected=projected)
    root = ElementTree.fromstring(svg)
    assert said in (root.findtext(f"{SVG}desc") or "")
    texts = {"".join(found.itertext()) for found in root.iter(f"{SVG}text")}
    assert any(text.startswith("Ende Q4 2027: 2,") for text in texts)


def test_a_png_has_title_and_description_in_its_language(session: Session) -> None:
    png = Image.open(BytesIO(chart_bytes(session, ".png", translator=DE)))

    title, description = png.info["Title"], png.info["Description"]
    assert title.startswith("Nordwerk AG")
    assert "CI/CD: 4 → 5" in description
    assert {title.lang, description.lang} == {"de"}


def test_a_pdf_describes_the_profile(session: Session) -> None:
    pdf = chart_bytes(session, ".pdf", translator=DE)
    assert "CI/CD: 4 → 5".encode("utf-16-be") in pdf


@pytest.mark.slow
def test_a_pdf_tells_its_language_and_shows_its_title(session: Session) -> None:
    pdf = chart_bytes(session, ".pdf", translator=DE)
    start = int(pdf.rsplit(b"startxref", 1)[1].split()[0])
    place = int(pdf[start:].split()[3])

    assert pdf[start:].startswith(b"xref")
    assert pdf[place:].startswith(b"1 0 obj")
    assert b"/Lang (de)" in pdf[place:start]
    assert b"/DisplayDocTitle true" in pdf[place:start]
    assert described_pdf(b"%PDF of another form", DE) == b"%PDF of another form"


@pytest.mark.slow
@pytest.mark.parametrize(("transparent", "alpha"), [(False, 1.0), (True, 0.0)])
def test_the_ground_is_white_or_transparent(
    session: Session, transparent: bool, alpha: float
) -> None:
    png = chart_bytes(session, ".png", translator=DE, transparent=transparent)

    assert imread(BytesIO(png))[2, 2, 3] == alpha


@pytest.mark.parametrize(
    ("dimensions", "areas", "sizes"),
    [
        (15, 6, [6] * 15),
        (1, 61, [12, 12, 12, 12, 13]),
        (61, 1, [1] * 61),
        (4, 16, [8] * 8),
    ],
)
def test_more_than_sixty_axes_become_small_radars(
    dimensions: int, areas: int, sizes: list[int]
) -> None:
    session = scored(wide_model(dimensions, areas), [2, 3, 4])
    data = radar_data(session, profile(session), translator=DE)
    parts = _parts(data)

    assert is_divided(data)
    assert [len(part.data.axes) for part in parts] == sizes
    assert [axis for part in parts for axis in part.data.axes] == list(data.axes)
    assert parts[0].heading.startswith("Dimension 0")
    width, height = size_of_multiples(data)
    assert width < 1300
    assert height < 50 * len(data.axes)


def test_sixty_axes_stay_one_radar() -> None:
    session = scored(wide_model(10, MOST_AXES // 10), [2])

    assert not is_divided(radar_data(session, profile(session), translator=DE))


def test_a_picture_of_many_areas_names_them_all() -> None:
    session = scored(wide_model(7, 9), [2, 3, 4])
    root = ElementTree.fromstring(chart_bytes(session, ".svg", translator=DE))

    texts = ["".join(found.itertext()) for found in root.iter(f"{SVG}text")]
    assert [text for text in texts if text.startswith("Dimension")] == [
        f"Dimension {n}" for n in range(7)
    ]
    assert sum(text.startswith("Area") for text in texts) == 63
