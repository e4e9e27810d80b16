"""Import schools, programs and their figures from NCES' IPEDS files."""

from schoolfinder.importers.catalog import IPEDS
from schoolfinder.importers.command import ImportCommand


class Command(ImportCommand):
    help = (
        "Import IPEDS files, plain or packed, told apart by their names: HD, C_A (three to five"
        " years), IC, ADM, IC_AY or COST1, DRVEF, EFFY_DIST, DRVGR."
    )
    datasets = IPEDS
    knows_states = True
