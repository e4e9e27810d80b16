"""The hand-made files of matching hold what they promise, whatever is loaded."""

import csv
import re

from schoolfinder import reviewed
from schoolfinder.bands import Band

CIP = re.compile(r"\d\d\.\d{4}")


def rows(name: str) -> list[dict[str, str]]:
    with (reviewed.FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def guides() -> set[str]:
    with (reviewed.FOLDER.parent / "guide_topics.csv").open(encoding="utf-8", newline="") as file:
        return {row["guide"] for row in csv.DictReader(file)}


def test_it_reviews_only_guides_that_exist() -> None:
    assert set(reviewed.core()) <= guides()
    assert set(reviewed.notes()) <= guides()


def test_it_has_an_exact_field_or_an_honest_note_for_every_guide() -> None:
    exact = {slug for slug, bands in reviewed.core().items() if Band.EXACT in bands.values()}
    assert guides() == exact | set(reviewed.notes())


def test_it_leads_nowhere_from_military_careers() -> None:
    assert "military-careers" not in reviewed.core()


def test_it_names_six_digit_fields_and_each_once_a_guide() -> None:
    found = [(row["guide_slug"], row["cip"]) for row in rows("core.csv")]
    assert len(found) == len(set(found))
    assert all(CIP.fullmatch(cip) for _, cip in found)


def test_it_knows_the_fields_of_health_services_managers() -> None:
    core = reviewed.core()["medical-and-health-services-managers"]
    assert core["51.0701"] == Band.EXACT
    assert core["51.2001"] == Band.OTHER  # pharmacy hangs on the same code of occupation


def test_its_familiar_words_are_written_as_they_are_looked_up() -> None:
    from schoolfinder.interests import plain_words

    assert all(words == plain_words(words) for words in reviewed.familiar_words())


def test_its_familiar_words_lead_to_guides_and_fields() -> None:
    known = guides()
    for keys in reviewed.familiar_words().values():
        for key in keys:
            kind, _, value = key.partition(":")
            assert kind in {"guide", "cip"}
            assert kind == "cip" or value in known


def test_its_weights_add_up_to_one() -> None:
    weights = reviewed.weights()
    names = ("distance", "award", "cost", "size", "outcomes")
    assert round(sum(weights[name] for name in names), 6) == 1
