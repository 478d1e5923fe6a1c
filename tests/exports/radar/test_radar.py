"""The radar shows the session's values, states and comparison, in reproducible files."""

from __future__ import annotations

import re
import subprocess
import sys
import warnings
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest
from lxml import etree
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.image import imread

from app.errors import InvalidInput, StorageUnavailable
from app.figures.scoring import ScoringState, profile
from app.model.maturity_model import LevelDescription, LocalText, MaturityModel
from app.session.rating import Rating
from app.session.session import Session
from app.words.texts import translator_for
from exports.palette import PAPER, contrast
from exports.radar.data import By, RadarData, chart_label, radar_data
from exports.radar.drawing import draw_radar
from exports.radar.geometry import runs_of
from exports.radar.picture import chart_bytes, save_chart
from tests.exports.samples import scored, wide_model

ROOT = Path(__file__).resolve().parents[3]
TR = translator_for("en")


Picture = Callable[..., bytes]


@pytest.fixture(scope="session")
def picture(session: Session, earlier: Session) -> Picture:
    """Pictures of the realistic session; each is drawn once."""

    @cache
    def picture(ending: str, by: By = "area", *, compared: bool = False) -> bytes:
        other = earlier if compared else None
        return chart_bytes(session, ending, by, translator=TR, earlier=other)

    return picture


def data_of(session: Session, by: By = "area", earlier: Session | None = None) -> RadarData:
    return radar_data(session, profile(session), by, translator=TR, earlier=earlier, language="en")


def drawn(data: RadarData, size: tuple[int, int] = (560, 460)) -> tuple[Figure, FigureCanvasAgg]:
    figure = Figure(figsize=(size[0] / 72, size[1] / 72), dpi=72)
    canvas = FigureCanvasAgg(figure)
    draw_radar(figure, data, PAPER)
    canvas.draw()
    return figure, canvas


def with_label(model: MaturityModel, area_id: str, label: str) -> MaturityModel:
    dimensions = tuple(
        replace(
            d,
            areas=tuple(
                replace(a, label=LocalText.of(en=label)) if a.id == area_id else a for a in d.areas
            ),
        )
        for d in model.dimensions
    )
    return replace(model, dimensions=dimensions)


# ---- what is shown ---------------------------------------------------------------------------


def test_every_area_has_an_axis_in_model_order_with_level_and_target(session: Session) -> None:
    data = data_of(session)
    assert [axis.id for axis in data.axes] == [area.id for area in session.model.areas]
    for axis in data.axes:
        found = profile(session).area(axis.id)
        assert axis.current == found.level
        assert axis.target == (found.target if found.is_applicable else None)


def test_every_dimension_has_an_axis_with_its_mean(session: Session) -> None:
    data = data_of(session, "dimension")
    assert [axis.current for axis in data.axes] == [d.mean for d in profile(session).dimensions]
    assert [axis.dimension for axis in data.axes] == [0, 1, 2, 3, 4]


def test_unscored_and_not_applicable_have_no_value_but_a_state(model: MaturityModel) -> None:
    axes = data_of(scored(model, [1, None, "n/a"])).axes
    assert [axis.state for axis in axes[:3]] == [
        ScoringState.SCORED, ScoringState.UNSCORED, ScoringState.NOT_APPLICABLE,
    ]  # fmt: skip
    assert (axes[1].current, axes[2].current, axes[2].target) == (None, None, None)


def test_a_dimension_is_not_applicable_only_when_all_its_areas_are(model: MaturityModel) -> None:
    levels = [2, *["n/a"] * 5, *["n/a"] * 5]
    axes = data_of(scored(model, levels), "dimension").axes  # type: ignore[arg-type]
    assert [axis.state for axis in axes[:3]] == [
        ScoringState.SCORED, ScoringState.NOT_APPLICABLE, ScoringState.UNSCORED,
    ]  # fmt: skip


def test_the_lowest_level_is_away_from_the_centre(session: Session) -> None:
    data = data_of(session)
    assert data.share(Fraction(1)) == pytest.approx(0.2)
    assert data.share(Fraction(5)) == 1


def test_on_a_scale_from_zero_level_zero_is_away_from_the_centre_too(session: Session) -> None:
    data = replace(data_of(session), lowest=0, highest=3)
    assert data.share(Fraction(0)) == pytest.approx(0.25)


def test_the_legend_tells_the_averages_of_what_is_drawn(session: Session) -> None:
    legend = data_of(session).legend
    assert legend.current == "Current 2.5"
    assert legend.target == "Target 4.2"


