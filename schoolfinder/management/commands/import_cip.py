"""Import the fields of study and the occupations they prepare for."""

from schoolfinder.importers.catalog import CIP
from schoolfinder.importers.command import ImportCommand


class Command(ImportCommand):
    help = "Import CIPCode2020.csv and the CIP–SOC crosswalk (workbook or table)."
    datasets = CIP
