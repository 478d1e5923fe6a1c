"""Charts of comparisons: figures are those of the comparison, and what a grade forbids."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import pairwise

import pytest

from app.comparison.comparison import Comparison, compare
from app.comparison.judging import AreaDecision, Judged
from app.comparison.reviews import Verdict
from app.errors import InvalidInput
from app.session.units import Affiliation, Organisation, Unit
from app.words.numbers import rounded
from app.words.texts import translator_for
from data.models.builtin import builtin_model
from exports.comparison.charts import chart_of, wanted_chart
from exports.comparison.choice import ChartChoice, ChartKind
from exports.comparison.drawing import printed_width
from exports.comparison.overlay import looks, overlay_data
from exports.comparison.scene import Dot
from exports.comparison.trend import trend_data
from exports.comparison.waterfall import axis_ends, waterfall_data
from exports.palette import LIGHT
from exports.radar.data import By
from tests.exports.comparison.samples import (
    MARCH,
    MAY,
    NOVEMBER,
    not_comparable,
    random_comparison,
    session,
    story,
)
from tests.exports.samples import wide_model

EN, DE = translator_for("en"), translator_for("de")
OVERLAY, WATERFALL, TREND = ChartKind


@pytest.fixture(scope="module")
def told() -> Comparison:
    return story()


# ---- waterfall ---------------------------------------------------------------------------------


def test_the_parts_of_a_waterfall_add_up_exactly(told: Comparison) -> None:
    data = waterfall_data(told, translator=EN)
    assert data is not None
    assert data.before.mean + sum(part.by for part in data.parts) == data.after.mean
    for part, (before, after) in zip(data.parts, pairwise(data.means), strict=True):
        assert before + part.by == after
    moved = told.overall.why[-1] if told.overall else None
    assert moved is not None
    assert (data.before.mean, data.after.mean) == (moved.before, moved.after)
    assert (data.before.areas, data.after.areas) == ("21 areas", "22 areas")
    assert [part.figure for part in data.parts] == ["+0.05", "−0.03", "−0.03", "+0.29"]


def test_a_waterfall_says_if_rounded_parts_miss_the_sum(told: Comparison) -> None:
    steps = [waterfall_data(told, translator=EN, step=step) for step in (0, 1)]
    for data in steps:
        assert data is not None
        shown = rounded(data.before.mean, 2) + sum(rounded(part.by, 2) for part in data.parts)
        adds_up = shown == rounded(data.after.mean, 2)
        assert ("add up exactly" in data.note) is adds_up
        assert ("miss the sum" in data.note) is not adds_up


def test_a_dimension_has_a_waterfall_of_its_own(told: Comparison) -> None:
    data = waterfall_data(told, translator=DE, group="people", language="de")
    assert data is not None
    assert (data.name, data.before.areas) == ("People", "6 Bereiche")
    assert data.parts[-1].sentence == (
        "2 Bereiche sind gestiegen: Organisatorischer Wandel (2 → 3), Sicherheit (People) (2 → 3)."
        " „Weiterbildung“ ist von 3 auf 2 gesunken."
    )
    business = waterfall_data(told, translator=DE, group="business")
    assert business is None, "no area of it is scored every time"


@pytest.mark.parametrize(
    ("means", "ends"),
    [
        (["2.64", "2.68", "2.92"], ("2.5", "3")),
        (["2.5", "2.5"], ("2.5", "2.6")),
        (["1", "5"], ("0", "5")),
        (["3", "3"], ("3", "3.1")),
        (["5", "5"], ("4.9", "5")),
        (["2.99", "3.01"], ("2.9", "3.1")),
        (["1.2", "4.8"], ("0", "5")),
    ],
)
def test_the_axis_of_a_waterfall_is_zoomed_to_round_ends(
    means: list[str], ends: tuple[str, str]
) -> None:
    assert axis_ends([Fraction(each) for each in means], 0, 5) == tuple(map(Fraction, ends))


# ---- overlay -----------------------------------------------------------------------------------


def test_an_overlay_has_the_averages_of_what_all_share(told: Comparison) -> None:
    data = overlay_data(told, "dimension", translator=EN)
    assert data is not None
    assert [axis.values for axis in data.axes] == [each.means for each in told.dimensions]
    assert [axis.id for axis in data.axes] == ["people", "process", "policy", "technology"]
    assert data.areas == len(told.common_ids) == 19
    assert [(each.name, each.mean, each.look) for each in data.sessions] == [
        ("12 Mar 2026", "1.8", "before"),
        ("12 Nov 2026", "2.7", "previous"),
        ("5 May 2027", "2.9", "latest"),
    ]


def test_an_overlay_by_area_has_the_areas_that_all_share(told: Comparison) -> None:
    data = overlay_data(told, "area", translator=EN)
    assert data is not None
    assert [axis.id for axis in data.axes] == list(told.common_ids)
    levels = {area.area_id: area.ratings for area in told.areas}
    for axis in data.axes:
        assert list(axis.values) == [rating.level for rating in levels[axis.id] if rating]


def test_an_area_that_is_gone_has_no_axis_though_another_one_has_its_id_now() -> None:
    model = builtin_model()
    first, second, *others = model.dimensions[0].areas
    dimension = replace(
        model.dimensions[0], id="renamed", areas=(replace(first, id=second.id), *others)
    )
    later = replace(model, content_version="2", dimensions=(dimension, *model.dimensions[1:]))
    judged = Judged((AreaDecision(first.id, second.id, Verdict.EQUAL),))
    compared = compare([session(0, NOVEMBER), session(1, MAY[1:], later)], judge=lambda *_: judged)
    assert compared.allows_differences
    data = overlay_data(compared, "area", translator=EN)
    assert data is not None
    assert [axis.id for axis in data.axes] == list(compared.common_ids)
    assert {len(axis.values) for axis in data.axes} == {2}
    with pytest.raises(InvalidInput, match="at one point nothing in it is scored"):
        wanted_chart(compared, ChartChoice(WATERFALL, group="renamed"), EN)


def test_the_oldest_is_dotted_the_one_before_solid_the_latest_filled() -> None:
    assert looks(2) == ("previous", "latest")
    assert looks(3) == ("before", "previous", "latest")


# ---- trend -------------------------------------------------------------------------------------


def test_a_trend_has_gaps_where_no_area_is_shared(told: Comparison) -> None:
    data = trend_data(told, translator=EN, language="en")
    assert data is not None
    assert told.overall is not None
    assert data.lines[0].values == told.overall.means
    lines = {line.name: line for line in data.lines}
    assert lines["Business outcomes"].values == (None, Fraction(2), Fraction(3))
    assert data.notes == ("Business outcomes: no area in common with 12 Mar 2026.",)
    known = {each.id: each.means for each in told.dimensions}
    assert lines["People"].values == known["people"]


def test_sessions_of_one_day_between_others_stand_at_the_same_place() -> None:
    sessions = [session(n, [1 + n % 3] * 22) for n in range(4)]
    sessions[2] = replace(sessions[2], date=sessions[1].date)
    chart = chart_of(compare(sessions, same_people=True), ChartChoice(TREND), EN)
    assert chart is not None
    scene = chart.placed(600, 300, LIGHT, printed_width)
    assert len({mark.x for mark in scene.marks if isinstance(mark, Dot)}) == 3
    assert [words.text for words in scene.words].count("12 Nov 2026") == 1


def test_sessions_of_several_units_are_told_apart() -> None:
    other = Affiliation(
        Organisation("organisation-1", "Nordwerk AG"), (Unit("unit-2", "organisation-1", "Sales"),)
    )
    sessions = [session(0, MARCH), session(1, NOVEMBER, affiliation=other)]
    compared = compare(sessions, same_people=True)
    names = ("12 Mar 2026 · Platform team", "12 Nov 2026 · Sales")
    for kind in (OVERLAY, WATERFALL):
        chart = chart_of(compared, ChartChoice(kind), EN)
        assert chart is not None
        assert chart.days == names
        assert all(name in chart.said for name in names)
    waterfall = waterfall_data(compared, translator=EN)
    assert waterfall is not None
    assert waterfall.after.day == ("12 Nov", "2026", "Sales")
    with pytest.raises(InvalidInput) as refused:
        wanted_chart(compared, ChartChoice(TREND), EN)
    assert "sessions of one unit" in refused.value.say(EN)


def test_a_dimension_that_is_never_shared_has_no_line() -> None:
    first = session(0, MARCH)
    later = session(1, [*NOVEMBER[:-1], None])
    data = trend_data(compare([first, later], same_people=True), translator=EN, language="en")
    assert data is not None
    assert [line.name for line in data.lines][-1] == "Technology"
    assert data.notes == ("Business outcomes: no area in common.",)


# ---- what a grade forbids ----------------------------------------------------------------------


def test_without_comparability_only_levels_of_the_same_areas_are_drawn() -> None:
    compared = not_comparable()
    choices = (ChartChoice(OVERLAY), ChartChoice(WATERFALL), ChartChoice(TREND))
    assert [chart_of(compared, choice, EN) for choice in choices] == [None] * 3
    by_area = overlay_data(compared, "area", translator=EN)
    assert by_area is not None
    assert {each.mean for each in by_area.sessions} == {""}
    chart = chart_of(compared, ChartChoice(OVERLAY, "area"), EN)
    assert chart is not None
    assert "verage" not in chart.said


def test_with_caution_there_is_no_trend() -> None:
    compared = story(same_people=None)
    assert chart_of(compared, ChartChoice(TREND), EN) is None
    assert chart_of(compared, ChartChoice(WATERFALL), EN) is not None
    assert chart_of(compared, ChartChoice(OVERLAY), EN) is not None


@pytest.mark.parametrize(
    ("choice", "sentence"),
    [
        (ChartChoice(OVERLAY), "The grade is C, not comparable, so averages are not drawn."),
        (ChartChoice(WATERFALL), "so there is no change of an average to explain."),
        (ChartChoice(TREND), "A trend needs sessions of grade A. These have grade C,"),
        (ChartChoice(WATERFALL, group="nope"), "The model has no dimension “nope”."),
    ],
)
def test_a_chart_that_is_refused_says_why(choice: ChartChoice, sentence: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        wanted_chart(not_comparable(), choice, EN)
    assert sentence in refused.value.say(EN)


def test_sessions_of_one_day_have_no_trend(told: Comparison) -> None:
    again = replace(session(1, NOVEMBER), date=date(2026, 3, 12))
    compared = compare([session(0, MARCH), again], same_people=True)
    with pytest.raises(InvalidInput) as refused:
        wanted_chart(compared, ChartChoice(TREND), EN)
    assert "all of one day" in refused.value.say(EN)
    with pytest.raises(InvalidInput) as refused:
        wanted_chart(told, ChartChoice(WATERFALL, group="business"), EN)
    assert "“business” has no area" in refused.value.say(EN)


@pytest.mark.parametrize(
    "choice",
    [
        ChartChoice(OVERLAY), ChartChoice(OVERLAY, "area"), ChartChoice(WATERFALL),
        ChartChoice(TREND),
    ],
)  # fmt: skip
def test_sessions_without_a_scored_area_in_common_have_no_chart(choice: ChartChoice) -> None:
    one, other = session(0, [2, 3]), session(1, [None, None, 2])
    with pytest.raises(InvalidInput) as refused:
        wanted_chart(compare([one, other], same_people=True), choice, EN)
    assert "no area that asks the same is scored every time" in refused.value.say(EN)


@pytest.mark.parametrize("by", ["area", "dimension"])
def test_scales_of_different_length_are_not_laid_over_another(by: By) -> None:
    five, four = wide_model(2, 3), wide_model(2, 3, levels=4)
    sessions = [session(0, [1] * 6, five), session(1, [2] * 6, four)]
    assert overlay_data(compare(sessions), by, translator=EN) is None


def test_charts_say_all_figures_in_words(told: Comparison) -> None:
    said = {}
    for kind in ChartKind:
        chart = chart_of(told, ChartChoice(kind), EN, "en")
        assert chart is not None
        said[kind] = chart.said
    assert said[OVERLAY].startswith(
        "Average of all areas in common: 12 Mar 2026 1.8, 12 Nov 2026 2.7, 5 May 2027 2.9; People:"
    )
    assert said[WATERFALL].startswith("12 Nov 2026 (21 areas): 2.59. Model +0.05: ")
    assert said[WATERFALL].endswith(" 5 May 2027 (22 areas): 2.88.")
    assert "Business outcomes: 12 Nov 2026 2.0, 5 May 2027 3.0." in said[TREND]


@pytest.mark.parametrize("count", [2, 3, 4, 5, 6])
def test_any_number_of_sessions_has_all_charts(count: int) -> None:
    compared = random_comparison(count, 4, 3)
    for choice in (
        ChartChoice(OVERLAY), ChartChoice(OVERLAY, "area"), ChartChoice(WATERFALL),
        ChartChoice(TREND),
    ):  # fmt: skip
        chart = chart_of(compared, choice, DE)
        assert chart is not None
        assert len(chart.days) == (2 if choice.kind is WATERFALL else count)
