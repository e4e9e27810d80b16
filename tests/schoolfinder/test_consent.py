import hashlib

from schoolfinder import consent


def test_it_names_the_school() -> None:
    assert "Prairie College" in consent.sentence("Prairie College")


def test_the_hash_is_of_the_sentence_as_shown() -> None:
    shown = consent.sentence("Prairie College")
    assert consent.wording_hash("Prairie College") == hashlib.sha256(shown.encode()).hexdigest()
    assert consent.wording_hash("Prairie College") != consent.wording_hash("Coast College")


def test_a_wording_that_people_agreed_to_never_changes() -> None:
    """A new sentence is a new version: stored consents name the old one."""
    said = hashlib.sha256(consent.WORDINGS[1].encode()).hexdigest()
    assert said == "4dfb29fe12d3bc88793696c9e4f214bf9f753ab0c143fc87a40b5f6f3a2808c6"
    assert max(consent.WORDINGS) == consent.CURRENT
