from django.apps import AppConfig


class SchoolfinderConfig(AppConfig):
    name = "schoolfinder"
    verbose_name = "School finder"
