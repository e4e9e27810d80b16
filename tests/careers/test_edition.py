"""The embedded edition itself: our own words must be as good as we say they are."""

from pathlib import Path

import pytest
from django.conf import settings

from careers.edition_check import Report, check
from careers.edition_check.reading_grade import grade
from careers.importers.ooh_csv import read_slices
from careers.importers.taxonomy import read_taxonomy
from careers.plain_text import plain_paths, read_glossary, read_plain

FIXTURES = Path(settings.BASE_DIR) / "fixtures"
# The sources' own files are not in the repository; where they lie beside it, overlap is checked.
DATA = Path(settings.BASE_DIR).parent / "shared" / "data"


@pytest.fixture(scope="module")
def report() -> Report:
    return check(FIXTURES, DATA)


def test_it_has_a_sound_plain_version_of_every_guide(report: Report):
    assert [str(defect) for defect in report.defects] == []
    assert len(report.grades) == 342


def test_it_reads_at_grade_8_or_below(report: Report):
    assert max(report.grades) <= 8
    assert report.median_grade <= 7


def test_it_shares_no_run_of_words_with_its_sources(report: Report):
    if not (DATA / "ooh").exists():
        pytest.skip("the handbook's own file is not here")
    assert report.handbook == "2024-34"
    assert report.runs_compared > 500_000


def test_it_agrees_with_the_embedded_figures(tmp_path: Path):
    """Without the handbook's own file the facts are checked against the slices."""
    report = check(FIXTURES, tmp_path)
    assert (report.facts, report.handbook) == ("2024-34", "")
    assert [str(defect) for defect in report.defects if defect.rule == "facts"] == []


def test_it_sorts_and_tells_of_the_same_guides():
    listed = {(place.guide, number) for number, place in read_taxonomy(FIXTURES).guides.items()}
    handbook = read_slices(FIXTURES / "ooh")
    assert listed == {(profile.slug, profile.number) for profile in handbook.profiles}
    groups = {profile.group for profile in handbook.profiles}
    assert groups == read_taxonomy(FIXTURES).groups.keys()


def test_it_explains_its_words_plainly():
    glossary = read_glossary(FIXTURES / "glossary.csv")
    assert len(glossary) >= 70
    assert list(glossary) == sorted(glossary)
    hard = {slug: grade([text]) for slug, (_, text) in glossary.items() if grade([text]) > 9}
    assert hard == {}


def test_it_fits_the_database():
    for path in plain_paths(FIXTURES / "plain"):
        text = read_plain(path)
        assert len(text.summary) <= 250
        assert max(map(len, text.words)) <= 200
    for term, definition in read_glossary(FIXTURES / "glossary.csv").values():
        assert len(term) <= 80
        assert len(definition) <= 400


def test_it_gives_no_familiar_word_that_is_only_the_guides_own_title():
    taxonomy = read_taxonomy(FIXTURES)
    titles = {place.guide.replace("-", " ") for place in taxonomy.guides.values()}
    for path in plain_paths(FIXTURES / "plain"):
        assert titles.isdisjoint(read_plain(path).words), path.stem
