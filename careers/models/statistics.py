"""Figures by SOC code from BLS's other programs: projections, attainment, wages by area."""

from typing import Self

from django.db import models
from django.db.models import Q

from careers.models.editions import Edition


class ProjectionQuerySet(models.QuerySet["Projection"]):
    def for_codes(self, codes: list[str]) -> Self:
        return self.filter(soc__in=codes).select_related("edition")


class Projection(models.Model):
    """Employment Projections, one line a code and edition. Employment in jobs, not thousands."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="projections")
    soc = models.CharField(max_length=7)  # of the SOC version that the edition used
    title = models.CharField(max_length=200)
    jobs = models.PositiveIntegerField(null=True, blank=True)  # in the base year
    jobs_projected = models.PositiveIntegerField(null=True, blank=True)
    growth = models.DecimalField(max_digits=6, decimal_places=1, null=True, blank=True)  # percent
    openings = models.PositiveIntegerField(null=True, blank=True)  # a year; = the next three
    exits = models.PositiveIntegerField(null=True, blank=True)  # leave the labor force, a year
    transfers = models.PositiveIntegerField(null=True, blank=True)  # change occupation, a year
    change_yearly = models.IntegerField(null=True, blank=True)  # new jobs a year, can be negative
    median_pay = models.PositiveIntegerField(null=True, blank=True)
    median_top_coded = models.BooleanField(default=False)
    # The May of the median: one edition (2016–26) gives that of the year after its base year.
    wage_year = models.PositiveSmallIntegerField(null=True, blank=True)

    objects = ProjectionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "soc"], name="projection_once_an_edition")
        ]
        indexes = [models.Index(fields=["soc"], name="projection_soc")]

    def __str__(self) -> str:
        return f"{self.soc} {self.edition_id}"


class Attainment(models.Model):
    """Education that workers aged 25 and over have, in percent (projections table 5.3)."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="attainment")
    soc = models.CharField(max_length=7)
    less_than_high_school = models.DecimalField(max_digits=4, decimal_places=1)
    high_school = models.DecimalField(max_digits=4, decimal_places=1)
    some_college = models.DecimalField(max_digits=4, decimal_places=1)
    associate = models.DecimalField(max_digits=4, decimal_places=1)
    bachelor = models.DecimalField(max_digits=4, decimal_places=1)
    master = models.DecimalField(max_digits=4, decimal_places=1)
    doctoral = models.DecimalField(max_digits=4, decimal_places=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "soc"], name="attainment_once_an_edition")
        ]

    def __str__(self) -> str:
        return self.soc


class SocSuccession(models.Model):
    """SOC 2010 code to SOC 2018 code: splits and merges give several rows."""

    soc_2010 = models.CharField(max_length=7)
    soc_2018 = models.CharField(max_length=7)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["soc_2010", "soc_2018"], name="socsuccession_once")
        ]

    def __str__(self) -> str:
        return f"{self.soc_2010} → {self.soc_2018}"


NATION = "99"  # where states have their two-digit FIPS code


class WageEstimateQuerySet(models.QuerySet["WageEstimate"]):
    def national(self) -> Self:
        return self.filter(area=NATION)

    def by_state(self) -> Self:
        return self.exclude(area=NATION).order_by("area_title")


class WageEstimate(models.Model):
    """Occupational Employment and Wage Statistics: one code in one area in one release.

    NULL is "not released"; a top-coded median stands as the top code with `top_coded` set.
    """

    release = models.CharField(max_length=7)  # "2025-05"
    area = models.CharField(max_length=7)  # two-digit FIPS; "99" is the nation
    area_title = models.CharField(max_length=60)
    state = models.CharField(max_length=2, blank=True)  # "NY"
    soc = models.CharField(max_length=7)
    jobs = models.PositiveIntegerField(null=True, blank=True)
    p10 = models.PositiveIntegerField(null=True, blank=True)  # dollars a year
    p25 = models.PositiveIntegerField(null=True, blank=True)
    median = models.PositiveIntegerField(null=True, blank=True)
    p75 = models.PositiveIntegerField(null=True, blank=True)
    p90 = models.PositiveIntegerField(null=True, blank=True)
    median_hourly = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True)
    top_coded = models.JSONField(default=list, blank=True)  # names of the columns at the top code

    objects = WageEstimateQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["release", "area", "soc"], name="wageestimate_once"),
            models.CheckConstraint(
                condition=Q(soc__regex=r"^[0-9]{2}-[0-9]{4}$"), name="wageestimate_soc_form"
            ),
        ]
        indexes = [models.Index(fields=["soc", "release"], name="wageestimate_soc")]

    def __str__(self) -> str:
        return f"{self.soc} in {self.area_title}"

    @property
    def is_national(self) -> bool:
        return self.area == NATION
