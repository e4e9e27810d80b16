"""ZIP codes and cities with a point: no geo service is asked at run time."""

from django.db import models
from django.db.models import Q


class Zip(models.Model):
    class Kind(models.TextChoices):
        ZCTA = "zcta", "Area"
        PO_BOX = "po_box_or_unique", "Post office box or single addressee"
        MILITARY = "military", "Military"  # its point lies abroad: no nearby school

    zip = models.CharField(max_length=5, primary_key=True)
    lat = models.FloatField()
    lon = models.FloatField()
    city = models.CharField(max_length=60, blank=True)  # empty for 149, nearly all in PR
    state = models.CharField(max_length=2)
    kind = models.CharField(max_length=16, choices=Kind)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(zip__regex=r"^[0-9]{5}$"), name="zip_form")
        ]

    def __str__(self) -> str:
        return self.zip


class Place(models.Model):
    """A city or town. Population orders the suggestions: 21 places are named Springfield."""

    geonameid = models.PositiveIntegerField(primary_key=True)
    name = models.CharField(max_length=80)
    # Lower case, no accents, "saint" for "st.": what a typed name is compared with.
    key = models.CharField(max_length=80)
    state = models.CharField(max_length=2)
    lat = models.FloatField()
    lon = models.FloatField()
    population = models.PositiveIntegerField()

    class Meta:
        indexes = [models.Index(fields=["key", "state"], name="place_key")]

    def __str__(self) -> str:
        return f"{self.name}, {self.state}"
