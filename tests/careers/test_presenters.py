from decimal import Decimal

import pytest

from careers import presenters
from careers.catalogue import catalogue
from careers.guiderows import find_guide, read_rows
from careers.models import Figures, PlainOverride
from tests.careers.builders import (
    make_code,
    make_edition,
    make_figures,
    make_guide,
    make_industry_pay,
    make_industry_share,
    make_percentiles,
    make_plain_version,
    make_section,
    make_similar,
    make_wage,
)

pytestmark = pytest.mark.django_db


def rows_of(guide):
    return read_rows(find_guide(guide.slug), catalogue())


def facts(**values):
    figures = make_figures(**values)
    return {fact.label: fact for fact in presenters.quick_facts(figures, figures.edition)}


# Quick facts


def test_it_gives_every_fact_its_year():
    assert list(facts()) == [
        "Middle pay a year, May 2024",
        "Growth, 2024–34",
        "Jobs, 2024",
        "Openings a year",
        "Schooling to start",
        "Work before",
        "Training on the job",
        "Middle pay an hour, May 2024",
    ]


def test_it_shows_top_coded_pay_as_or_more():
    shown = facts(median_pay_annual=None, median_pay_hourly=None, pay_at_least=239_200)

    assert shown["Middle pay a year, May 2024"].value == "$239,200 or more"
    assert shown["Middle pay an hour, May 2024"].is_absent


def test_it_leads_with_the_hour_where_only_that_is_published():
    shown = facts(median_pay_annual=None, median_pay_hourly=Decimal("23.33"))

    assert next(iter(shown)) == "Middle pay an hour, May 2024"
    assert shown["Middle pay an hour, May 2024"].value == "$23.33"
    assert shown["Middle pay a year, May 2024"].value == "not published"


def test_it_says_that_pay_by_the_hour_is_not_published_for_yearly_work():
    shown = facts(median_pay_annual=198_100, median_pay_hourly=None)

    assert shown["Middle pay an hour, May 2024"].is_absent
    assert shown["Middle pay an hour, May 2024"].gloss == "Most are paid by the year."


def test_it_never_shows_a_missing_figure_as_zero():
    shown = facts(
        median_pay_annual=None,
        median_pay_hourly=None,
        jobs=None,
        growth=None,
        change=None,
        openings=None,
        outlook="",
        education="",
        experience="",
        training="",
    )

    assert [fact.value for fact in shown.values()] == [
        "not published",
        "not published",
        "not published",
        "not published",
        "See how to become one",
        "See how to become one",
        "See how to become one",
        "not published",
    ]
    assert shown["Jobs, 2024"].gloss == shown["Openings a year"].gloss == ""


def test_it_tells_none_from_not_given():
    shown = facts(experience="none", training="")

    assert shown["Work before"].value == "None"
    assert shown["Training on the job"].leads_to_section


def test_it_survives_a_guide_without_any_figures():
    shown = presenters.quick_facts(None, None)

    assert [fact.value for fact in shown].count("not published") == 5


@pytest.mark.parametrize(
    ("change", "gloss"),
    [(142_900, "142,900 more by 2034."), (-600, "600 fewer by 2034."), (0, "As many in 2034.")],
)
def test_it_words_the_change_in_jobs(change, gloss):
    assert facts(change=change)["Jobs, 2024"].gloss == gloss


@pytest.mark.parametrize(
    ("change", "openings", "gloss"),
    [
        (10_000, 1_500, "Most are new jobs."),
        (10_000, 9_000, "Most replace people who leave."),
        (-10_000, 900, "Most replace people who leave."),
    ],
)
def test_it_says_why_jobs_open_up(change, openings, gloss):
    assert facts(change=change, openings=openings)["Openings a year"].gloss == gloss


# Sentences


@pytest.mark.parametrize(
    ("growth", "moved"), [(23, "grow by 23%"), (-14, "shrink by 14%"), (0, "change little")]
)
def test_it_words_the_outlook(growth, moved):
    figures = make_figures(growth=growth)

    said = presenters.outlook_sentence(figures, figures.edition)

    assert f"expected to {moved} from 2024 to 2034" in said
    assert "All jobs together: +3.1%." in said


def test_it_says_that_no_outlook_is_published():
    assert "no outlook" in presenters.outlook_sentence(None, None)
    assert "no outlook" in presenters.outlook_sentence(Figures(), make_edition())


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({}, "earns $61,250 a year (May 2024)"),
        ({"median_pay_annual": None}, "earns $29.45 an hour"),
        ({"median_pay_annual": None, "pay_at_least": 239_200}, "$239,200 or more"),
        ({"median_pay_annual": None, "median_pay_hourly": None}, "publishes no pay"),
    ],
)
def test_it_words_the_middle_pay(values, said):
    figures = make_figures(**values)

    assert said in presenters.pay_sentence(figures, figures.edition)


