from django.db import models


class Sort(models.TextChoices):
    """Orders inside a match band. Price of a place is none of them, and never will be."""

    FIT = "fit", "Best fit first"
    NEAREST = "nearest", "Nearest first"
    GRADUATES = "graduates", "Most graduates first"
    PRICE = "price", "Lowest net price first"
    TUITION = "tuition", "Lowest tuition first"
    GRADUATION = "graduation", "Highest graduation rate first"
    EARNINGS = "earnings", "Highest earnings first"
    NAME = "name", "Name, A to Z"
