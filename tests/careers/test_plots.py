import pytest

from careers.plots import Spread, axis_end, bars_from_zero, mark, share, spread_plot


def test_it_draws_one_petal_a_measure_clockwise_from_the_top():
    petals = mark({"pay": 1.0, "growth": 0.0, "openings": 0.5, "jobs": 0.5, "start": 0.5})

    assert [petal.turn for petal in petals] == [0, 72, 144, 216, 288]
    assert "-46 0-46" in petals[0].path  # 8 + 38 × 1
    assert "-8 0-8" in petals[1].path
    assert "-27 0-27" in petals[2].path  # the inner ring is the middle


def test_it_leaves_an_outline_where_a_figure_is_not_published():
    petals = mark({"pay": None, "growth": 0.2})

    assert [petal.void for petal in petals] == [True, False]


def test_it_draws_the_petals_of_the_mock():
    (petal,) = mark({"pay": (41.7 - 8) / 38})

    assert petal.path == "M0-5C-15-18.9-13-41.7 0-41.7C13-41.7 15-18.9 0-5Z"


@pytest.mark.parametrize(
    ("part", "whole", "expected"), [(1, 4, "25%"), (1, 3, "33.3%"), (0, 5, "0%"), (3, 0, "0%")]
)
def test_it_gives_shares_in_per_cent(part, whole, expected):
    assert share(part, whole) == expected


def test_it_starts_bars_at_zero_when_all_grow():
    own, everyone = bars_from_zero([24, 3])

    assert (own.x, own.width, own.zero) == ("0%", "100%", "0%")
    assert (everyone.x, everyone.width) == ("0%", "12.5%")


def test_it_draws_a_decline_to_the_left_of_zero():
    own, everyone = bars_from_zero([-6, 3])

    assert (own.x, own.width, own.zero) == ("0%", "66.7%", "66.7%")
    assert (everyone.x, everyone.width) == ("66.7%", "33.3%")


def test_it_draws_nothing_wide_when_every_value_is_zero():
    assert [bar.width for bar in bars_from_zero([0, 0])] == ["0%", "0%"]


@pytest.mark.parametrize(
    ("highest", "end"), [(219_080, 250_000), (97.19, 100), (125_720, 250_000), (100_000, 100_000)]
)
def test_it_ends_the_axis_at_a_round_number(highest, end):
    assert axis_end(highest) == end


FULL = Spread("This career", 69_680, 88_560, 117_960, 162_420, 219_080)


def test_it_places_whisker_box_and_median_on_the_axis():
    plot = spread_plot([FULL], "year")

    (row,) = plot.rows
    assert row.whisker == ("27.9%", "87.6%")
    assert row.box == ("35.4%", "29.5%")
    assert row.median == "47.2%"
    assert len(row.caps) == 2
    assert [tick.text for tick in plot.ticks] == ["$0", "$50k", "$100k", "$150k", "$200k", "$250k"]


def test_it_leaves_a_top_coded_end_open_and_says_or_more():
    open_ended = Spread(
        "This career", 60_000, None, 120_000, None, 239_200, at_top=frozenset({"p90"})
    )

    (row,) = spread_plot([open_ended], "year").rows

    assert row.caps == ["24%"]  # only the lower end has a stroke
    assert "$239,200 or more" in [mark.text for mark in row.marks]


def test_it_draws_a_whisker_alone_when_the_quarters_are_unknown():
    (row,) = spread_plot([Spread("Aides", 14.0, None, None, None, 97.19)], "hour").rows

    assert row.box is None
    assert row.median == ""
    assert [mark.text for mark in row.marks] == ["$14.00", "$97.19"]


def test_it_needs_no_picture_for_a_lone_median():
    assert spread_plot([Spread("This career", median=50_000)], "year") is None


def test_it_writes_only_the_middle_of_those_compared_with():
    everyone = Spread("All workers", 29_990, 36_730, 49_500, 78_810, 125_720, here=False)

    plot = spread_plot([FULL, everyone], "year")

    assert [mark.text for mark in plot.rows[1].marks] == ["$49,500"]
    assert plot.rows[1].y > plot.rows[0].y
    assert plot.height > plot.axis_y


@pytest.mark.parametrize("spread", [FULL, Spread("Near", 90_000, None, 95_000, None, 99_000)])
def test_it_keeps_every_number_inside_the_picture(spread):
    for mark_ in spread_plot([spread], "year").rows[0].marks:
        x = float(mark_.x.rstrip("%"))
        assert not (mark_.anchor == "mid" and (x < 6 or x > 94))
        assert not (mark_.anchor == "" and x > 94)
