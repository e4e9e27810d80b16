from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from careers.models import Figures, Version
from schoolfinder.awards import AwardGroup
from schoolfinder.bands import Band
from schoolfinder.interests import UnknownInterest, bands_of_guide, find_interest, plain_words
from schoolfinder.models import Field
from tests.careers.builders import (
    make_code,
    make_edition,
    make_figures,
    make_former_slug,
    make_guide,
    make_job_title,
    make_similar,
    make_topic,
)
from tests.schoolfinder.builders import make_field, make_link
from tests.schoolfinder.worlds import EXACT, OTHER, RELATED, SIMILAR, make_nurses

pytestmark = pytest.mark.django_db


def test_it_sorts_the_fields_of_a_guide_into_bands() -> None:
    guide = make_nurses()
    found = bands_of_guide(guide)
    expected = {EXACT: Band.EXACT, RELATED: Band.RELATED, SIMILAR: Band.SIMILAR}
    assert {cip: found.get(cip) for cip in (*expected, OTHER)} == expected | {OTHER: None}


def test_it_drops_links_to_teaching() -> None:
    guide = make_guide("ward-teachers")
    make_code(guide, "25-1072")
    make_link("51.3801", "25-1072")
    assert bands_of_guide(guide) == {}


def test_it_reads_the_codes_of_the_newest_edition_only() -> None:
    guide = make_guide("ward-hosts")
    make_code(guide, "11-1111", edition=make_edition(2014))
    make_code(guide, "22-2222", edition=make_edition(2024))
    make_link("01.0101", "11-1111")
    make_link("02.0101", "22-2222")
    assert set(bands_of_guide(guide)) == {"02.0101"}


def test_it_takes_a_broad_code_apart() -> None:
    guide = make_guide("ward-hosts")
    make_code(guide, "31-1120")
    make_link("51.2602", "31-1121")
    assert bands_of_guide(guide)["51.2602"] == Band.EXACT


def test_it_takes_a_joined_code_apart() -> None:
    guide = make_guide("ward-hosts")
    make_code(guide, "21-1018")
    make_link("51.1508", "21-1014")
    assert bands_of_guide(guide)["51.1508"] == Band.EXACT


def test_it_joins_the_links_of_several_codes() -> None:
    guide = make_guide("ward-hosts")
    make_code(guide, "11-1111")
    make_code(guide, "22-2222")
    make_link("01.0101", "11-1111")
    make_link("02.0101", "22-2222")
    assert set(bands_of_guide(guide)) == {"01.0101", "02.0101"}


def test_it_calls_what_leads_to_a_similar_guide_similar() -> None:
    guide, neighbour = make_guide("ward-hosts"), make_guide("ward-cooks")
    make_code(guide, "11-1111")
    make_code(neighbour, "22-2222")
    make_link("01.0101", "11-1111")
    make_link("12.0503", "22-2222")
    make_similar(guide, neighbour)
    assert bands_of_guide(guide)["12.0503"] == Band.SIMILAR
    assert "01.0101" not in bands_of_guide(neighbour)  # the handbook's links have a direction


def test_a_guide_without_codes_has_no_bands_and_says_why() -> None:
    make_guide("military-careers", title="Military Careers")
    found = find_interest("guide:military-careers")
    assert found.bands == {}
    assert "recruiter" in found.note


def test_it_knows_what_most_start_with() -> None:
    make_nurses()
    found = find_interest("guide:registered-nurses")
    assert found.start_award == AwardGroup.BACHELOR
    assert found.label == "Registered Nurses"
    assert found.url == "/careers/registered-nurses/"


def test_it_knows_no_start_without_a_credential() -> None:
    guide = make_guide("ward-hosts")
    make_figures(guide, education=Figures.Education.HIGH_SCHOOL)
    assert find_interest("guide:ward-hosts").start_award is None


def test_it_follows_a_former_address() -> None:
    make_former_slug("old-nurses", make_nurses())
    assert find_interest("guide:old-nurses").key == "guide:registered-nurses"


def test_a_topic_joins_its_guides_and_the_best_band_wins() -> None:
    topic = make_topic("nursing")
    guide = make_guide("ward-hosts", topic=topic)
    other = make_guide("ward-cooks", topic=topic)
    make_code(guide, "11-1111")
    make_code(other, "22-2222")
    for soc in ("11-1111", "33-3333", "44-4444"):
        make_link("01.0101", soc)
    make_link("01.0102", "22-2222")
    found = find_interest("topic:nursing")
    assert found.bands == {"01.0101": Band.RELATED, "01.0102": Band.EXACT}


