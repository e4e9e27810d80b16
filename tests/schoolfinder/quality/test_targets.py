"""Matching reaches what it promises, on the embedded edition and on what was graded by hand."""

import csv
import json
import lzma
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from careers.importers import job_titles, ooh_csv
from careers.importers.handbook_writer import write_handbook
from careers.importers.plain import import_plain
from careers.importers.records import Origin
from careers.importers.taxonomy import import_taxonomy
from careers.models import JobTitle
from schoolfinder import reviewed
from schoolfinder.importers.catalog import CIP, write_files
from schoolfinder.models import Program, School, Zip
from schoolfinder.quality import pairs, scenarios, words

pytestmark = pytest.mark.django_db

FIXTURES = settings.BASE_DIR / "fixtures"
GRADED = Path(__file__).resolve().parents[1] / "graded"
OTHER_ORDERS = ("by_name", "by_distance", "by_earnings", "by_text")


@pytest.fixture(autouse=True)
def _guides_and_fields(db: None) -> None:
    handbook = ooh_csv.read_slices(FIXTURES / "ooh")
    write_handbook(handbook, Origin(FIXTURES / "ooh", embedded=True), report=lambda line: None)
    import_taxonomy(FIXTURES, lambda line: None)
    write_files(list(CIP), sorted((FIXTURES / "cip").glob("*.csv*")), lambda line: None)


def load_zips(codes: set[str]) -> None:
    found = (row for row in rows(FIXTURES / "geo" / "zips.csv.xz") if row["zip"] in codes)
    Zip.objects.bulk_create(Zip(**row) for row in found)


def rows(path: Path) -> list[dict[str, str]]:
    content = path.read_bytes()
    text = lzma.decompress(content) if path.suffix == ".xz" else content
    return list(csv.DictReader(text.decode().splitlines()))


def values(row: dict[str, str]) -> dict[str, Any]:
    """Cells as what they are: nothing, yes or no, a number, or words."""
    known = {"": None, "True": True, "False": False}
    return {
        name: known[cell] if cell in known else _number(name, cell) for name, cell in row.items()
    }


def _number(name: str, cell: str) -> Any:
    if name in {"name", "city", "state", "zip", "field_id"}:
        return cell
    return float(cell) if "." in cell else int(cell)


def noted() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((FIXTURES / "quality.json").read_text())["match"]
    return found


def test_it_reaches_the_targets_of_graded_pairs() -> None:
    for half in ("pairs.csv", "held_out.csv"):
        graded = pairs.read_pairs(GRADED / half)
        found = pairs.measure(graded, pairs.bands_of(graded))
        raw = pairs.measure(graded, pairs.raw_bands_of(graded))
        assert found["exact_precision"] >= 0.95
        assert found["exact_related_precision"] >= 0.80
        assert found["exact_recall"] >= 0.85
        assert all(found[name] > raw[name] for name in found)


def test_it_understands_familiar_words() -> None:
    phrases = words.read_phrases(GRADED / "words.csv")
    import_plain(FIXTURES)  # brings our own names of the work
    load_job_titles({part for one in phrases for part in (one.text, *one.text.split())})
    ours = JobTitle.objects.filter(source=JobTitle.Source.FAMILIAR).values_list("title", flat=True)
    known = {title.lower() for title in ours} | set(reviewed.familiar_words())
    unseen = [one for one in phrases if one.text not in known]
    assert len(unseen) >= 120
    missed = [one.text for one in phrases if not words.is_found(one)]
    assert words.measure(phrases)["words_top3"] >= 0.95, missed
    assert words.measure(unseen)["words_top3"] >= 0.95


def load_job_titles(asked: set[str]) -> None:
    """Of tens of thousands those that are one of the words asked for, give or take an s."""
    bare = {words.removesuffix("s") for words in asked}

    def is_asked(title: str) -> bool:
        return title.lower().removesuffix("s") in bare

    index, onet = FIXTURES / "ooh" / "job_titles.csv.xz", next((FIXTURES / "onet").glob("onet-*"))
    job_titles.write_index(
        [row for row in job_titles.read_index(index) if is_asked(row[1])],
        Origin(index, embedded=True),
    )
    job_titles.write_onet_titles(
        [row for row in job_titles.read_onet_titles(onet) if is_asked(row.title)],
        Origin(onet, embedded=True),
    )


def test_its_order_beats_four_others() -> None:
    load_zips({row["near"] for row in rows(GRADED / "scenarios.csv")})
    School.objects.bulk_create(School(**values(row)) for row in rows(GRADED / "schools.csv.xz"))
    Program.objects.bulk_create(
        Program(latest_year=2024, **values(row)) for row in rows(GRADED / "programs.csv.xz")
    )
    grades = scenarios.read_grades(GRADED / "scenario_fields.csv")
    asked = scenarios.read_scenarios(GRADED / "scenarios.csv", grades)
    found = scenarios.measure([one for one in asked if one.near][::6], grades)
    for measure in ("ndcg_at_10", "precision_at_5"):
        assert found[measure] >= 0.9
        assert all(found[measure] > found[f"{order}_{measure}"] for order in OTHER_ORDERS)


def test_what_was_noted_of_the_whole_nation_reaches_the_targets() -> None:
    found = noted()
    assert found["pairs"] >= 300
    assert found["scenarios"] >= 60
    assert found["words"] >= 120
    assert found["words_top3"] >= 0.95
    for measure in ("ndcg_at_10", "precision_at_5"):
        assert all(found[measure] > found[f"{order}_{measure}"] for order in OTHER_ORDERS)
