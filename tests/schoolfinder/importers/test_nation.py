"""The whole nation from the files in the repository, loaded once for all tests of this module."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.db.models import Count, Model, Sum

from careers.importers.progress import silent
from careers.importers.sync import Changes
from careers.models import ImportRecord, Version
from schoolfinder.importers import (
    admissions,
    completions,
    crosswalk,
    directory,
    enrollment,
    field_of_study,
    fields,
    graduation,
    offerings,
    places,
    scorecard,
    tuition,
    zips,
)
from schoolfinder.importers.catalog import SCORECARD
from schoolfinder.importers.edition import load
from schoolfinder.importers.figures import Figures, joined
from schoolfinder.importers.releases import release_in
from schoolfinder.models import (
    Field,
    FieldOccupation,
    Place,
    Program,
    ProgramEarnings,
    School,
    Zip,
)

FIXTURES = Path(settings.BASE_DIR) / "fixtures"
# The mark alone makes pytest-django set up a test database.
pytestmark = [pytest.mark.django_db, pytest.mark.whole_nation]


@pytest.fixture(scope="module")
def nation(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[Changes]:
    with django_db_blocker.unblock(), transaction.atomic():  # type: ignore[attr-defined]
        yield load(FIXTURES, silent)
        transaction.set_rollback(True)
    if connection.vendor == "postgresql":
        # Else later tests wade through a million dead rows, by plans made for a full table.
        with django_db_blocker.unblock(), connection.cursor() as cursor:  # type: ignore[attr-defined]
            cursor.execute("VACUUM (ANALYZE)")


@pytest.fixture(autouse=True)
def _undone(nation: Changes) -> Iterator[None]:
    """What a test writes is gone before the next one."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def test_it_has_all_schools_but_units_without_programs() -> None:
    """6,072 in HD less 71 administrative units and 25 child campuses: 5,924 open, 52 closed."""
    assert School.objects.count() == 5_976
    assert School.objects.open().count() == 5_924
    assert School.objects.filter(status="closing", retired_at=None).count() == 18
    assert School.objects.filter(status="closed").exclude(retired_at=None).count() == 52
    assert School.objects.filter(service_academy=True).count() == 7
    assert School.objects.filter(title_iv=False, retired_at=None).count() == 164


def test_it_has_all_programs_with_graduates_lately_or_newly_listed() -> None:
    assert Program.objects.offered().count() == 229_574
    assert Program.objects.filter(graduates_3y__gt=0).count() == 224_569
    assert Program.objects.filter(is_new=True).count() == 5_005
    assert Program.objects.filter(graduates_latest__gt=0).count() == 199_455
    assert Program.objects.values("school").distinct().count() == 5_854


def test_it_counts_no_graduate_twice() -> None:
    """The sum that NCES states for first majors: totals rows would double it."""
    assert Program.objects.aggregate(n=Sum("graduates_latest"))["n"] == 5_459_862


def test_it_knows_where_nurses_learn() -> None:
    nursing = Program.objects.filter(field="51.3801")
    awards = nursing.filter(award__in=[3, 5]).values_list("award").order_by("award")
    assert list(awards.annotate(Count("pk"), Sum("graduates_latest"))) == [
        (3, 1_098, 83_963),
        (5, 1_141, 147_345),
    ]


def test_it_has_five_years_of_every_program() -> None:
    assert all(
        len(graduates) == 5
        for graduates in Program.objects.values_list("graduates", flat=True)[:5000]
    )


@pytest.mark.parametrize(
    ("column", "schools"),
    [
        ("offers_online", 5_893),
        ("open_admission", 5_498),
        ("admission_rate", 1_931),
        ("tuition_in", 3_517),
        ("students", 5_895),
        ("online_share", 5_861),
        ("graduation_rate", 5_253),
        ("retention_rate", 1_863),
        ("net_price", 2_801),
        ("earnings_10y", 4_832),
    ],
)
def test_it_knows_of_how_many_schools_a_figure_is_published(column: str, schools: int) -> None:
    assert School.objects.exclude(**{column: None}).count() == schools


def test_it_has_program_earnings_of_schools_and_groups_that_are_there() -> None:
    assert ProgramEarnings.objects.count() == 24_614
    assert ProgramEarnings.objects.filter(is_shared=True).count() > 1_000
    groups = Field.objects.filter(level=4).values("cip")
    assert not ProgramEarnings.objects.exclude(cip4__in=groups).exists()


def test_it_has_fields_and_their_occupations() -> None:
    levels = Field.objects.values_list("level").order_by("level").annotate(Count("pk"))
    assert list(levels) == [(2, 48), (4, 457), (6, 2_143)]
    assert FieldOccupation.objects.count() == 5_723
    assert FieldOccupation.objects.filter(is_teaching=True).count() == 1_398
    assert not Field.objects.filter(title__endswith=".").exists()


def test_it_carries_no_prose_of_nces() -> None:
    assert not Field.objects.exclude(definition="", examples="").exists()


def test_it_carries_no_e_mail_address() -> None:
    assert not School.objects.filter(website__contains="@").exists()
    assert not School.objects.filter(aid_url__contains="@").exists()


def test_it_has_the_places_people_search_from() -> None:
    assert Zip.objects.count() == 41_637
    assert Zip.objects.filter(kind=Zip.Kind.MILITARY).count() == 509
    assert Place.objects.count() == 22_084
    assert Place.objects.filter(key="springfield").count() == 21


