"""Our own short version of each guide, and the words it explains."""

from django.db import models
from django.db.models import Q

from careers.models.editions import Edition
from careers.models.guides import Guide


class PlainVersion(models.Model):
    """Written by us, at reading grade 8 or below, without figures, from one edition's facts.

    Texts are paragraphs separated by an empty line; the list fields hold lines as they stand.
    """

    guide = models.OneToOneField(Guide, on_delete=models.CASCADE, related_name="plain")
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    grade = models.DecimalField(max_digits=3, decimal_places=1)  # Flesch–Kincaid, from the file
    summary = models.CharField(max_length=250)  # one line, at most 25 words
    what = models.TextField()  # what the work is
    tasks = models.JSONField(default=list)  # 4 to 6 lines
    where = models.TextField()  # where and when
    start = models.JSONField(default=list)  # [["Now", "…"], ["Next", "…"], ["Later", "…"]]
    pay = models.TextField()  # what pay depends on
    outlook = models.TextField()  # where it is heading, and why
    like = models.JSONField(default=list)  # you may like it if
    twice = models.JSONField(default=list)  # think twice if
    terms = models.JSONField(default=list)  # slugs of the glossary terms it uses

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(grade__gte=0) & Q(grade__lte=8), name="plainversion_grade_8_or_below"
            )
        ]

    def __str__(self) -> str:
        return self.summary


class PlainOverride(models.Model):
    """A local correction of one part of a plain version; a reload keeps and reports it."""

    class Part(models.TextChoices):
        SUMMARY = "summary", "One line"
        WHAT = "what", "What the work is"
        WHERE = "where", "Where and when"
        PAY = "pay", "What pay depends on"
        OUTLOOK = "outlook", "Where it is heading"

    plain = models.ForeignKey(PlainVersion, on_delete=models.CASCADE, related_name="overrides")
    part = models.CharField(max_length=10, choices=Part)
    text = models.TextField()
    changed = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plain", "part"], name="plainoverride_once_a_part")
        ]

    def __str__(self) -> str:
        return f"{self.plain_id} {self.part}"


class GlossaryTerm(models.Model):
    slug = models.SlugField(max_length=60, unique=True)
    term = models.CharField(max_length=80)
    definition = models.CharField(max_length=400)  # one or two sentences of ours

    class Meta:
        ordering = ["term"]

    def __str__(self) -> str:
        return self.term