def test_an_earlier_level_is_shown_only_where_the_level_texts_are_identical(
    session: Session, earlier: Session
) -> None:
    changed_id = session.model.areas[3].id
    dimensions = tuple(
        replace(
            d,
            areas=tuple(
                replace(a, levels=(LevelDescription(1, LocalText.of(en="New")), *a.levels[1:]))
                if a.id == changed_id
                else a
                for a in d.areas
            ),
        )
        for d in earlier.model.dimensions
    )
    other = replace(earlier, model=replace(earlier.model, dimensions=dimensions))
    by_id = {axis.id: axis.earlier for axis in data_of(session, "area", other).axes}
    assert by_id.pop(changed_id) is None
    assert all(value is not None for value in by_id.values())
    by_dimension = data_of(session, "dimension", other).axes
    # In the first the texts of an area are others, in the third an area does not apply any more.
    assert [axis.earlier is None for axis in by_dimension] == [True, False, True, False, False]


def test_the_current_line_breaks_at_areas_without_a_level() -> None:
    assert runs_of([1, 2, None, 3, None]) == [[3], [0, 1]]
    assert runs_of([1, None, 2]) == [[2, 0]]
    assert runs_of([1, 2, 3]) == [[0, 1, 2]]
    assert runs_of([None, None]) == []


def marks_of(figure: Figure) -> dict[str, int]:
    """How many marks of each kind stand on a drawn radar."""
    lines = [line for line in figure.axes[0].lines if line.get_linestyle() == "None"]
    return {str(line.get_marker()): len(line.get_xdata()) for line in lines}


def test_unscored_and_not_applicable_axes_carry_different_marks(model: MaturityModel) -> None:
    figure, _ = drawn(data_of(scored(model, [1, None, "n/a", "n/a", *[3] * 18])))
    assert marks_of(figure) == {"o": 1, "x": 2}


def test_an_unscored_area_looks_different_from_one_at_the_lowest_level(
    model: MaturityModel,
) -> None:
    one = chart_bytes(scored(model, [1] * 22), ".png", translator=TR)
    other = chart_bytes(scored(model, [1] * 21), ".png", translator=TR)
    assert one != other


def test_the_target_is_dashed_so_that_colour_is_not_needed(session: Session) -> None:
    figure, _ = drawn(data_of(session))
    dashed = [line for line in figure.axes[0].lines if line.get_linestyle() == "--"]
    assert len(dashed) >= 1


def test_words_and_marks_of_a_saved_picture_stand_out_from_the_paper() -> None:
    colours = PAPER
    for word in (colours.text, colours.secondary, *colours.dimension_texts):
        assert contrast(word, colours.surface) >= 4.5
    for mark in (colours.current, colours.target, colours.earlier):
        assert contrast(mark, colours.surface) >= 3


# ---- every model can be drawn ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("count", "by"),
    [
        *((count, "area") for count in (1, 2, 3, 22, 90)),
        *((count, "dimension") for count in (1, 2, 3)),
        *(pytest.param(count, "dimension", marks=pytest.mark.slow) for count in (22, 40, 90)),
    ],
)
def test_any_number_of_axes_can_be_drawn(count: int, by: By) -> None:
    model = wide_model(count, 1) if by == "dimension" else wide_model(1, count)
    for levels in ([], [1], [1, None, "n/a", 5] * 25):
        drawn(data_of(scored(model, levels), by))  # type: ignore[arg-type]


def test_a_model_without_areas_gives_an_empty_picture_and_no_error() -> None:
    session = scored(wide_model(0, 0), [])
    assert chart_bytes(session, ".png", translator=TR).startswith(b"\x89PNG")


def test_everything_not_applicable_can_be_drawn(nothing_applies: Session) -> None:
    figure, _ = drawn(data_of(nothing_applies))
    assert marks_of(figure) == {"o": 0, "x": 22}


@pytest.mark.parametrize("levels", [2, 10])
def test_short_and_long_scales_can_be_drawn(levels: int) -> None:
    session = scored(wide_model(3, 2, levels), [levels, 1, None])
    assert data_of(session).share(Fraction(levels)) == 1
    drawn(data_of(session))


HOSTILE = (
    "Kosten $100 bis $200", "a $x_$ c", r"\frac{1}{0}", "a_b^c{d}", "100 %", "<b>bold</b>",
    "日本語の領域", "Ελληνικά", "Жизнь", "🚀 Launch", "\u202egnp.exe", "\x07bell",
    "a\nb\tc", "", "x" * 20_000, "word " * 4000, "\U0010ffff",
)  # fmt: skip


@pytest.mark.parametrize(
    ("labels", "ending"),
    [
        (HOSTILE, ".png"),
        (HOSTILE, ".svg"),
        # reducing the fonts of a PDF takes most of a second
        pytest.param(HOSTILE, ".pdf", marks=pytest.mark.slow),
        *(
            pytest.param((label,), ending, marks=pytest.mark.slow)
            for label in HOSTILE
            for ending in (".png", ".svg")
        ),
    ],
)
def test_hostile_names_are_drawn_as_plain_text(labels: tuple[str, ...], ending: str) -> None:
    model = wide_model(3, 6)
    for number, label in enumerate(labels):
        model = with_label(model, model.areas[number].id, label)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert chart_bytes(scored(model, [1, 2, 3]), ending, translator=TR)


