"""Import the ZIP codes and cities that people search from."""

from schoolfinder.importers.catalog import GEO
from schoolfinder.importers.command import ImportCommand


class Command(ImportCommand):
    help = "Import ZIP codes (zip_centroids.csv) and cities (us_cities_geonames.csv)."
    datasets = GEO
