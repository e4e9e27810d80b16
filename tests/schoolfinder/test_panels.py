import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.utils import timezone

from careers import panels as registry
from schoolfinder.codes import program_code
from schoolfinder.models import Program
from schoolfinder.panels import guide_fields, schools_nearby
from tests.careers.builders import make_guide
from tests.schoolfinder.worlds import EXACT, RELATED, SIMILAR, make_nurses, make_school_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def request_for_guide() -> HttpRequest:
    request = RequestFactory().get("/careers/registered-nurses/")
    request.user = AnonymousUser()
    return request


def test_the_panel_counts_schools_and_names_the_fields(request_for_guide: HttpRequest) -> None:
    guide = make_nurses()
    make_school_at(3)
    make_school_at(5)
    panel = schools_nearby(request_for_guide, guide)
    html = panel.html(request_for_guide)
    assert "2 schools in the country teach" in html
    assert "Registered Nursing/Registered Nurse" in html
    assert 'value="guide:registered-nurses"' in html
    assert 'action="/schools/"' in html


def test_the_panel_says_why_no_program_leads_there(request_for_guide: HttpRequest) -> None:
    panel = schools_nearby(request_for_guide, make_guide("cashiers"))
    assert "learn on the job" in panel.html(request_for_guide)


def test_the_panel_holds_nothing_of_the_reader(request_for_guide: HttpRequest) -> None:
    guide = make_nurses()
    request_for_guide.COOKIES["near"] = "58102"
    html = schools_nearby(request_for_guide, guide).html(request_for_guide)
    assert "58102" not in html
    assert "csrf" not in html


def test_the_fields_of_a_guide_stand_best_band_first() -> None:
    found = guide_fields(make_nurses())
    bands = [row["band"] for row in found]
    assert bands == sorted(bands, key=["exact", "related", "similar"].index)
    for cip, band in ((EXACT, "exact"), (RELATED, "related"), (SIMILAR, "similar")):
        assert {"cip": cip, "band": band} in found


def test_it_is_registered_with_careers(request_for_guide: HttpRequest) -> None:
    guide = make_nurses()
    assert "schools" in [panel.slug for panel in registry.guide_panels(request_for_guide, guide)]
    assert {"fields", "schools"} <= {group.slug for group in registry.search_groups("nursing", 3)}
    assert registry.guide_fields(guide)


def test_the_guide_page_and_its_twin_show_it(client: Client) -> None:
    make_nurses()
    make_school_at(3)
    assert "Schools nearby" in client.get("/careers/registered-nurses/").content.decode()
    fields = client.get("/careers/registered-nurses.json").json()["fields"]
    assert {"cip": EXACT, "band": "exact"} in fields


def test_kept_programs_stand_in_the_order_of_the_address_with_their_school() -> None:
    make_nurses()
    one, other = (program_code(make_school_at(n).programs.get()) for n in (3, 4))
    hits = registry.kept_programs([other, "junk", one])
    assert [hit.key for hit in hits] == [other, one]
    assert hits[0].note == "School 4 miles north, Fargo, ND"


def test_a_kept_program_that_is_gone_stays_and_says_so() -> None:
    make_nurses()
    program = make_school_at(3).programs.get()
    Program.objects.update(retired_at=timezone.now())
    (hit,) = registry.kept_programs([program_code(program)])
    assert hit.note.endswith("no longer offered")


def test_kept_programs_can_be_compared(client: Client) -> None:
    make_nurses()
    codes = [program_code(make_school_at(n).programs.get()) for n in (3, 4)]
    page = client.get(f"/shortlist/?p={codes[0]}&p={codes[1]}").content.decode()
    assert f'href="/schools/compare/?p={codes[0]}&amp;p={codes[1]}"' in page
