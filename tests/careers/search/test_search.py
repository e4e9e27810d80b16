import threading
import time

import pytest

from careers import search
from careers.models import JobTitle, Version
from careers.search import held
from tests.careers.builders import (
    make_code,
    make_figures,
    make_guide,
    make_job_title,
    make_plain_version,
    make_topic,
)

pytestmark = pytest.mark.django_db


def found(query, limit=5):
    return [hit.guide_pk for hit in search.guides(query, limit)]


def test_it_puts_an_exact_title_first():
    nurses = make_guide(title="Registered Nurses")
    for word in ("Nursing Assistants", "Registered Nurse Practitioners"):
        make_guide(title=word)

    assert found("registered nurses")[0] == nurses.pk


def test_it_prefers_a_guides_own_title_to_another_name_for_the_same_words():
    other = make_guide(title="Something Else")
    make_job_title(other, "Bakers", source=JobTitle.Source.ONET)
    bakers = make_guide(title="Bakers")

    assert found("bakers") == [bakers.pk, other.pk]


def test_it_finds_a_guide_through_another_name_and_says_which():
    guide = make_guide(title="Radiologic and MRI Technologists")
    make_job_title(guide, "X-ray Technician")

    (hit,) = search.guides("x-ray tech", 5)

    assert hit.guide_pk == guide.pk
    assert hit.name == "X-ray Technician"


@pytest.mark.parametrize("typed", ["plumer", "plumebr", "pplumber", "plumbor"])
def test_it_forgives_a_typo(typed):
    guide = make_guide(title="Plumbers, Pipefitters, and Steamfitters")
    make_job_title(guide, "Plumber")
    make_guide(title="Lumber Graders")

    assert found(typed)[0] == guide.pk


def test_it_finds_an_unfinished_word():
    guide = make_guide(title="Astronomers")
    make_guide(title="Bakers")

    assert found("astro") == [guide.pk]


@pytest.mark.parametrize("typed", ["11-9111", "119111", "soc 11-9111"])
def test_it_finds_a_soc_code(typed):
    guide = make_guide()
    make_code(guide, "11-9111")

    assert found(typed)[0] == guide.pk


def test_it_finds_a_detailed_code_under_its_broad_one():
    guide = make_code(make_guide(title="Buyers"), soc="13-1020").guide
    assert found("13-1022.00") == [guide.pk]


def test_it_gives_the_nearest_codes_of_the_minor_group_for_one_that_no_guide_has():
    near = make_code(make_guide(title="Training Managers"), soc="11-3131").guide
    far = make_code(make_guide(title="Facilities Managers"), soc="11-3013").guide
    make_code(make_guide(title="Farmers"), soc="11-9013")

    answer = search.answer("11-3199")

    assert answer.outside
    assert [hit.guide_pk for hit in answer.found] == [near.pk, far.pk]
    assert search.answer("99-9999").found == []


def test_it_takes_x_ray_for_one_word():
    make_job_title(make_guide(title="Food Servers"), "Tray Technician")
    guide = make_job_title(make_guide(title="Imaging"), "X-Ray Technician").guide

    for typed in ("xray tech", "x ray tech", "X-ray tech"):
        answer = search.answer(typed)
        assert answer.found[0].guide_pk == guide.pk
        assert not answer.meant


def test_it_finds_words_of_the_plain_text_below_names():
    guide = make_guide(title="Wind Turbine Technicians")
    make_plain_version(guide, what="You climb tall towers to fix the gearbox.")

    assert found("gearbox towers") == [guide.pk]


def test_it_finds_the_guides_of_a_topic_most_jobs_first():
    topic = make_topic("nursing")
    few, many = make_guide(title="Few", topic=topic), make_guide(title="Many", topic=topic)
    make_figures(few, jobs=10)
    make_figures(many, jobs=1_000)
    named = make_guide(title="Nursing")

    assert found("nursing") == [named.pk, many.pk, few.pk]


def test_it_never_finds_a_retired_guide():
    retired = make_guide(title="Watch Repairers", retired_at="2026-01-01T00:00Z")
    make_job_title(retired, "Watchmaker")

    assert found("watchmaker") == []


@pytest.mark.parametrize(
    "typed", ["", "   ", "'", '"', "*", "(", "AND OR NOT", "a:b", "\\", "日本", "x" * 200, "?!;--"]
)
def test_it_survives_any_input(typed):
    make_guide(title="Bakers")

    assert found(typed) == []


def test_it_finds_nothing_in_an_empty_database():
    assert found("bakers") == []


def test_it_gives_at_most_so_many():
    for number in range(8):
        make_guide(title=f"Bakers of kind {number}")

    assert len(found("bakers", limit=3)) == 3


def test_it_asks_the_database_nothing_between_two_looks(django_assert_num_queries):
    make_guide(title="Bakers")
    found("bakers")

    with django_assert_num_queries(0):
        found("bakers")


@pytest.mark.django_db(transaction=True)
def test_it_finds_what_was_imported_within_two_seconds():
    make_guide(title="Bakers")
    assert found("florists") == []
    florists = make_guide(title="Florists")
    Version.objects.bump(Version.DATA)

    end = time.monotonic() + 10
    started = time.monotonic()
    while not found("florists") and time.monotonic() < end:
        time.sleep(0.05)

    assert found("florists") == [florists.pk]
    assert time.monotonic() - started < 2
    for thread in threading.enumerate():
        if thread.name == held.REBUILDER:
            thread.join()


