"""The schools part of the embedded edition: `fixtures/{cip,ipeds,scorecard,geo}`."""

from pathlib import Path

from careers.importers.files import BadFile
from careers.importers.progress import Report
from careers.importers.sync import Changes
from schoolfinder.importers.catalog import (
    CIP,
    GEO,
    IPEDS,
    SCORECARD,
    Dataset,
    measure_tables,
    write_files,
)
from schoolfinder.importers.releases import Outdated

PARTS = {"cip": CIP, "ipeds": IPEDS, "scorecard": SCORECARD, "geo": GEO}


def load(folder: Path, report: Report) -> Changes:
    """What was imported from later files than these is kept. Raises BadFile."""
    changes = Changes()
    for name, datasets in PARTS.items():
        paths = sorted((folder / name).glob("*.csv*"))
        if not paths:
            raise BadFile(folder / name, None, "has no files")
        for dataset in datasets:
            changes += _load(dataset, paths, report)
    if changes.any:
        measure_tables()
    return changes


def _load(dataset: Dataset, paths: list[Path], report: Report) -> Changes:
    try:
        return write_files([dataset], paths, report)
    except Outdated as outdated:
        report(f"{outdated}: kept")
        return Changes()