# Voices


def test_it_joins_the_sentence_from_data_and_our_words():
    guide = make_figures().guide
    make_plain_version(guide)

    part = presenters.plain_part(rows_of(guide), "pay", "A figure.")

    assert part.paragraphs == ["A figure.", "Large places pay more."]
    assert (part.grade, part.edition) == (6, "2024–34")


def test_it_prefers_a_local_correction():
    plain = make_plain_version(make_figures().guide)
    PlainOverride.objects.create(plain=plain, part="where", text="Now it's here.")

    assert presenters.plain_part(rows_of(plain.guide), "where").paragraphs == ["Now it’s here."]


def test_it_has_no_plain_part_while_it_is_being_written():
    guide = make_figures().guide

    rows = rows_of(guide)

    assert presenters.plain_part(rows, "what") is None
    assert presenters.plain_part(rows, "become") is None
    assert presenters.plain_part(rows, "pay", "A figure.").grade is None


def test_it_shows_tasks_with_the_work_and_steps_with_the_way_in():
    guide = make_figures().guide
    make_plain_version(guide)
    rows = rows_of(guide)

    assert len(presenters.plain_part(rows, "what").items) == 4
    assert presenters.plain_part(rows, "become").steps[0] == ("Now", "Volunteer.")


def test_it_labels_handbook_text_with_its_own_edition():
    guide = make_figures().guide
    make_section(guide, "what", edition=make_edition(2019))
    make_section(guide, "pay", edition=make_edition(2021))

    rows = rows_of(guide)

    assert presenters.handbook_part(rows, "pay").edition == "2021–31"
    assert presenters.handbook_part(rows, "what") is None  # never mixed with an older edition's


@pytest.mark.parametrize(
    ("cells", "scrolls"),
    [("<td>a</td><td>b</td>", False), ("<th>a</th><td>b</td> <td>c</td>", True)],
)
def test_it_lets_wide_tables_of_the_handbook_scroll(cells, scrolls):
    narrow = "<table><tr><td>x</td><td>y</td></tr></table>"
    guide = make_guide()
    make_section(guide, "what", html=f"<p>A</p>{narrow}<table><tr>{cells}</tr></table>{narrow}")

    html = presenters.handbook_part(rows_of(guide), "what").html

    assert html.count('<div class="scroll" tabindex="0"') == scrolls
    assert html.count("<table>") == 3
    assert (f'{narrow}<div class="scroll"' in html) == scrolls


def test_it_leads_to_the_official_section():
    rows = rows_of(make_guide(slug="bakers"))

    link = presenters.official_link(rows, "pay")

    assert link == "https://www.bls.gov/ooh/management/bakers.htm#tab-5"


# Plots


def test_it_names_the_largest_employer_and_what_is_left():
    figures = make_figures()
    make_industry_share(figures, 0, industry="Offices of physicians", percent=14)
    make_industry_share(figures, 1, percent=29)

    shown = presenters.employers(rows_of(figures.guide))

    assert shown.says == "Largest employer: Hospitals, with 29% of the jobs."
    assert [line.width for line in shown.groups[0].lines] == ["48.3%", "100%"]
    assert "57%" in shown.rest


def test_it_keeps_member_occupations_apart():
    figures = make_figures()
    make_industry_share(figures, 0, member="Nurses", percent=60)
    make_industry_share(figures, 1, member="Aides", percent=40)

    shown = presenters.employers(rows_of(figures.guide))

    assert [group.member for group in shown.groups] == ["Nurses", "Aides"]
    assert shown.rest == ""


def test_it_shows_no_figure_without_rows():
    rows = rows_of(make_figures().guide)

    assert presenters.employers(rows) is None
    assert presenters.pay_by_industry(rows) is None
    assert presenters.pay_spread(rows) is None


def test_it_marks_top_coded_and_missing_pay_of_an_industry():
    figures = make_figures(median_pay_annual=198_000)
    make_industry_pay(figures, 0, industry="Airlines", median=Decimal(239_200), at_least=True)
    make_industry_pay(figures, 1, industry="Farms", median=None)

    shown = presenters.pay_by_industry(rows_of(figures.guide))

    assert shown.says == "Best paid: Airlines, $239,200 or more."
    values = [(line.label, line.value) for line in shown.groups[0].lines]
    assert values == [
        ("Airlines", "$239,200 or more"),
        ("Farms", "not published"),
        ("All industries", "$198,000"),
    ]