def test_a_field_is_exact_itself_and_its_group_related() -> None:
    make_nurses()
    make_link("01.8001", "29-1141")
    found = find_interest(f"cip:{EXACT}")
    assert found.bands[EXACT] == Band.EXACT
    assert found.bands[RELATED] == Band.RELATED
    assert found.bands[SIMILAR] == Band.SIMILAR
    assert found.bands["01.8001"] == Band.RELATED  # leads to just the same occupation
    assert OTHER not in found.bands


@pytest.mark.parametrize("cip", ["51", "51.38"])
def test_a_family_or_group_stands_for_all_its_fields(cip: str) -> None:
    make_nurses()
    found = find_interest(f"cip:{cip}")
    assert found.bands[EXACT] == found.bands[RELATED] == Band.EXACT
    assert found.bands[SIMILAR] == (Band.EXACT if cip == "51" else Band.SIMILAR)


@pytest.mark.parametrize("words", ["Registered Nurses", "registered nurse", "RN", "Charge Nurses"])
def test_words_lead_to_a_guide_by_any_of_its_names(words: str) -> None:
    guide = make_nurses()
    make_job_title(guide, "Charge Nurse")
    assert find_interest(words).key == "guide:registered-nurses"


def test_familiar_words_lead_first_and_offer_the_rest() -> None:
    make_nurses()
    found = find_interest("Nursing")
    assert found.key == "cip:51.38"
    assert [choice.key for choice in found.alternatives] == ["guide:registered-nurses"]
    assert found.alternatives[0].label == "Registered Nurses"


def test_words_lead_to_a_field_of_that_name() -> None:
    make_field("46.0201", "Carpentry/Carpenter")
    assert find_interest("carpentry/carpenter").key == "cip:46.0201"


def test_words_lead_to_every_field_that_has_them() -> None:
    make_field("12.0401", "Thatching, General")
    make_field("46.0499", "Advanced Thatching")
    make_field("46.0201", "Carpentry")
    found = find_interest("thatching")
    assert found.fields(Band.EXACT) == ["12.0401", "46.0499"]
    assert found.label == "“thatching”"


def test_words_match_from_the_start_of_a_word() -> None:
    make_field("46.0499", "Overthatching")
    with pytest.raises(UnknownInterest, match="thatching"):
        find_interest("thatching")


@pytest.mark.parametrize("text", ["guide:none", "topic:none", "cip:99.9999", "zzzz", "???", "cip:"])
def test_it_says_that_it_knows_no_such_thing(text: str) -> None:
    with pytest.raises(UnknownInterest):
        find_interest(text)


def test_it_reads_words_without_punctuation() -> None:
    assert plain_words("  X-Ray   Tech. ") == "x-ray tech"
    assert plain_words("C++ & C#") == "c++ c#"


def test_it_asks_as_often_for_many_fields_as_for_one() -> None:
    def queries(slug: str, fields: int) -> int:
        guide = make_guide(slug)
        soc = f"29-{1000 + guide.pk}"
        make_code(guide, soc)
        for number in range(fields):
            make_link(f"{10 + guide.pk % 80}.{1000 + number}", soc)
        with CaptureQueriesContext(connection) as captured:
            find_interest(f"guide:{slug}")
        return len(captured)

    assert queries("one-field", 1) == queries("ten-fields", 10) <= 11


def test_it_remembers_an_interest_until_the_data_change(
    django_assert_num_queries: Callable[[int], AbstractContextManager[Any]],
) -> None:
    make_field("51.3801", "Registered Nursing")
    first = find_interest("cip:51.3801")
    with django_assert_num_queries(1):
        assert find_interest("  cip:51.3801 ") is first
    Field.objects.filter(cip="51.3801").update(title="Nursing")
    Version.objects.bump(Version.DATA)
    assert find_interest("cip:51.3801").label == "Nursing"


def test_it_remembers_no_words_that_lead_nowhere() -> None:
    for _ in range(2):
        with pytest.raises(UnknownInterest):
            find_interest("qwertyuiop")
