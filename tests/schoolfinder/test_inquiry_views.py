import re
from typing import Any

import pytest
from django.apps import apps
from django.core import mail
from django.test import Client

from schoolfinder.inquiry_forms import new_stamp
from schoolfinder.inquiry_views import AGE_COOKIE, TOO_YOUNG, TOO_YOUNG_COOKIE
from schoolfinder.limits import count, for_inquiry
from schoolfinder.models import Delivery, Inquiry, InquiryCount, School
from tests.schoolfinder.builders import make_partner
from tests.schoolfinder.worlds import EXACT, OTHER, make_nurses, make_school_at

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nurses(db: None) -> None:
    make_nurses()


@pytest.fixture
def partner() -> School:
    return make_partner(make_school_at(1, "Prairie College")).school


@pytest.fixture
def adult(client: Client) -> Client:
    client.cookies[AGE_COOKIE] = "adult"
    return client


def address(*schools: School, interest: str = "guide:registered-nurses") -> str:
    programs = "&".join(f"p={school.programs.get().pk}" for school in schools)
    return f"/schools/get-info/?{programs}&interest={interest}"


def typed(*schools: School, **values: Any) -> dict[str, Any]:
    return {
        "first_name": "Ana",
        "email": "ana@example.org",
        "zip": "60614",
        "level": "bachelor",
        "start": "",
        "question": "Evenings?",
        "phone": "",
        "website": "",
        "stamp": new_stamp(),
        "schools": [str(school.unitid) for school in schools],
    } | values


def text(response: Any) -> str:
    content: str = response.content.decode()
    return content


def link(purpose: str) -> str:
    """From the newest mail to the person."""
    bodies = [message.body for message in mail.outbox if message.to == ["ana@example.org"]]
    return re.findall(rf"/schools/get-info/{purpose}/\S+", bodies[-1])[-1]


class TestAge:
    def test_it_is_asked_before_anything_else(self, client: Client, partner: School) -> None:
        page = text(client.get(address(partner)))
        assert 'name="age"' in page
        assert 'name="email"' not in page
        assert "13" not in re.sub(r"<[^>]+>", "", page).replace(str(partner.unitid), "")

    @pytest.mark.parametrize(("age", "group"), [(13, "minor"), (17, "minor"), (18, "adult")])
    def test_who_is_old_enough_goes_on(
        self, client: Client, partner: School, age: int, group: str
    ) -> None:
        response = client.post(address(partner), {"age": age}, follow=True)
        assert client.cookies[AGE_COOKIE].value == group
        assert client.cookies[AGE_COOKIE]["max-age"] == ""
        assert 'name="email"' in text(response)
        assert ('name="phone"' in text(response)) is (group == "adult")

    def test_under_13_nothing_is_stored(self, client: Client, partner: School) -> None:
        before = {model: model._default_manager.count() for model in apps.get_models()}
        posted = typed(partner) | {"age": 12}
        assert client.post(address(partner), posted).status_code == 403
        assert client.post(address(partner), typed(partner)).status_code == 403
        assert client.get(address(partner)).status_code == 403
        assert {model: model._default_manager.count() for model in apps.get_models()} == before
        assert not mail.outbox

    def test_who_was_too_young_to_sign_in_is_too_young_here(
        self, client: Client, partner: School
    ) -> None:
        client.cookies[TOO_YOUNG_COOKIE] = TOO_YOUNG
        assert client.get(address(partner)).status_code == 403

    @pytest.mark.parametrize("age", ["", "abc", "0", "121", "-3"])
    def test_nonsense_is_asked_again(self, client: Client, partner: School, age: str) -> None:
        response = client.post(address(partner), {"age": age})
        assert response.status_code == 422
        assert "<title>Error: " in text(response)
        assert "Enter your age in years" in text(response)

    def test_a_form_sent_without_an_age_is_asked_for_it(
        self, client: Client, partner: School
    ) -> None:
        assert 'name="age"' in text(client.post(address(partner), typed(partner)))
        assert not Inquiry.objects.exists()

    def test_a_minors_phone_number_is_dropped(self, client: Client, partner: School) -> None:
        client.cookies[AGE_COOKIE] = "minor"
        client.post(address(partner), typed(partner, phone="312 555 0100"))
        assert Inquiry.objects.get().phone == ""