def test_it_takes_quarters_from_the_wages_of_the_same_month():
    figures = make_figures()
    make_percentiles(figures)
    make_code(figures.guide, "11-9111")
    make_wage(release="2025-05", p25=1, p75=2)  # newer: never mixed in
    make_wage(release="2024-05", p25=47_000, p75=82_000)
    make_wage("00-0000", release="2024-05", median=49_500)

    shown = presenters.pay_spread(rows_of(figures.guide))

    assert shown.says.startswith("The middle half earn between $47,000 and $82,000")
    assert shown.heads == [
        "Lowest tenth",
        "Lower quarter",
        "Middle",
        "Upper quarter",
        "Top tenth",
    ]
    assert [line.name for line in shown.lines] == ["This career", "All workers"]


def test_it_draws_no_box_for_a_guide_of_several_codes():
    figures = make_figures()
    make_percentiles(figures)
    for soc in ("11-9111", "11-9112"):
        make_code(figures.guide, soc)
        make_wage(soc, release="2024-05")

    shown = presenters.pay_spread(rows_of(figures.guide))

    assert "Lower quarter" not in shown.heads
    assert shown.plot.rows[0].box is None


def test_it_draws_no_box_with_a_top_coded_edge():
    figures = make_figures()
    make_percentiles(figures, p90=Decimal(239_200), p90_top_coded=True)
    make_code(figures.guide)
    make_wage(release="2024-05", p75=239_200, top_coded=["p75", "p90"])

    shown = presenters.pay_spread(rows_of(figures.guide))

    assert shown.plot.rows[0].box is None
    assert [cell.text for cell in shown.lines[0].cells[-2:]] == ["$239,200 or more"] * 2
    assert shown.says.endswith("the best-paid tenth, $239,200 or more.")


def test_it_shows_hours_as_hours():
    figures = make_figures(median_pay_annual=None, median_pay_hourly=Decimal("23.33"))
    make_percentiles(figures, unit="hour", p10=Decimal("14"), p90=Decimal("97.19"))

    shown = presenters.pay_spread(rows_of(figures.guide))

    assert shown.unit == "hour"
    assert [cell.text for cell in shown.lines[0].cells] == ["$14.00", "$23.33", "$97.19"]


def test_it_gives_each_member_occupation_its_own_line():
    figures = make_figures()
    make_percentiles(figures, 0, member="Nurses")
    make_percentiles(figures, 1, member="Aides")

    shown = presenters.pay_spread(rows_of(figures.guide))

    assert [line.name for line in shown.lines] == ["Nurses", "Aides", "All workers"]
    assert shown.lines[0].cells[1].is_absent  # no source gives the middle of a member


@pytest.mark.parametrize(
    ("growth", "says"),
    [
        (-6, "Jobs shrink by 6% while all occupations together grow."),
        (0, "Slower than all occupations together."),
        (3, "About as fast as all occupations together."),
        (5, "Faster than all occupations together."),
        (23, "About 7 times the growth of all occupations together."),
    ],
)
def test_it_compares_growth_with_all_occupations(growth, says):
    figures = make_figures(growth=growth)

    assert presenters.growth_figure(figures, figures.edition).says == says


def test_it_compares_no_growth_that_is_not_published():
    figures = make_figures(growth=None)

    assert presenters.growth_figure(figures, figures.edition) is None
    assert presenters.growth_figure(None, None) is None


# Similar careers


@pytest.mark.parametrize(
    ("other", "says"),
    [
        ({"education": "master"}, "Needs a master’s degree instead of a bachelor’s degree"),
        ({"median_pay_annual": 90_000}, "Pays 47% more"),
        ({"median_pay_annual": 40_000}, "Pays 35% less"),
        ({"growth": 12}, "Grows faster"),
        ({"growth": -2}, "Grows more slowly"),
        ({}, "Much alike in pay, schooling and growth"),
        ({"median_pay_annual": None, "median_pay_hourly": 42}, "Pays 43% more"),
        ({"education": ""}, ""),
        ({"median_pay_annual": None, "median_pay_hourly": None}, ""),
        ({"growth": None}, ""),
    ],
)
def test_it_says_what_differs(other, says):
    assert presenters.what_differs(make_figures(**other), make_figures()) == says


def test_it_claims_no_difference_without_figures():
    assert presenters.what_differs(None, make_figures()) == ""


def test_it_lists_the_guide_itself_first():
    here, other = make_figures().guide, make_figures().guide
    make_similar(here, other)
    rows = rows_of(here)

    lines = presenters.similar_lines(rows.entry, rows.held.similar_to(here.pk))

    assert [line.url for line in lines] == ["", other.get_absolute_url()]


def test_it_cites_the_edition_and_the_address():
    guide = make_figures(make_guide(title="Bakers")).guide

    said = presenters.citation(rows_of(guide), "https://example.org/careers/bakers/")

    assert "“Bakers.”" in said
    assert "2024–34 edition" in said
    assert said.endswith("https://example.org/careers/bakers/")