def test_a_label_is_one_line_without_invisible_characters_and_not_endless() -> None:
    assert chart_label("  a\n\u202eb\x00 c ") == "a b c"
    assert chart_label("R&amp;D *2*") == "R&amp;D *2*"
    assert len(chart_label("x" * 20_000)) == 120


# ---- files -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ending", "by"),
    [
        (".png", "area"),
        (".svg", "dimension"),
        *(
            pytest.param(ending, by, marks=pytest.mark.slow)
            for ending, by in [
                (".png", "dimension"), (".svg", "area"), (".pdf", "area"), (".pdf", "dimension"),
            ]
        ),
    ],
)  # fmt: skip
def test_the_same_session_gives_the_same_bytes(
    session: Session, earlier: Session, picture: Picture, ending: str, by: By
) -> None:
    again = chart_bytes(session, ending, by, translator=TR, earlier=earlier)
    assert picture(ending, by, compared=True) == again


@pytest.mark.slow
@pytest.mark.parametrize("ending", [".png", ".svg", ".pdf"])
def test_another_process_writes_the_same_bytes(ending: str, tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from app.words.texts import translator_for;"
        "from data.models.builtin import builtin_model;"
        "from tests.exports.samples import scored; from exports.radar.picture import save_chart;"
        "save_chart(scored(builtin_model(), [1, 2, 3]), Path(sys.argv[1]),"
        " translator=translator_for('en'))"
    )
    files = [tmp_path / f"{name}{ending}" for name in ("one", "other")]
    for file in files:
        subprocess.run([sys.executable, "-c", program, str(file)], check=True, cwd=ROOT)
    assert files[0].read_bytes() == files[1].read_bytes()


def test_a_png_has_a_white_ground_and_twice_the_points(session: Session, tmp_path: Path) -> None:
    file = tmp_path / "radar.png"
    save_chart(session, file, translator=TR)
    pixels = imread(file)
    assert pixels.shape[1] == 1760
    for corner in ((0, 0), (0, -1), (-1, 0), (-1, -1)):
        assert list(pixels[corner][:3]) == [1, 1, 1]


def test_an_svg_holds_no_date_and_names_fonts_that_are_everywhere(picture: Picture) -> None:
    svg = picture(".svg")
    assert b"dc:date" not in svg
    texts = etree.fromstring(svg).findall(".//{http://www.w3.org/2000/svg}text")
    assert all("Arial, sans-serif" in text.get("style") for text in texts)
    assert b"Nordwerk AG" in svg


@pytest.mark.slow
def test_a_pdf_has_real_text_and_no_date(picture: Picture) -> None:
    pdf = picture(".pdf")
    assert b"CreationDate" not in pdf
    assert b"/Type0" in pdf or b"/TrueType" in pdf
    assert not re.search(rb"/Subtype\s*/Type3", pdf)


def test_the_language_of_the_model_can_differ_from_that_of_the_legend(session: Session) -> None:
    german = radar_data(session, profile(session), translator=translator_for("de"), language="en")
    assert german.legend.current == "Ist 2,5"
    assert german.axes[0].label == "People overview"


def test_another_ending_is_refused_with_the_ones_that_are_known(
    session: Session, tmp_path: Path
) -> None:
    with pytest.raises(InvalidInput, match=r"\.png \.svg \.pdf"):
        save_chart(session, tmp_path / "radar.bmp", translator=TR)


def test_an_ending_may_be_written_in_capitals(session: Session, tmp_path: Path) -> None:
    save_chart(session, tmp_path / "RADAR.PNG", translator=TR)
    assert (tmp_path / "RADAR.PNG").read_bytes().startswith(b"\x89PNG")


def test_a_folder_that_is_not_there_is_named_and_nothing_is_left(
    session: Session, tmp_path: Path
) -> None:
    with pytest.raises(StorageUnavailable, match="gone"):
        save_chart(session, tmp_path / "gone" / "radar.png", translator=TR)
    assert list(tmp_path.iterdir()) == []


def test_a_weight_does_not_move_a_point_by_area(session: Session) -> None:
    area_id = session.model.areas[0].id
    heavy = session.with_rating(replace(session.rating(area_id), weight=Fraction(10)))
    assert data_of(heavy).axes[0].current == data_of(session).axes[0].current


def test_a_half_level_lies_between_the_rings(model: MaturityModel) -> None:
    area_id = model.areas[0].id
    session = replace(scored(model, []), half_levels=True)
    session = session.with_rating(Rating(area_id, level=Fraction(5, 2)))
    data = data_of(session)
    assert data.axes[0].current == Fraction(5, 2)
    assert data.share(Fraction(5, 2)) == pytest.approx(0.5)
