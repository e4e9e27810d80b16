import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from schoolfinder import interests
from schoolfinder.models import AwardLevel, School
from tests.schoolfinder.builders import (
    make_earnings,
    make_partner,
    make_place,
    make_program,
    make_school,
)
from tests.schoolfinder.worlds import (
    EXACT,
    OTHER,
    RELATED,
    SIMILAR,
    make_fargo,
    make_nurses,
    make_school_at,
)

pytestmark = pytest.mark.django_db

NURSES = "interest=guide:registered-nurses&near=58102"


@pytest.fixture(autouse=True)
def _fargo(db: None) -> None:
    make_nurses()
    make_fargo()


def text(client: Client, query: str = NURSES, status: int = 200, **headers: str) -> str:
    response = client.get(f"/schools/?{query}", headers=headers)
    assert response.status_code == status
    return response.content.decode()


def results(client: Client, query: str = NURSES) -> list[dict[str, Any]]:
    response = client.get(f"/schools.json?{query}")
    assert response.status_code == 200
    found: list[dict[str, Any]] = response.json()["results"]
    return found


class TestFinder:
    def test_it_begins_with_three_questions(self, client: Client) -> None:
        page = text(client, "")
        for name in ("interest", "near", "radius", "award", "online"):
            assert f'name="{name}"' in page
        assert "There is a problem" not in page

    def test_it_counts_in_the_heading(self, client: Client) -> None:
        make_school_at(3)
        make_school_at(4, cip=SIMILAR)
        make_school_at(5, cip=OTHER)
        assert "2 schools within 50 miles of 58102</h1>" in text(client)

    def test_it_groups_by_band_each_with_a_sentence(self, client: Client) -> None:
        for miles, cip in ((9, EXACT), (3, RELATED), (1, SIMILAR)):
            make_school_at(miles, f"School {cip}", cip=cip)
        page = text(client, NURSES + "&other=1")
        places = [page.index(word) for word in ("band-exact", "band-related", "band-similar")]
        assert places == sorted(places)
        assert "The program is made for this career." in page
        assert page.index(f"School {EXACT}") < page.index(f"School {RELATED}")

    def test_a_card_says_program_award_graduates_and_figures_with_years(
        self, client: Client
    ) -> None:
        school = make_school_at(
            3, "Plains College", tuition_in=9100, tuition_out=18200, tuition_year="2023-24",
            net_price=-5, graduation_rate=0.61, website="https://plains.example/",
        )  # fmt: skip
        make_earnings(school, after_1y=61_500)
        page = text(client)
        for words in (
            "Plains College",
            "Registered Nursing/Registered Nurse",
            "bachelor’s degree",
            "20 graduates in 2023–24",
            "Graduates a year, 2019–20: 20",
            "$9,100 in state, $18,200 outside",
            "2023–24",
            "$0 or less",
            "61%",
            "$61,500 earned one year after",
            "not published",
            'href="https://plains.example/"',
        ):
            assert words in page, words

    def test_it_says_what_it_shows_when_nothing_is_exact(self, client: Client) -> None:
        make_school_at(3, cip=SIMILAR)
        page = text(client)
        assert "No school here has an exact program" in page
        assert "we may show similar or unrelated programs, each labelled" in page

    def test_unrelated_programs_stand_under_their_own_heading(self, client: Client) -> None:
        make_school_at(3, "Only Carpenters", cip=OTHER)
        page = text(client)
        assert "No school within 50 miles" in page
        assert page.index("band-other") < page.index("Only Carpenters")
        assert "Nothing to do with this career." in page

    def test_nothing_at_all_is_said(self, client: Client) -> None:
        assert "Nothing fits here" in text(client)

    def test_a_career_without_programs_says_why(self, client: Client) -> None:
        from tests.careers.builders import make_guide

        make_guide("cashiers", title="Cashiers")
        assert "cashiers learn on the job" in text(client, "interest=cashiers&near=58102")

    def test_filters_are_tags_that_can_be_removed(self, client: Client) -> None:
        page = text(client, NURSES + "&award=bachelor&radius=25")
        assert (
            'href="/schools/?interest=guide:registered-nurses&amp;near=58102&amp;radius=25"' in page
        )

    def test_a_later_page_goes_on_where_the_first_ended(self, client: Client) -> None:
        for number in range(25):
            make_school_at(number, f"Numbered {number:02}")
        overview = text(client)
        assert "15 more with an exact program" in overview
        first = client.get(f"/schools/?{NURSES}&band=exact")
        assert first.context["results"].next_url
        second = client.get(first.context["results"].next_url)
        names = [
            [card.name for card in page.context["results"].groups[0].cards]
            for page in (first, second)
        ]
        assert [(page[0], page[-1]) for page in names] == [
            ("Numbered 00", "Numbered 19"),
            ("Numbered 20", "Numbered 24"),
        ]

    def test_htmx_gets_the_results_alone(self, client: Client) -> None:
        make_school_at(3)
        page = text(client, **{"HX-Request": "true", "HX-Target": "results"})
        assert page.lstrip().startswith("<title>1 school within")
        assert 'hx-swap-oob="true"' in page
        assert "finder-form" not in page
        assert "<html" not in page

    def test_another_target_gets_the_whole_page(self, client: Client) -> None:
        page = text(client, **{"HX-Request": "true", "HX-Target": "elsewhere"})
        assert "<html" in page
        assert "hx-swap-oob" not in page

    def test_wrong_input_comes_back_with_a_message_and_what_was_typed(self, client: Client) -> None:
        page = text(client, "interest=nursing&near=58105&radius=7", status=422)
        assert "There is a problem" in page
        assert "<title>Error: " in page
        assert 'value="58105"' in page
        assert 'value="nursing"' in page
        assert 'aria-describedby="near-error"' in page
        assert "near=58102" in page  # the nearest number that is known

    def test_wrong_input_reaches_an_htmx_fragment_too(self, client: Client) -> None:
        page = text(client, "near=1", 422, **{"HX-Request": "true", "HX-Target": "results"})
        assert "five digits" in page

    def test_a_city_in_several_states_is_asked_back(self, client: Client) -> None:
        make_place("Springfield", "IL")
        make_place("Springfield", "MO", population=9)
        page = text(client, "interest=nursing&near=Springfield")
        assert "Which one?" in page
        assert "near=Springfield%2C%20MO" in page

    def test_unknown_words_are_told_and_a_school_of_that_name_is_offered(
        self, client: Client
    ) -> None:
        make_school("University of Testing", aliases="UTEST")
        page = text(client, "interest=utest")
        assert "We know no career or field of study called “utest”." in page
        assert "University of Testing" in page

    @pytest.mark.parametrize(
        ("query", "status"),
        [
            ("interest=%00", 400),
            ("interest=%ff%fe", 200),
            ("radius=" + "9" * 400, 422),
            ("radius=-1&near=58102", 422),
            ("after=junk&band=exact&" + NURSES, 422),
            ("after=W10&band=exact&" + NURSES, 422),
            ("band=exact&" + NURSES, 200),
            ("tuition=" + "9" * 50, 422),
            ("tuition=1e5", 422),
            ("award=everything", 422),
            ("near=" + "%F0%9F%98%80" * 10, 422),
            ("interest=guide:%27%22%3E%3Cscript%3E", 200),
            ("interest=cip:" + "9" * 100, 200),
            ("sort=sort&sort=price", 200),
            ("unknown=1", 200),
            ("missing=price&" + NURSES, 200),
            ("missing=everything", 422),
            ("why=%ff&" + NURSES, 200),
            ("why=" + "9" * 200, 422),
            ("hide_partners=x&caution=x&" + NURSES, 200),
        ],
    )
    def test_odd_input_never_breaks_it(self, client: Client, query: str, status: int) -> None:
        make_school_at(3)
        assert client.get(f"/schools/?{query}").status_code == status
        assert client.get(f"/schools.json?{query}").status_code == status

    def test_it_escapes_what_was_typed(self, client: Client) -> None:
        assert "<script>x" not in text(client, "interest=%3Cscript%3Ex")

    def test_it_asks_as_often_for_many_schools_as_for_few(self, client: Client) -> None:
        def queries() -> int:
            interests.forget()
            with CaptureQueriesContext(connection) as captured:
                text(client)
            return len(captured)

        for number in range(6):
            make_earnings(make_school_at(number))
        few = queries()
        for number in range(60):
            make_earnings(make_school_at(number / 2, cip=(EXACT, RELATED, SIMILAR)[number % 3]))
        assert queries() == few <= 20

    def test_hiding_partners_leaves_the_rest_in_the_same_order(self, client: Client) -> None:
        schools = [make_school_at(miles, f"School {miles}") for miles in (2, 4, 6, 8)]
        make_partner(schools[1])

        def names(query: str) -> list[str]:
            found = client.get(f"/schools/?{query}").context["results"].groups[0].cards
            return [card.name for card in found]

        page = text(client)
        assert page.count("Partner: takes requests here") == 1
        without = [name for name in names(NURSES) if name != schools[1].name]
        assert names(NURSES + "&hide_partners=1") == without
        assert "1 partner hidden. All others stand in the same order" in text(
            client, NURSES + "&hide_partners=1"
        )

    def test_a_filter_links_to_the_schools_that_it_hides_for_want_of_the_figure(
        self, client: Client
    ) -> None:
        make_school_at(3, "Silent College", net_price=None)
        make_school_at(4, "Cheap College", net_price=4000)
        page = text(client, NURSES + "&price=9000")
        assert "1 school (50%) left out for publishing no net price: show" in page
        shown = text(client, NURSES + "&price=9000&missing=price")
        assert "Silent College" in shown
        assert "Cheap College" not in shown
        assert "These are the schools that publish no net price: ask them." in shown

    def test_an_empty_result_says_which_filter_to_relax_with_counts(self, client: Client) -> None:
        for miles in (3, 4):
            make_school_at(miles, control=3, net_price=20_000)
        page = text(client, NURSES + "&control=public")
        assert "What to relax" in page
        assert "Without “Public”: 2 more schools" in page

    def test_choices_carry_counts_in_the_page_and_in_the_fragment(self, client: Client) -> None:
        make_school_at(3, control=3)
        for headers in ({}, {"HX-Request": "true", "HX-Target": "results"}):
            page = text(client, **headers)
            assert 'Private, for profit <span class="count">1</span>' in page

    def test_a_card_can_be_kept_and_compared_without_javascript(self, client: Client) -> None:
        school = make_school_at(3)
        page = text(client)
        code = f"{school.unitid}-{EXACT}-{AwardLevel.BACHELOR}"
        assert f'href="/shortlist/?p={code}"' in page
        assert f'name="p" value="{code}" form="choose"' in page
        assert client.get(f"/shortlist/?p={code}").content.decode().count(school.name) == 1

    def test_a_state_is_drawn_large_with_its_schools(self, client: Client) -> None:
        make_school_at(3, "Plains College")
        page = text(client, "interest=guide:registered-nurses&near=North Dakota")
        assert "1 school with an exact program." in page
        assert "<title>Plains College</title>" in page

    def test_the_address_after_an_htmx_search_has_no_empty_fields(self, client: Client) -> None:
        query = NURSES + "&award=&tuition=&sort=fit"
        response = client.get(f"/schools/?{query}", headers={"HX-Request": "true"})
        assert response["HX-Push-Url"] == f"/schools/?{NURSES}&sort=fit"

    def test_it_answers_only_safe_methods(self, client: Client) -> None:
        assert client.post("/schools/").status_code == 405