@pytest.mark.parametrize("path", ["/search/", "/search.json", "/search/suggest.json"])
def test_it_lets_nobody_keep_what_the_old_index_found(client, monkeypatch, path):
    make_guide(title="Bakers")
    found("bakers")
    assert "X-Fresh-Seconds" not in client.get(path, {"q": "bakers"})
    monkeypatch.setattr(held._Held, "checked", time.monotonic() + 60)  # it does not look yet
    Version.objects.bump(Version.DATA)
    assert client.get(path, {"q": "bakers"})["X-Fresh-Seconds"] == "0.0"


def test_it_keeps_the_old_index_when_building_fails(monkeypatch, caplog):
    guide = make_guide(title="Bakers")
    found("bakers")
    monkeypatch.setattr(held.contents, "read", lambda: 1 / 0)

    held.rebuild_aside(7)

    assert found("bakers") == [guide.pk]
    assert "could not be rebuilt" in caplog.text


def test_it_answers_before_it_has_learned_and_lets_nobody_keep_that():
    bakers = make_guide(title="Bakers")

    held._build(Version.objects.number_of(Version.DATA))
    assert found("bakers") == [bakers.pk]
    assert not search.is_current()

    held._learn()
    assert search.is_current()


def test_it_keeps_what_was_learned_while_it_learns_anew():
    make_guide(title="Bakers")
    found("bakers")
    known = held._Held.index.learned

    held._build(Version.objects.number_of(Version.DATA))

    assert held._Held.index.learned is known


def test_it_does_not_put_an_older_index_over_a_newer(monkeypatch):
    make_guide(title="Bakers")
    held._build(1)
    older = held._Held.index
    newer = held.Index(held.contents.read())

    def taught_too_late():
        held._Held.index = newer
        return older

    monkeypatch.setattr(older, "taught", taught_too_late)
    held._learn()

    assert held._Held.index is newer


@pytest.mark.django_db(transaction=True)
def test_it_is_ready_before_the_first_question(django_assert_num_queries):
    bakers = make_guide(title="Bakers")

    search.warm_up()
    for thread in threading.enumerate():
        if thread.name == held.REBUILDER:
            thread.join()

    with django_assert_num_queries(0):
        assert found("bakers") == [bakers.pk]


def test_it_starts_even_when_the_index_cannot_be_built(monkeypatch, caplog):
    monkeypatch.setattr(held.contents, "read", lambda: 1 / 0)

    held._build_first()

    assert "could not be built" in caplog.text


# Beyond names -------------------------------------------------------------------------------


def test_it_says_what_was_probably_meant_and_finds_it():
    guide = make_guide(title="Plumbers")

    answer = search.answer("plumer")

    assert answer.meant == "plumber"
    assert answer.found[0].guide_pk == guide.pk


@pytest.mark.parametrize("typed", ["Plumbers", "plumber", "plum"])
def test_it_means_what_was_typed_when_a_name_has_it(typed):
    make_guide(title="Plumbers")

    answer = search.answer(typed)

    assert (answer.meant, answer.outside) == ("", False)


def test_it_shows_no_long_tail_beside_the_very_name():
    nurses = make_guide(title="Nurses")
    make_plain_version(make_guide(title="Interior Designers"), summary="They ask a nurse.")

    assert found("nurses") == [nurses.pk]
    assert len(found("nurse ask")) == 2


def test_it_says_when_no_guide_has_such_a_name_and_gives_the_nearest():
    pilots = make_guide(title="Airline Pilots")
    make_guide(title="Bakers")

    answer = search.answer("starship pilot")

    assert answer.outside
    assert answer.found[0].guide_pk == pilots.pk


def test_it_takes_a_code_and_a_topic_for_names():
    topic = make_topic("nursing")
    make_code(make_guide(topic=topic), "11-9111")
    make_figures(make_guide(title="Registered Nurses", topic=topic))

    assert not search.answer("11-9111").outside
    assert not search.answer("nursing").outside


def test_it_learns_from_all_names_of_a_guide_which_one_a_new_name_belongs_to():
    nurses, cooks = make_guide(title="Nurses"), make_guide(title="Cooks")
    for word in ("Camp", "School", "Ship"):
        make_job_title(nurses, f"{word} Nurse")
        make_job_title(cooks, f"{word} Cook")

    assert found("factory nurse")[0] == nurses.pk


def test_it_knows_nicknames_of_the_guides_that_are_there():
    accountants = make_guide("accountants-and-auditors", title="Accountants and Auditors")

    assert found("bean counter") == [accountants.pk]


def test_it_suggests_names_that_begin_so_and_fills_up_with_what_it_finds():
    dentists = make_guide(title="Dentists")
    hygienists = make_guide(title="Hygienists")
    make_job_title(hygienists, "Odental Aid", source=JobTitle.Source.ONET)
    make_job_title(dentists, "Dental Surgeon")

    suggested = search.suggestions("dental", 5)

    assert [one.guide_pk for one in suggested] == [dentists.pk, hygienists.pk]


@pytest.mark.parametrize("typed", ["", "?!", "日本", "q" * 300])
def test_it_suggests_nothing_for_what_nothing_begins_with(typed):
    make_guide(title="Bakers")

    assert search.suggestions(typed, 5) == []
