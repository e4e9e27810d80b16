"""Pay, jobs, growth, openings, education, experience and training, by guide and edition.

A figure that the handbook does not publish is NULL, never 0. Empty education and training mean
"see how to become one", which differs from the real value "None" or "No formal educational
credential".
"""

from typing import Self

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery

from careers.models.editions import Edition
from careers.models.guides import Guide


class Unit(models.TextChoices):
    YEAR = "year", "a year"
    HOUR = "hour", "an hour"


class FiguresQuerySet(models.QuerySet["Figures"]):
    def of_newest_edition(self) -> Self:
        """One row a guide, from the newest edition that has it: a retired guide keeps its last."""
        newest = (
            Figures.objects.filter(guide=OuterRef("guide"))
            .order_by("-edition__base_year")
            .values("pk")[:1]
        )
        return self.filter(pk=Subquery(newest))


class Figures(models.Model):
    class Education(models.TextChoices):
        """BLS's words, from least schooling to most: order is relied on for comparisons."""

        NONE = "none", "No formal educational credential"
        HIGH_SCHOOL = "high-school", "High school diploma or equivalent"
        SOME_COLLEGE = "some-college", "Some college, no degree"
        NONDEGREE = "nondegree", "Postsecondary nondegree award"
        ASSOCIATE = "associate", "Associate’s degree"
        BACHELOR = "bachelor", "Bachelor’s degree"
        MASTER = "master", "Master’s degree"
        DOCTORAL = "doctoral", "Doctoral or professional degree"

    class Experience(models.TextChoices):
        NONE = "none", "None"
        UNDER_5 = "under-5", "Less than 5 years"
        OVER_5 = "over-5", "5 years or more"

    class Training(models.TextChoices):
        NONE = "none", "None"
        SHORT = "short", "Short-term on-the-job training"
        MODERATE = "moderate", "Moderate-term on-the-job training"
        LONG = "long", "Long-term on-the-job training"
        APPRENTICESHIP = "apprenticeship", "Apprenticeship"
        INTERNSHIP = "internship", "Internship/residency"

    class Outlook(models.TextChoices):
        """The edition's own label: its bands move with the average, so it is never computed."""

        DECLINE = "decline", "Decline"
        LITTLE = "little", "Little or no change"
        SLOWER = "slower", "Slower than average"
        AVERAGE = "average", "As fast as average"
        FASTER = "faster", "Faster than average"
        MUCH_FASTER = "much-faster", "Much faster than average"

    guide = models.ForeignKey(Guide, on_delete=models.CASCADE, related_name="figures")
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="figures")
    title = models.CharField(max_length=120)  # the guide's title in that edition
    median_pay_annual = models.PositiveIntegerField(null=True, blank=True)  # dollars
    median_pay_hourly = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True)
    # The median lies at or above this, and BLS publishes no more (Physicians: 239,200).
    pay_at_least = models.PositiveIntegerField(null=True, blank=True)
    jobs = models.PositiveIntegerField(null=True, blank=True)  # in the base year
    growth = models.SmallIntegerField(null=True, blank=True)  # percent over ten years
    change = models.IntegerField(null=True, blank=True)  # jobs over ten years, can be negative
    openings = models.PositiveIntegerField(null=True, blank=True)  # a year, from the prose
    outlook = models.CharField(max_length=12, choices=Outlook, blank=True)
    education = models.CharField(max_length=12, choices=Education, blank=True)
    experience = models.CharField(max_length=12, choices=Experience, blank=True)
    training = models.CharField(max_length=16, choices=Training, blank=True)

    objects = FiguresQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "figures"
        constraints = [
            models.UniqueConstraint(fields=["guide", "edition"], name="figures_once_an_edition"),
            models.CheckConstraint(
                condition=Q(median_pay_annual=None) | Q(pay_at_least=None),
                name="figures_median_or_floor",
            ),
            models.CheckConstraint(
                condition=Q(growth=None) | Q(growth__gte=-100), name="figures_growth_possible"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.edition_id}"


class PayPercentiles(models.Model):
    """The 10th, 50th and 90th percentile as the handbook's prose gives them.

    52 guides give a set for each member occupation, 18 give hours instead of years, and one
    (fishing and hunting workers) gives those of an older survey than the edition's own.
    """

    figures = models.ForeignKey(Figures, on_delete=models.CASCADE, related_name="percentiles")
    position = models.PositiveSmallIntegerField()
    member = models.CharField(max_length=160, blank=True)  # empty: the guide as a whole
    unit = models.CharField(max_length=4, choices=Unit)
    period = models.CharField(max_length=20, blank=True)  # "May 2024", or "May 2017" where old
    p10 = models.DecimalField(max_digits=9, decimal_places=2, null=True, blank=True)
    median = models.DecimalField(max_digits=9, decimal_places=2, null=True, blank=True)
    p90 = models.DecimalField(max_digits=9, decimal_places=2, null=True, blank=True)
    p90_top_coded = models.BooleanField(default=False)  # "or more": BLS publishes no higher

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["figures", "position"], name="paypercentiles_position_unique"
            ),
            models.CheckConstraint(
                condition=Q(p10=None) | Q(p90=None) | Q(p10__lte=F("p90")),
                name="paypercentiles_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.figures_id} {self.member}".strip()


class IndustryShare(models.Model):
    """The largest employers: an industry and its share of the jobs."""

    figures = models.ForeignKey(Figures, on_delete=models.CASCADE, related_name="industry_shares")
    position = models.PositiveSmallIntegerField()
    member = models.CharField(max_length=160, blank=True)
    industry = models.CharField(max_length=250)
    percent = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["figures", "position"], name="industryshare_position_unique"
            ),
            models.CheckConstraint(
                condition=Q(percent__lte=100), name="industryshare_percent_possible"
            ),
        ]

    def __str__(self) -> str:
        return self.industry


class IndustryPay(models.Model):
    """Median pay in the top industries that employ the occupation."""

    figures = models.ForeignKey(Figures, on_delete=models.CASCADE, related_name="industry_pay")
    position = models.PositiveSmallIntegerField()
    member = models.CharField(max_length=160, blank=True)
    industry = models.CharField(max_length=250)
    unit = models.CharField(max_length=4, choices=Unit)
    median = models.DecimalField(max_digits=9, decimal_places=2, null=True, blank=True)
    at_least = models.BooleanField(default=False)  # top-coded: "$239,200 or more"

    class Meta:
        ordering = ["position"]
        verbose_name_plural = "industry pay"
        constraints = [
            models.UniqueConstraint(
                fields=["figures", "position"], name="industrypay_position_unique"
            )
        ]

    def __str__(self) -> str:
        return self.industry
