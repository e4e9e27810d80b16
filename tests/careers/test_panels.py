import pytest
from django.test import RequestFactory

from careers import panels
from careers.models import Guide
from careers.panels import Group, Hit, Panel


@pytest.fixture(autouse=True)
def empty_registry(monkeypatch):
    for name in ("_guide_panels", "_search_groups", "_field_lists"):
        monkeypatch.setattr(panels, name, [])


def panel(slug):
    return lambda request, guide: Panel(slug, slug.title(), f"{slug}.html")


def test_it_gives_panels_in_order_of_position():
    panels.register_guide_panel(panel("talk"), position=90)
    panels.register_guide_panel(panel("schools"), position=10)

    made = panels.guide_panels(RequestFactory().get("/"), Guide())

    assert [(one.slug, one.position) for one in made] == [("schools", 10), ("talk", 90)]


def test_it_leaves_out_a_panel_with_nothing_to_say():
    panels.register_guide_panel(lambda request, guide: None, position=10)

    assert panels.guide_panels(RequestFactory().get("/"), Guide()) == []


def test_it_asks_every_group_for_at_most_so_many_hits():
    asked = []

    def fields(query, limit):
        asked.append((query, limit))
        return Group("fields", "Fields", "cip", "title", [Hit("51.0701", "Health", "/f/")])

    panels.register_search_group(fields, position=10)

    (group,) = panels.search_groups("health", 6)

    assert group.hits[0].key == "51.0701"
    assert asked == [("health", 6)]


def test_it_joins_the_field_lists_of_all_apps():
    panels.register_guide_field_list(lambda guide: [{"cip": "51.0701", "band": "exact"}])
    panels.register_guide_field_list(lambda guide: [{"cip": "52.0201", "band": "related"}])

    assert [field["cip"] for field in panels.guide_fields(Guide())] == ["51.0701", "52.0201"]
