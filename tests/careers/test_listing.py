import pytest
from django.core.paginator import Paginator
from django.http import QueryDict

from careers import listing
from careers.catalogue import catalogue
from careers.filters import facets, select
from careers.forms import GuideFilterForm
from careers.listing import Choice, FilterGroup
from careers.models import ImportRecord, JobTitle
from careers.search import Found
from tests.careers.builders import (
    make_cluster,
    make_figures,
    make_guide,
    make_job_title,
    make_plain_version,
    make_topic,
)

pytestmark = pytest.mark.django_db


def listed(query=""):
    held = catalogue()
    form = GuideFilterForm(QueryDict(query), facets(held))
    return held, form, select(held.current, form.facets, form.chosen)


def test_it_shows_a_guide_with_four_measures():
    make_plain_version(make_figures(growth=-3).guide)

    card = listing.card(catalogue().current[0])

    assert card.summary == "You keep a ward running."
    assert [(m.label, m.value, m.absent) for m in card.measures] == [
        ("Pay", "$61,250", False),
        ("Schooling", "Bachelor’s degree", False),
        ("Growth", "−3%", False),
        ("Openings a year", "9,300", False),
    ]


def test_it_shows_a_guide_without_figures_or_topic():
    make_guide(topic=None)

    card = listing.card(catalogue().current[0])

    assert card.cluster == ""
    assert all(measure.absent for measure in card.measures)
    assert all(petal.void for petal in card.petals)


def test_it_offers_only_choices_that_lead_somewhere_or_are_in_use():
    make_figures(education="associate")
    make_figures(education="bachelor")

    _, form, found = listed("education=master")
    groups = {g.name: g for g in listing.filter_groups(form.facets, form.chosen, found)}

    assert [(c.value, c.count, c.checked) for c in groups["education"].choices] == [
        ("associate", 1, False),
        ("bachelor", 1, False),
        ("master", 0, True),
    ]
    assert "openings" not in groups  # nothing else passes a master's degree


def test_it_folds_a_long_list_of_choices_unless_one_of_them_is_in_use():
    def group(checked):
        choices = [Choice(str(n), str(n), 1, checked=n == checked) for n in range(10)]
        return FilterGroup("cluster", "Cluster", choices)

    assert (len(group(None).first), len(group(None).folded)) == (6, 4)
    assert not group(2).is_unfolded
    assert group(8).is_unfolded
    assert FilterGroup("pay", "Pay", group(8).choices[:9]).folded == []


def test_it_offers_topics_only_within_a_cluster():
    make_guide(topic=make_topic("nursing"))
    make_guide(topic=make_topic("dental-care"))

    _, form, found = listed()
    assert "topic" not in {g.name for g in listing.filter_groups(form.facets, form.chosen, found)}
    _, form, found = listed("cluster=health")
    assert "topic" in {g.name for g in listing.filter_groups(form.facets, form.chosen, found)}


def test_it_tells_what_each_removed_filter_would_show():
    make_figures(education="associate", outlook="faster")
    make_figures(education="bachelor", outlook="decline")

    held, form, _ = listed("education=associate&growth=decline&sort=pay")
    tags = listing.applied_tags(held.current, form.facets, form.chosen, form.order)

    assert [(tag.label, tag.count) for tag in tags] == [("Associate’s degree", 1), ("Decline", 1)]
    assert tags[0].url == "/careers/?growth=decline&sort=pay"


@pytest.mark.parametrize(
    ("query", "heading"),
    [
        ("", "2 guides"),
        ("cluster=health", "2 guides in health careers"),
        ("cluster=health&topic=nursing", "1 guide in nursing"),
        ("education=none", "No guide fits all of this"),
    ],
)
def test_it_says_how_many_and_where(query, heading):
    make_figures(make_guide(topic=make_topic("nursing")))
    make_figures(make_guide(topic=make_topic("dental-care")))

    _, form, found = listed(query)

    assert listing.heading(len(found.entries), form.facets, form.chosen) == heading


@pytest.mark.parametrize(
    ("page", "labels"),
    [
        (1, ["1", "2", "…", "10", "Next"]),
        (5, ["Back", "1", "…", "4", "5", "6", "…", "10", "Next"]),
        (10, ["Back", "1", "…", "9", "10"]),
    ],
)
def test_it_links_pages(page, labels):
    links = listing.page_links(Paginator(range(100), 10).get_page(page), {}, "pay")

    assert [link.label for link in links] == labels
    assert [link.label for link in links if not link.url] == [
        label for label in labels if label in ("…", str(page))
    ]
    assert all("sort=pay" in link.url for link in links if link.url)


def test_it_has_letters_with_counts_and_digits_apart():
    make_job_title(make_guide(title="Bakers"), "3D animator")

    letters = {one.name: one for one in listing.letters({"#": 1}, catalogue(), "B")}

    assert next(iter(letters)) == "0–9"
    assert (letters["0–9"].count, letters["B"].count, letters["C"].count) == (1, 1, 0)
    assert letters["B"].is_here


def test_it_mixes_guides_and_other_names_in_one_alphabet():
    bakers = make_guide(title="Bakers")
    rows = [("Ballerina", bakers.pk), ("Bagel maker", bakers.pk), ("bakers", bakers.pk)]

    names = listing.names(rows, catalogue(), "B")

    assert [(name.title, name.guide_title) for name in names] == [
        ("Bagel maker", "Bakers"),
        ("Bakers", ""),
        ("Ballerina", "Bakers"),
    ]


def test_it_says_through_which_name_a_guide_was_found():
    guide = make_guide(title="Bakers")
    found = [Found(guide.pk, "Bagel maker", 1.0), Found(987654, "Gone", 0.5)]

    (hit,) = listing.hits(found, catalogue())

    assert hit.through == "Bagel maker"
    assert listing.hits([Found(guide.pk, "Bakers", 2.0)], catalogue())[0].through == ""


def test_it_shows_clusters_that_have_a_guide():
    make_guide()
    make_cluster("empty")

    (plate,) = listing.plates(catalogue())

    assert (plate.cluster.slug, plate.count) == ("health", 1)


def test_it_features_a_guide_with_a_whole_mark_and_a_plain_version():
    make_figures()  # no plain version
    make_plain_version(make_figures(growth=None).guide)  # no whole mark
    assert listing.featured(catalogue()) is None


def test_it_features_the_guide_whose_weakest_rank_is_best():
    strong = make_figures(growth=9, openings=900, jobs=9_000, median_pay_annual=90_000).guide
    weak = make_figures(growth=1, openings=100, jobs=1_000, median_pay_annual=30_000).guide
    make_plain_version(strong)
    make_plain_version(weak)
    featured = listing.featured(catalogue())

    assert featured.card.title == strong.title
    assert featured.says.startswith("Among 2 guides it outranks 75% on pay")


@pytest.mark.parametrize(
    ("source", "title"),
    [("ipeds-directory", "IPEDS directory"), ("ooh-embedded", "OOH"), ("plain", "Plain")],
)
def test_it_names_an_imported_source(source, title):
    record = ImportRecord(source=source, label="2024-34", rows=229_574)

    (shown,) = listing.imports([record])

    assert (shown.title, shown.label, shown.rows) == (title, "2024-34", "229,574")


def test_it_does_not_count_other_sources_in_the_handbooks_titles():
    guide = make_guide()
    make_job_title(guide, "Ward clerk")
    make_job_title(guide, "Ward clerk", source=JobTitle.Source.ONET)

    assert catalogue().job_titles == 1