def test_it_changes_nothing_when_it_is_loaded_again() -> None:
    version = Version.objects.number_of(Version.DATA)
    assert not load(FIXTURES, silent).any
    assert Version.objects.number_of(Version.DATA) == version


def test_it_finds_no_difference_when_it_compares_again(nation: Changes) -> None:
    """Without its records every row is compared, and every one is as it was."""
    ImportRecord.objects.all().delete()
    again = load(FIXTURES, silent)
    assert not again.any
    assert again.same > nation.added


# Against the sources' own files, where they are at hand --------------------------------------

DATA = Path(settings.BASE_DIR).parent / "shared" / "data"
needs_sources = pytest.mark.skipif(not DATA.exists(), reason="the sources' own files are not here")


@needs_sources
def test_it_holds_the_graduates_of_the_official_files() -> None:
    years = range(2020, 2025)
    official = {year: DATA / "ipeds" / f"c{year}_a_first_major.csv.xz" for year in years}
    slices = {year: FIXTURES / "ipeds" / f"c{year}_a.csv.xz" for year in years}
    assert completions.read_graduates(slices) == completions.read_graduates(official)


@needs_sources
def test_it_holds_the_schools_of_the_official_file() -> None:
    official, ours = (
        {
            school.unitid: values(school)
            for school in directory.read_directory(folder / "hd2024.csv.xz")
        }
        for folder in (DATA / "ipeds", FIXTURES / "ipeds")
    )
    assert ours == official


@needs_sources
def test_it_holds_the_titles_and_links_of_the_official_files() -> None:
    for read, name in (
        (fields.read_fields, "CIPCode2020.csv.xz"),
        (crosswalk.read_crosswalk, "cip2020_soc2018.csv"),
    ):
        ours, official = (
            [without_prose(row) for row in read(next((folder / "cip").glob(f"{name}*")))]
            for folder in (FIXTURES, DATA)
        )
        assert ours == official


@needs_sources
@pytest.mark.parametrize(
    ("read", "ours", "official"),
    [
        (offerings.read_offerings, "ic2024.csv.xz", "ic2024.csv.xz"),
        (admissions.read_admissions, "adm2024.csv.xz", "adm2024.csv.xz"),
        (tuition.read_tuition, "ic2023_ay.csv.xz", "tuition_2023-24.csv.gz"),
        (enrollment.read_enrollment, "drvef2023.csv.xz", "enrollment_graduation_2023.csv.gz"),
        (enrollment.read_distance, "effy2024_dist.csv.xz", "distance_enrollment_2020-2024.csv.gz"),
        (graduation.read_graduation, "drvgr2023.csv.xz", "enrollment_graduation_2023.csv.gz"),
    ],
)
def test_it_holds_the_figures_of_the_official_files(
    read: Callable[[Path], Figures], ours: str, official: str
) -> None:
    theirs = read(DATA / "ipeds" / official)
    assert of_schools(read(FIXTURES / "ipeds" / ours)) == of_schools(theirs)


@needs_sources
def test_it_holds_the_figures_of_the_scorecard() -> None:
    """All releases together, for each school that has one."""
    ours, theirs = (
        joined(*map(scorecard.read_institutions, newest_first(SCORECARD[0].pick(files))))
        for files in ((FIXTURES / "scorecard").iterdir(), (DATA / "scorecard").iterdir())
    )
    assert of_schools(ours) == of_schools(theirs)


@needs_sources
def test_it_holds_the_program_earnings_of_the_scorecard() -> None:
    for ours, theirs in (
        ("field_of_study_1920_2021.csv.xz", "field_of_study_bachelors_1920_2021.csv.xz"),
        ("field_of_study_2026-03.csv.xz", "field_of_study_sample_26_fields_2026-03.csv.gz"),
    ):
        here = dict(field_of_study.read_earnings(FIXTURES / "scorecard" / ours))
        there = dict(field_of_study.read_earnings(DATA / "scorecard" / theirs))
        assert of_schools(here) == of_schools(there)


@needs_sources
def test_it_holds_the_places_of_the_sources() -> None:
    for read, ours, theirs in (
        (zips.read_zips, "zips.csv.xz", "zip_centroids.csv.gz"),
        (places.read_places, "places.csv.xz", "us_cities_geonames.csv.gz"),
    ):
        here = sorted(map(values, read(FIXTURES / "geo" / ours)), key=str)
        assert here == sorted(map(values, read(DATA / "geo" / theirs)), key=str)


def values(row: Model) -> dict[str, Any]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def without_prose(row: Any) -> dict[str, Any]:
    """Of a field, which comes with whether the file has prose, or of a link."""
    found = values(row[0] if isinstance(row, tuple) else row)
    return {name: value for name, value in found.items() if name not in ("definition", "examples")}


def of_schools(figures: dict[Any, Any]) -> dict[Any, Any]:
    """Without schools that are not ours, and without empty rows."""
    known = set(School.objects.values_list("unitid", flat=True))
    return {
        key: value
        for key, value in figures.items()
        if (key[0] if isinstance(key, tuple) else key) in known and value
    }


def newest_first(paths: list[Path]) -> list[Path]:
    return sorted(paths, key=release_in, reverse=True)
