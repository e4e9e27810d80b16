from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Not a feature: it holds the commands that need all three apps."""

    name = "config"
