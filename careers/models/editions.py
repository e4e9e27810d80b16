"""Releases of the handbook, what was imported from them, and the data version."""

from typing import Self

from django.db import models
from django.db.models import F, Q


class EditionQuerySet(models.QuerySet["Edition"]):
    def newest_first(self) -> Self:
        return self.order_by("-base_year", "-projection_year")

    def with_guides(self) -> Self:
        """Editions whose handbook was imported, not only its projections."""
        return self.filter(figures__isnull=False).distinct()

    def with_projections(self) -> Self:
        return self.filter(projections__isnull=False).distinct()


class Edition(models.Model):
    """A release of the handbook: 2024–34. Figures and official text belong to one."""

    base_year = models.PositiveSmallIntegerField()
    projection_year = models.PositiveSmallIntegerField()
    # "May 2024": the month of the wages, as the handbook words it; empty when not imported.
    reference_period = models.CharField(max_length=20, blank=True)
    last_updated = models.DateField(null=True, blank=True)
    # For all occupations together, as the edition gives them.
    growth_all = models.DecimalField(max_digits=5, decimal_places=1, null=True, blank=True)
    median_pay_all = models.PositiveIntegerField(null=True, blank=True)

    objects = EditionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["base_year", "projection_year"], name="edition_years_unique"
            ),
            models.CheckConstraint(
                condition=Q(projection_year__gt=F("base_year")), name="edition_looks_ahead"
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """2024–34, with an en dash, as the handbook writes it today."""
        return f"{self.base_year}–{self.projection_year % 100:02}"

    @property
    def slug(self) -> str:
        return f"{self.base_year}-{self.projection_year % 100:02}"

    @property
    def has_soc_2010(self) -> bool:
        """Editions before 2019–29 number occupations by SOC 2010, later ones by SOC 2018."""
        return self.base_year < 2019


class ImportRecord(models.Model):
    """What was imported last from one source: running the same file twice is free."""

    source = models.CharField(max_length=60)  # "ooh", "oews-state", "plain"
    label = models.CharField(max_length=60, blank=True)  # edition or release
    sha256 = models.CharField(max_length=64)
    rows = models.PositiveIntegerField()
    imported = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "label"], name="importrecord_source_unique")
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.label}".strip()


class VersionQuerySet(models.QuerySet["Version"]):
    def bump(self, name: str) -> None:
        """Say that something under this name has changed. Call inside the transaction."""
        if not self.filter(name=name).update(number=F("number") + 1):
            self.update_or_create(name=name, defaults={"number": 1})

    def number_of(self, name: str) -> int:
        return self.filter(name=name).values_list("number", flat=True).first() or 0


class Version(models.Model):
    """A counter that moves with content, so that caches and the index know when to look again."""

    DATA = "data"  # anything imported, or a plain version overridden

    name = models.CharField(max_length=60, primary_key=True)
    number = models.PositiveBigIntegerField(default=0)

    objects = VersionQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.name} {self.number}"