class TestJson:
    def test_it_gives_programs_band_by_band(self, client: Client) -> None:
        school = make_school_at(3)
        make_program(school, RELATED)
        other = make_school_at(1, cip=RELATED)
        found = results(client)
        assert [(row["unitid"], row["cip"], row["band"]) for row in found] == [
            (school.unitid, EXACT, "exact"),
            (other.unitid, RELATED, "related"),
            (school.unitid, RELATED, "related"),
        ]
        assert found[0]["miles"] == 3.0
        assert found[0]["award"] == AwardLevel.BACHELOR
        assert found[0]["reasons"][0].startswith("Exact program")

    def test_it_has_the_order_of_the_page(self, client: Client) -> None:
        for miles in (9, 3, 5):
            make_school_at(miles, f"School {miles}")
        page = client.get(f"/schools/?{NURSES}").context["results"].groups[0].cards
        assert [card.url.split("/")[2] for card in page] == [
            str(row["unitid"]) for row in results(client)
        ]

    def test_its_cursor_reaches_every_result(self, client: Client) -> None:
        for number in range(45):
            make_school_at(number)
        found, query = [], NURSES
        while True:
            answer = client.get(f"/schools.json?{query}").json()
            found += answer["results"]
            if not answer["next"]:
                break
            query = f"{NURSES}&after={answer['next']}"
        assert len({row["unitid"] for row in found}) == len(found) == 45

    def test_it_takes_the_filters_of_the_page(self, client: Client) -> None:
        make_school_at(3, award=AwardLevel.ASSOCIATE)
        assert results(client, NURSES + "&award=bachelor") == []
        assert len(results(client, NURSES + "&award=associate")) == 1

    def test_it_names_the_fields_that_are_wrong(self, client: Client) -> None:
        answer = client.get("/schools.json?radius=7&near=1")
        assert answer.status_code == 422
        assert set(answer.json()["errors"]) == {"radius", "near"}

    def test_it_says_why_there_is_nothing(self, client: Client) -> None:
        answer = client.get("/schools.json?interest=zzzz").json()
        assert answer["results"] == []
        assert answer["next"] is None
        assert "zzzz" in answer["problem"]

    def test_a_question_without_words_has_no_results(self, client: Client) -> None:
        assert results(client, "") == []


