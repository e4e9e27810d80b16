"""The careers part of the embedded edition: what `fixtures/` holds, through the same writers.

What was imported from an official file of the same edition or release is newer or fuller than a
slice of it, and is kept.
"""

import hashlib
from collections.abc import Callable
from pathlib import Path

from careers.importers import job_titles, oews, ooh_csv, projections
from careers.importers.files import BadFile
from careers.importers.handbook_writer import SOURCE as HANDBOOK
from careers.importers.handbook_writer import write_handbook
from careers.importers.plain import import_plain
from careers.importers.progress import Report
from careers.importers.records import Origin
from careers.importers.sync import Changes
from careers.importers.taxonomy import import_taxonomy
from careers.models import Guide


def load(folder: Path, report: Report) -> Changes:
    """Guides first: the rest belongs to them. Raises BadFile; each part is all or nothing."""
    changes = _handbook(folder / "ooh", report)
    changes += import_taxonomy(folder, report)
    changes += _projections(folder / "projections", report)
    changes += _wages(folder / "oews", report)
    changes += _job_titles(folder, report)
    return changes + import_plain(folder, report)


def _handbook(folder: Path, report: Report) -> Changes:
    handbook = ooh_csv.read_slices(folder)
    origin = Origin(folder, embedded=True)
    if origin.gives_way(HANDBOOK, handbook.label):
        return _kept(f"The handbook of {handbook.label}", report)
    return write_handbook(handbook, origin, report=report)


def _projections(folder: Path, report: Report) -> Changes:
    origin = Origin(folder, embedded=True)
    changes = Changes()
    for one in projections.read_slices(folder):
        if origin.gives_way(projections.SOURCE, one.label):
            changes += _kept(f"The projections of {one.label}", report)
        else:
            changes += projections.write_projections(one, origin, report)
    if origin.gives_way(projections.SUCCESSION):
        return changes + _kept("The crosswalk of codes", report)
    pairs = projections.read_succession(folder / projections.SUCCESSION_FILE)
    return changes + projections.write_succession(pairs, origin, report)


def _wages(folder: Path, report: Report) -> Changes:
    changes = Changes()
    for path in _paths(folder, "oews-*"):
        release = oews.release_in(path.name)
        if release is None:
            raise BadFile(path, None, "does not say its release")
        source = "oews-state" if "state" in path.name else "oews-national"
        changes += _unless_recorded(path, source, release, report, _write_wages)
    return changes


def _write_wages(path: Path, origin: Origin, release: str, report: Report) -> Changes:
    wages = oews.read_wages(path, release)
    return oews.write_wages(wages, origin, release, oews.codes_in_use(), report)


def _job_titles(folder: Path, report: Report) -> Changes:
    index = folder / "ooh" / "job_titles.csv.xz"
    changes = _unless_recorded(index, job_titles.HANDBOOK, "", report, _write_index)
    for path in _paths(folder / "onet", "onet-*-alternate-titles*"):
        release = path.name.split("-")[1]
        changes += _unless_recorded(path, job_titles.ONET, release, report, _write_onet)
    return changes


def _write_index(path: Path, origin: Origin, release: str, report: Report) -> Changes:
    return job_titles.write_index(job_titles.read_index(path), origin, report)


def _write_onet(path: Path, origin: Origin, release: str, report: Report) -> Changes:
    titles = job_titles.read_onet_titles(path)
    return job_titles.write_onet_titles(titles, origin, release, report)


def _unless_recorded(
    path: Path,
    source: str,
    release: str,
    report: Report,
    write: Callable[[Path, Origin, str, Report], Changes],
) -> Changes:
    """The large files are not even read when neither they nor the guides' codes have changed."""
    origin = Origin(path, embedded=True, state=_state_of_guides())
    if origin.gives_way(source, "" if source == job_titles.ONET else release):
        return _kept(f"{source} {release}".strip(), report)
    if origin.is_recorded(source, release):
        report(f"{path.name}: as loaded before")
        return Changes()
    return write(path, origin, release, report)


def _state_of_guides() -> str:
    """Changes when rows by code or profile number may belong to other guides than before."""
    guides = sorted(Guide.objects.values_list("profile", "pk"))
    codes = sorted(job_titles.guides_by_code().items())
    return hashlib.sha256(f"{guides}{codes}".encode()).hexdigest()


def _paths(folder: Path, pattern: str) -> list[Path]:
    if paths := sorted(folder.glob(pattern)):
        return paths
    raise BadFile(folder, None, f"holds no {pattern}")


def _kept(what: str, report: Report) -> Changes:
    report(f"{what}: kept as imported from the official file")
    return Changes()
