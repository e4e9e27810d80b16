"""Import prices, retention and earnings from the College Scorecard."""

from schoolfinder.importers.catalog import SCORECARD
from schoolfinder.importers.command import ImportCommand


class Command(ImportCommand):
    help = (
        "Import College Scorecard files, told apart by their names: Institution and"
        " Field-of-Study, one or several releases of each."
    )
    datasets = SCORECARD
