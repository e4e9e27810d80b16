"""Which file is which: the datasets of each command, told apart by the names of their files."""

import re
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connection

from careers.importers.files import BadFile
from careers.importers.progress import Report
from careers.importers.sync import Changes
from schoolfinder.importers.admissions import import_admissions, read_admissions
from schoolfinder.importers.completions import import_completions, read_awards
from schoolfinder.importers.crosswalk import import_crosswalk, read_crosswalk
from schoolfinder.importers.directory import import_directory, read_directory
from schoolfinder.importers.enrollment import (
    import_distance,
    import_enrollment,
    read_distance,
    read_enrollment,
)
from schoolfinder.importers.field_of_study import import_field_of_study, read_earnings
from schoolfinder.importers.fields import import_fields, read_fields
from schoolfinder.importers.graduation import import_graduation, read_graduation
from schoolfinder.importers.offerings import import_offerings, read_offerings
from schoolfinder.importers.places import import_places, read_places
from schoolfinder.importers.scorecard import import_scorecard, read_institutions
from schoolfinder.importers.tuition import import_tuition, read_tuition
from schoolfinder.importers.zips import import_zips, read_zips

States = Sequence[str]


@dataclass(frozen=True)
class Dataset:
    names: str  # pattern of its files' names, in small letters
    read: Callable[[Path], Iterable[Any]]
    write: Callable[[Sequence[Path], Report, States], Changes]

    def pick(self, paths: Iterable[Path]) -> list[Path]:
        return sorted(path for path in paths if re.match(self.names, path.name.lower()))


def _each(write: Callable[[Path, Report], Changes]) -> Callable[..., Changes]:
    """A dataset of one file; of several years the older goes first."""

    def write_each(paths: Sequence[Path], report: Report, states: States) -> Changes:
        return sum((write(path, report) for path in paths), Changes())

    return write_each


def _directory(paths: Sequence[Path], report: Report, states: States) -> Changes:
    return sum((import_directory(path, report, states) for path in paths), Changes())


def _together(write: Callable[[Sequence[Path], Report], Changes]) -> Callable[..., Changes]:
    return lambda paths, report, states: write(paths, report)


# In the order in which they need each other: programs need schools and fields.
CIP = (
    Dataset(r"cipcode", read_fields, _each(import_fields)),
    Dataset(r"cip.*soc", read_crosswalk, _each(import_crosswalk)),
)
IPEDS = (
    Dataset(r"hd20", read_directory, _directory),
    Dataset(r"c20.._a", read_awards, import_completions),
    Dataset(r"ic20..(?!_)", read_offerings, _each(import_offerings)),
    Dataset(r"adm20", read_admissions, _each(import_admissions)),
    Dataset(r"ic20.._ay|cost1_|tuition_", read_tuition, _each(import_tuition)),
    Dataset(r"drvef|enrollment_graduation_", read_enrollment, _each(import_enrollment)),
    Dataset(r"effy|distance_enrollment_", read_distance, _each(import_distance)),
    Dataset(r"drvgr|enrollment_graduation_", read_graduation, _each(import_graduation)),
)
SCORECARD = (
    Dataset(
        r"(most-recent-cohorts-)?institution|field_of_study_sample",
        read_institutions,
        _together(import_scorecard),
    ),
    Dataset(
        r"(most-recent-cohorts-)?field[-_]?of[-_]?study",
        read_earnings,
        _together(import_field_of_study),
    ),
)
GEO = (
    Dataset(r"zip", read_zips, _each(import_zips)),
    Dataset(r"places|us_cities", read_places, _each(import_places)),
)


def import_files(
    datasets: Sequence[Dataset], paths: Sequence[Path], report: Report, states: States = ()
) -> Changes:
    """All files are read through before the first is written: a bad one changes nothing."""
    for path in paths:
        readers = [dataset.read for dataset in datasets if dataset.pick([path])]
        if not readers:
            raise BadFile(path, None, "is not among the files this imports, by its name")
        for read in readers:
            deque(read(path), maxlen=0)
    return write_files(datasets, paths, report, states)


def write_files(
    datasets: Sequence[Dataset], paths: Sequence[Path], report: Report, states: States = ()
) -> Changes:
    """Each dataset in a transaction of its own, so that no lock is long."""
    changes = Changes()
    for dataset in datasets:
        if files := dataset.pick(paths):
            changes += dataset.write(files, report, states)
    return changes


def measure_tables() -> None:
    """So that the finder's queries are planned from what the tables hold now, not when empty."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
