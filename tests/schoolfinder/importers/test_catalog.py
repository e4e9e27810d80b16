from collections.abc import Sequence
from pathlib import Path

import pytest

from careers.importers.files import BadFile
from careers.importers.progress import silent
from careers.importers.sync import Changes
from schoolfinder.importers.catalog import (
    CIP,
    GEO,
    IPEDS,
    SCORECARD,
    Dataset,
    import_files,
)
from schoolfinder.models import Program, School
from tests.schoolfinder.importers.samples import by_unitid, c_a, cip, hd

RN = "51.3801"


@pytest.mark.parametrize(
    ("datasets", "name", "positions"),
    [
        (IPEDS, "HD2024.zip", [0]),
        (IPEDS, "hd2024.csv.xz", [0]),
        (IPEDS, "C2024_A.zip", [1]),
        (IPEDS, "c2024_a_rv.csv", [1]),
        (IPEDS, "c2024_a_first_major.csv.xz", [1]),
        (IPEDS, "IC2024.csv", [2]),
        (IPEDS, "ADM2024.csv", [3]),
        (IPEDS, "IC2023_AY.csv", [4]),
        (IPEDS, "COST1_2024.csv", [4]),
        (IPEDS, "tuition_2023-24.csv.gz", [4]),
        (IPEDS, "DRVEF2023.csv", [5]),
        (IPEDS, "EFFY2024_DIST.csv", [6]),
        (IPEDS, "DRVGR2023.csv", [7]),
        (IPEDS, "enrollment_graduation_2023.csv.gz", [5, 7]),  # an extract of both
        (IPEDS, "sfa2324.csv", []),
        (SCORECARD, "Most-Recent-Cohorts-Institution_05192025.zip", [0]),
        (SCORECARD, "institution_2026-02.csv.xz", [0]),
        (SCORECARD, "Most-Recent-Cohorts-Field-of-Study_05192025.zip", [1]),
        (SCORECARD, "FieldOfStudyData1920_2021_PP.csv", [1]),
        (SCORECARD, "field_of_study_sample_26_fields_2026-03.csv.gz", [0, 1]),
        (CIP, "CIPCode2020.csv", [0]),
        (CIP, "CIP2020_SOC2018_Crosswalk.xlsx", [1]),
        (CIP, "cip2020_soc2018.csv.gz", [1]),
        (GEO, "zip_centroids.csv.gz", [0]),
        (GEO, "us_cities_geonames.csv.gz", [1]),
    ],
)
def test_it_tells_files_apart_by_name(
    datasets: Sequence[Dataset], name: str, positions: list[int]
) -> None:
    path = Path(name)
    assert [n for n, dataset in enumerate(datasets) if dataset.pick([path])] == positions


def test_it_imports_in_the_order_in_which_datasets_need_each_other(
    db: None, tmp_path: Path
) -> None:
    import_files(CIP, [cip(tmp_path)], silent)
    years = [c_a(tmp_path, year, (900001, RN, 5, 3)) for year in (2022, 2023, 2024)]
    rates = by_unitid(tmp_path / "drvgr2023.csv", "GRRTTOT", u900001=("29",))
    changes = import_files(IPEDS, [rates, *years, hd(tmp_path, {})], silent)
    assert changes == Changes(added=2, changed=1)
    assert School.objects.get().graduation_rate == 0.29


def test_it_imports_the_older_of_two_years_first(db: None, tmp_path: Path) -> None:
    new, old = hd(tmp_path, {"INSTNM": "New"}, year=2025), hd(tmp_path, {"INSTNM": "Old"})
    import_files(IPEDS, [new, old], silent)
    assert School.objects.get().name == "New"


def test_it_reads_all_files_before_it_writes_one(db: None, tmp_path: Path) -> None:
    """The directory is fine; what follows it is not."""
    bad = by_unitid(tmp_path / "drvgr2023.csv", "GRRTTOT", u900001=("290",))
    with pytest.raises(BadFile, match=r"drvgr2023\.csv, line 2: GRRTTOT is '290'"):
        import_files(IPEDS, [hd(tmp_path, {}), bad], silent)
    assert not School.objects.exists()


def test_it_refuses_a_file_that_it_does_not_know(db: None, tmp_path: Path) -> None:
    with pytest.raises(BadFile, match=r"sfa2324\.csv: is not among the files this imports"):
        import_files(IPEDS, [hd(tmp_path, {}), tmp_path / "sfa2324.csv"], silent)
    assert not School.objects.exists()


def test_it_limits_schools_and_programs_to_states(db: None, tmp_path: Path) -> None:
    import_files(CIP, [cip(tmp_path)], silent)
    awards = (900001, RN, 5, 3), (900002, RN, 5, 3)
    years = [c_a(tmp_path, year, *awards) for year in (2022, 2023, 2024)]
    paths = [hd(tmp_path, {"STABBR": "VT"}, {"STABBR": "ND"}), *years]
    import_files(IPEDS, paths, silent, ["VT"])
    assert [school.state for school in School.objects.all()] == ["VT"]
    assert Program.objects.count() == 1