class TestSchool:
    def test_it_shows_the_facts_and_all_programs(self, client: Client) -> None:
        school = make_school_at(3, "Plains College", aliases="PC\nPlains")
        make_program(school, OTHER, award=AwardLevel.CERT_SHORT)
        page = client.get(school.get_absolute_url()).content.decode()
        for words in (
            "Plains College",
            "2 programs",
            "Registered Nursing/Registered Nurse",
            "Carpentry/Carpenter",
            "Certificate, under 12 weeks",
            "not published",
            "PC, Plains",
            "We hold no list of accreditation",
            'rel="canonical"',
        ):
            assert words in page, words

    def test_it_tells_machines_what_it_is(self, client: Client) -> None:
        school = make_school_at(3, "Quoted </script> College")
        page = client.get(school.get_absolute_url()).content.decode()
        organization, course = json.loads(page.split('ld+json">')[1].split("</script>")[0])[
            "@graph"
        ]
        assert organization["@type"] == "EducationalOrganization"
        assert organization["name"] == "Quoted </script> College"
        assert course["@type"] == "Course"
        assert course["courseCode"] == EXACT
        assert course["provider"] == {"@id": organization["@id"]}

    def test_another_slug_leads_to_the_right_one(self, client: Client) -> None:
        school = make_school_at(3)
        response = client.get(f"/schools/{school.unitid}/wrong/")
        assert response.status_code == 301
        assert response["Location"] == school.get_absolute_url()

    @pytest.mark.parametrize("path", ["/schools/1/x/", "/schools/99999999999999999999/x/"])
    def test_an_unknown_school_is_not_found(self, client: Client, path: str) -> None:
        assert client.get(path).status_code == 404

    def test_a_closed_school_keeps_its_page_with_a_notice(self, client: Client) -> None:
        school = make_school_at(3, retired_at=timezone.now(), status=School.Status.CLOSED)
        page = client.get(school.get_absolute_url()).content.decode()
        assert "This school is closed or has joined another" in page

    def test_it_asks_as_often_for_many_programs_as_for_one(self, client: Client) -> None:
        school = make_school_at(3)

        def queries() -> int:
            with CaptureQueriesContext(connection) as captured:
                client.get(school.get_absolute_url())
            return len(captured)

        once = queries()
        for award in AwardLevel.values:
            if award != AwardLevel.BACHELOR:
                make_program(school, EXACT, award=award)
        assert queries() == once <= 5