class TestForm:
    def test_it_asks_little_and_for_the_phone_number_last(
        self, adult: Client, partner: School
    ) -> None:
        page = text(adult.get(address(partner)))
        asked = re.findall(r'<(?:input|select|textarea)[^>]* name="(\w+)"', page.split("<form")[2])
        assert [name for name in asked if name not in {"csrfmiddlewaretoken", "stamp"}] == [
            *("first_name", "email", "zip", "level", "start", "question", "phone"),
            *("website", "schools"),
        ]

    def test_no_box_is_ticked_and_each_names_its_school(self, adult: Client) -> None:
        schools = [make_partner(make_school_at(n, f"College {n}")).school for n in (1, 2, 3)]
        page = text(adult.get(address(*schools)))
        boxes = re.findall(r'<input type="checkbox"[^>]*name="schools"[^>]*>', page)
        assert len(boxes) == 3
        assert "checked" not in "".join(boxes)
        for school in schools:
            assert f"Yes, send {school.name} what its preview shows" in page
            assert f"This is exactly what {school.name} will receive" in page

    def test_dissimilar_schools_stand_in_a_group_of_their_own(self, adult: Client) -> None:
        exact, other = make_school_at(1, "Nurses"), make_school_at(2, "Carpenters", cip=OTHER)
        page = text(adult.get(address(other, exact)))
        apart = page.index("Not the same program")
        assert page.index("Yes, write a letter to Nurses") < apart
        assert page.index("Yes, write a letter to Carpenters") > apart
        assert "exact match for Registered Nurses" in page

    def test_it_says_above_when_none_is_exact(self, adult: Client) -> None:
        page = text(adult.get(address(make_school_at(1, cip=OTHER))))
        assert "None of these programs is an exact match" in page

    def test_only_partners_are_called_so(self, adult: Client, partner: School) -> None:
        real = make_school_at(2, "Real College")
        page = text(adult.get(address(partner, real)))
        assert page.count("Partner: takes requests here") == 1
        assert "Partner: takes" not in text(adult.get(address(real)))

    def test_what_is_wrong_is_said_and_what_was_typed_kept(
        self, adult: Client, partner: School
    ) -> None:
        posted = typed(email="ana.example.org", zip="6061", question="Evenings & weekends?")
        response = adult.post(address(partner), posted)
        page = text(response)
        assert response.status_code == 422
        assert "<title>Error: " in page
        for wrong in (
            '<a href="#email">Enter an e-mail address with an @',
            '<a href="#zip">Enter a ZIP code of five digits',
            f'<a href="#school-{partner.unitid}">Tick the box of at least one school.',
        ):
            assert wrong in page, wrong
        assert 'value="ana.example.org"' in page
        assert "Evenings &amp; weekends?</textarea>" in page
        assert not Inquiry.objects.exists()

    @pytest.mark.parametrize(
        "wrong",
        [
            {"first_name": "  "},
            {"first_name": "x" * 61},
            {"question": "x" * 1001},
            {"phone": "call me"},
            {"level": "wizard"},
            {"start": "now"},
            {"schools": ["1"]},
            {"stamp": "made up"},
            {"stamp": ""},
        ],
    )
    def test_it_refuses(self, adult: Client, partner: School, wrong: dict[str, Any]) -> None:
        response = adult.post(address(partner), typed(partner, **wrong))
        assert response.status_code == 422
        assert not Inquiry.objects.exists()

    def test_a_form_that_was_open_too_long_can_be_sent_again(
        self, adult: Client, partner: School
    ) -> None:
        page = text(adult.post(address(partner), typed(partner, stamp="old")))
        stamp = re.search(r'name="stamp" value="([^"]+)"', page)
        assert stamp
        again = adult.post(address(partner), typed(partner, stamp=stamp[1]))
        assert again.status_code == 302

    def test_it_shows_exactly_what_each_school_would_get(
        self, adult: Client, partner: School
    ) -> None:
        posted = typed(partner, question="<b>Bold</b> question", preview="1")
        page = text(adult.post(address(partner), posted))
        assert "&lt;b&gt;Bold&lt;/b&gt; question</dd>" in page
        assert "not given, not sent" in page
        assert "There is a problem" not in page
        assert " checked" in page  # what was ticked stays so
        assert not Inquiry.objects.exists()

    def test_the_preview_is_a_fragment_for_htmx(self, adult: Client, partner: School) -> None:
        headers = {"HX-Request": "true", "HX-Target": "preview"}
        posted = typed(email="", preview="1")
        page = text(adult.post(address(partner), posted, headers=headers))
        assert page.strip().startswith('<aside class="flow" id="preview"')

    def test_it_loads_nothing_from_elsewhere_and_leaks_no_address(
        self, adult: Client, partner: School
    ) -> None:
        response = adult.get(address(partner))
        assert not re.search(r'(?:src|action)="https?://', text(response))
        assert response.headers["Referrer-Policy"] == "same-origin"
        assert "no-store" in response.headers["Cache-Control"]


