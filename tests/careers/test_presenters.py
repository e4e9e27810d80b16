from decimal import Decimal

import pytest

from careers import presenters
from careers.catalogue import catalogue
from careers.guiderows import find_guide, read_rows
from careers.models import Figures, PlainOverride
from tests.careers.builders import (
    make_edition,
    make_figures,
    make_guide,
    make_plain_version,
    make_section,
    make_similar,
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
        "Openings a year, 2024–34",
        "Schooling to start, 2024–34",
        "Work before, 2024–34",
        "Training on the job, 2024–34",
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
    assert shown["Jobs, 2024"].gloss == shown["Openings a year, 2024–34"].gloss == ""


def test_it_tells_none_from_not_given():
    shown = facts(experience="none", training="")

    assert shown["Work before, 2024–34"].value == "None"
    assert shown["Training on the job, 2024–34"].leads_to_section


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
    assert facts(change=change, openings=openings)["Openings a year, 2024–34"].gloss == gloss


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


@pytest.mark.parametrize(
    ("asked", "order"),
    [
        ("", ["Clerks", "Cooks", "Nurses", "Unknown"]),
        ("pay", ["Nurses", "Cooks", "Clerks", "Unknown"]),
        ("growth", ["Clerks", "Nurses", "Cooks", "Unknown"]),
        ("start", ["Clerks", "Cooks", "Nurses", "Unknown"]),
        ("silliest", ["Clerks", "Cooks", "Nurses", "Unknown"]),
    ],
)
def test_it_sorts_similar_careers_with_what_is_not_published_last(asked, order):
    here = make_figures().guide
    published = {
        "Clerks": {"median_pay_annual": 40_000, "growth": 9, "education": "none"},
        "Cooks": {"median_pay_annual": None, "median_pay_hourly": 30, "growth": -2},
        "Nurses": {"median_pay_annual": 90_000, "growth": 6, "education": "doctoral"},
        "Unknown": {"median_pay_annual": None, "median_pay_hourly": None, "growth": None},
    }
    for position, (title, figures) in enumerate(published.items()):
        made = make_figures(make_guide(title=title), **({"education": ""} | figures))
        if title == "Cooks":
            make_plain_version(made.guide, summary="You cook.")
        make_similar(here, made.guide, position)
    Figures.objects.filter(guide__title="Cooks").update(education="bachelor")
    rows = rows_of(here)

    lines = presenters.similar_lines(rows.entry, rows.held.similar_to(here.pk), asked)

    assert [line.title for line in lines[1:]] == order
    assert next(line.duties for line in lines if line.title == "Cooks") == "You cook."


def test_it_says_how_similar_careers_are_sorted():
    pay, growth, _, start = presenters.similar_sorts("start")

    assert start.direction == "ascending"
    assert growth.direction == ""
    assert pay.url == "?similar=pay#similar"


def test_it_cites_the_edition_and_the_address():
    guide = make_figures(make_guide(title="Bakers")).guide

    said = presenters.citation(rows_of(guide), "https://example.org/careers/bakers/")

    assert "“Bakers.”" in said
    assert "2024–34 edition" in said
    assert said.endswith("https://example.org/careers/bakers/")
