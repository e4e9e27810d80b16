"""Fields of study (CIP 2020) and the occupations that NCES and BLS link them to."""

from typing import Self

from django.db import models
from django.db.models import Q


class FieldQuerySet(models.QuerySet["Field"]):
    def programs(self) -> Self:
        return self.filter(level=6)

    def under(self, prefix: str) -> Self:
        """All fields in a family ("51") or group ("51.38"), itself included."""
        return self.filter(cip__startswith=prefix)


class Field(models.Model):
    """A CIP 2020 code: family `51`, group `51.38`, program `51.3801`. Text, never a number."""

    cip = models.CharField(max_length=7, primary_key=True)
    level = models.PositiveSmallIntegerField()  # 2, 4 or 6 digits
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="children")
    title = models.CharField(max_length=200)  # cleaned: no final stop, families not in capitals
    # NCES's prose is imported from its own file only; the embedded edition leaves both empty.
    definition = models.TextField(blank=True)
    examples = models.TextField(blank=True)

    objects = FieldQuerySet.as_manager()

    class Meta:
        ordering = ["cip"]
        constraints = [
            models.CheckConstraint(
                condition=Q(cip__regex=r"^[0-9]{2}(\.[0-9]{2}([0-9]{2})?)?$"), name="field_cip_form"
            ),
            models.CheckConstraint(condition=Q(level__in=[2, 4, 6]), name="field_level"),
        ]

    def __str__(self) -> str:
        return f"{self.cip} {self.title}"


class FieldOccupationQuerySet(models.QuerySet["FieldOccupation"]):
    def leading_to(self, codes: list[str]) -> Self:
        """Links to any of the codes, without the postsecondary-teacher links every field has."""
        return self.filter(soc__in=codes, is_teaching=False)


class FieldOccupation(models.Model):
    """The CIP 2020–SOC 2018 crosswalk: this program prepares directly for that occupation."""

    field = models.ForeignKey(Field, on_delete=models.CASCADE, related_name="occupations")
    soc = models.CharField(max_length=7)
    is_teaching = models.BooleanField()  # 25-1xxx: nearly every field has one

    objects = FieldOccupationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["field", "soc"], name="fieldoccupation_once")
        ]
        indexes = [models.Index(fields=["soc"], name="fieldoccupation_soc")]

    def __str__(self) -> str:
        return f"{self.field_id} → {self.soc}"