class TestSending:
    def test_it_stores_and_asks_to_look_into_the_mail(
        self, adult: Client, partner: School, django_capture_on_commit_callbacks: Any
    ) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            response = adult.post(address(partner), typed(partner))
        assert response.headers["Location"] == "/schools/get-info/sent/"
        assert "No school has anything yet" in text(adult.get(response.headers["Location"]))
        assert [message.to for message in mail.outbox] == [["ana@example.org"]]

    def test_only_ticked_schools_get_it(self, adult: Client, partner: School) -> None:
        other = make_partner(make_school_at(2)).school
        adult.post(address(partner, other), typed(other))
        assert [given.school for given in Inquiry.objects.get().consents.all()] == [other]

    def test_sent_twice_it_is_stored_once(self, adult: Client, partner: School) -> None:
        posted = typed(partner)
        for _ in range(2):
            assert adult.post(address(partner), posted).status_code == 302
        assert Inquiry.objects.count() == 1

    def test_a_program_that_fills_every_field_stores_nothing(
        self, adult: Client, partner: School
    ) -> None:
        response = adult.post(address(partner), typed(partner, website="https://spam.example"))
        assert response.status_code == 302
        assert not Inquiry.objects.exists()

    def test_too_often_it_says_when_to_come_back_and_keeps_what_was_typed(
        self, adult: Client, partner: School
    ) -> None:
        for _ in range(5):
            count(for_inquiry("ana@example.org", "198.51.100.0/24"))
        response = adult.post(address(partner), typed(partner))
        assert response.status_code == 429
        assert int(response.headers["Retry-After"]) > 0
        assert 'value="ana@example.org"' in text(response)
        assert not Inquiry.objects.exists()

    def test_it_needs_a_token(self, partner: School) -> None:
        strict = Client(enforce_csrf_checks=True)
        strict.cookies[AGE_COOKIE] = "adult"
        assert strict.post(address(partner), typed(partner)).status_code == 403
        assert not Inquiry.objects.exists()


class TestOwnLetter:
    def test_for_a_school_without_a_channel_it_writes_the_letter_and_stores_nothing(
        self, adult: Client
    ) -> None:
        school = make_school_at(1, "Real College", website="https://real.example/")
        response = adult.post(address(school), typed(school))
        page = text(response)
        assert response.status_code == 200
        assert "To the admissions office of Real College" in page
        assert 'href="mailto:?subject=' in page
        assert 'href="https://real.example/"' in page
        assert not Inquiry.objects.exists()
        assert not InquiryCount.objects.exists()
        assert not mail.outbox

    def test_it_needs_no_address(self, adult: Client) -> None:
        school = make_school_at(1)
        assert adult.post(address(school), typed(school, email="")).status_code == 200

    def test_beside_a_partner_each_gets_its_own_way(self, adult: Client, partner: School) -> None:
        real = make_school_at(2, "Real College")
        page = text(adult.post(address(partner, real), typed(partner, real)))
        assert "To the admissions office of Real College" in page
        assert "And look into your mail" in page
        assert [given.school for given in Inquiry.objects.get().consents.all()] == [partner]


class TestConfirming:
    @pytest.fixture(autouse=True)
    def _asked(
        self, adult: Client, partner: School, django_capture_on_commit_callbacks: Any
    ) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            adult.post(address(partner), typed(partner))

    def test_to_look_at_the_link_sends_nothing(self, client: Client) -> None:
        page = text(client.get(link("confirm")))
        assert "This is exactly what Prairie College will receive" in page
        assert "Evenings?" in page
        assert not Delivery.objects.filter(kind=Delivery.Kind.SCHOOL).exists()

    def test_the_button_sends_it_and_shows_the_receipt(
        self, client: Client, django_capture_on_commit_callbacks: Any
    ) -> None:
        assert "On its way" not in text(client.get(link("receipt")))
        with django_capture_on_commit_callbacks(execute=True):
            response = client.post(link("confirm"))
        assert [message.to for message in mail.outbox[1:]] == [
            ["admissions@prairie.example"], ["ana@example.org"],
        ]  # fmt: skip
        page = text(client.get(response.headers["Location"]))
        assert "Sent on " in page
        assert "Evenings?" in page

    def test_confirmed_twice_it_is_sent_once(
        self, client: Client, django_capture_on_commit_callbacks: Any
    ) -> None:
        confirm = link("confirm")
        with django_capture_on_commit_callbacks(execute=True):
            client.post(confirm)
            client.post(confirm)
        assert client.get(confirm).status_code == 302
        to_school = [m for m in mail.outbox if m.to == ["admissions@prairie.example"]]
        assert len(to_school) == 1

    def test_unconfirmed_it_can_be_withdrawn(self, client: Client) -> None:
        receipt, confirm = link("receipt"), link("confirm")
        assert "waits for you to confirm" in text(client.get(receipt))
        assert "No school had received anything" in text(client.post(receipt))
        assert not Inquiry.objects.exists()
        for gone in (receipt, confirm):
            assert client.get(gone).status_code == 410
            assert client.post(gone).status_code == 410

    def test_withdrawn_after_sending_it_names_who_has_it(
        self, client: Client, django_capture_on_commit_callbacks: Any
    ) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            client.post(link("confirm"))
        page = text(client.post(link("receipt")))
        assert "<li>Prairie College</li>" in page
        assert not Inquiry.objects.exists()

    @pytest.mark.parametrize("purpose", ["confirm", "receipt"])
    def test_a_made_up_link_is_gone(self, client: Client, purpose: str) -> None:
        assert client.get(f"/schools/get-info/{purpose}/made:up/").status_code == 410


def test_without_a_school_it_leads_to_the_finder(client: Client) -> None:
    response = client.get("/schools/get-info/")
    assert response.status_code == 200
    assert "Choose a school first" in text(response)


def test_of_an_unknown_program_it_says_so(client: Client) -> None:
    response = client.get("/schools/get-info/?p=123456789")
    assert response.status_code == 404
    assert "left out" in text(response)


def test_finder_and_school_page_lead_there(client: Client) -> None:
    school = make_school_at(1, "Prairie College")
    code = f"{school.unitid}-{EXACT}-5"
    finder = text(client.get("/schools/?interest=guide:registered-nurses&near=ND"))
    interest = "guide%3Aregistered-nurses"
    assert f'href="/schools/get-info/?p={code}&amp;interest={interest}"' in finder
    assert f'href="/schools/get-info/?p={code}"' in text(client.get(school.get_absolute_url()))


def test_the_finder_labels_partners_and_orders_them_as_before(client: Client) -> None:
    schools = [make_school_at(miles, f"School {miles}") for miles in (1, 2, 3)]
    query = "interest=guide:registered-nurses&near=ND"
    before = client.get(f"/schools.json?{query}").json()
    assert "Partner: takes" not in text(client.get(f"/schools/?{query}"))
    make_partner(schools[2])
    assert text(client.get(f"/schools/?{query}")).count("Partner: takes requests here") == 1
    assert client.get(f"/schools.json?{query}").json() == before
