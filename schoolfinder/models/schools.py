"""Schools (IPEDS institutions) and their programs: school × 6-digit field × award level.

Every figure may be NULL, "not published"; 0 graduates is a real value. `*_year` says what year a
figure is of, since one card mixes several.
"""

from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.text import slugify

from schoolfinder.models.fields import Field


class AwardLevel(models.IntegerChoices):
    """IPEDS codes. The number is not an order (20 and 21 are the shortest): see RANK."""

    CERT_SHORT = 20, "Certificate, under 12 weeks"
    CERT_TERM = 21, "Certificate, 12 weeks to under 1 year"
    CERT_1 = 2, "Certificate, 1 to under 2 years"
    ASSOCIATE = 3, "Associate’s degree"
    CERT_2 = 4, "Certificate, 2 to under 4 years"
    BACHELOR = 5, "Bachelor’s degree"
    POSTBACC = 6, "Postbaccalaureate certificate"
    MASTER = 7, "Master’s degree"
    POSTMASTER = 8, "Post-master’s certificate"
    DOCTOR_RESEARCH = 17, "Doctorate, research"
    DOCTOR_PRACTICE = 18, "Doctorate, professional practice"
    DOCTOR_OTHER = 19, "Doctorate, other"


class SchoolQuerySet(models.QuerySet["School"]):
    def open(self) -> Self:
        """Schools a person can apply to: a retired one keeps a page with a notice."""
        return self.filter(retired_at=None)


class School(models.Model):
    class Control(models.IntegerChoices):
        PUBLIC = 1, "Public"
        NONPROFIT = 2, "Private, not for profit"
        FOR_PROFIT = 3, "Private, for profit"

    class Status(models.TextChoices):
        ACTIVE = "active", "Open"
        CLOSING = "closing", "Closing"  # ACT M: closed this year, has data
        CLOSED = "closed", "Closed"

    unitid = models.PositiveIntegerField(primary_key=True)
    # Eight digits, the Education Department's own key; the first six are shared by branch campuses,
    # whose earnings are published once for all of them.
    opeid = models.CharField(max_length=8, blank=True)
    name = models.CharField(max_length=160)
    aliases = models.TextField(blank=True)  # one a line
    address = models.CharField(max_length=160, blank=True)
    city = models.CharField(max_length=60)
    state = models.CharField(max_length=2)
    zip = models.CharField(max_length=5)
    lat = models.FloatField()
    lon = models.FloatField()
    control = models.PositiveSmallIntegerField(choices=Control, null=True)
    level = models.PositiveSmallIntegerField(null=True)  # ICLEVEL: 1 four-year, 2 two-year, 3 less
    size = models.PositiveSmallIntegerField(null=True)  # INSTSIZE 1 to 5
    locale = models.PositiveSmallIntegerField(null=True)  # 11 city large … 43 rural remote
    status = models.CharField(max_length=8, choices=Status, default=Status.ACTIVE)
    closed_on = models.DateField(null=True)  # known for most closed and closing ones
    title_iv = models.BooleanField(default=True)  # federal student aid can be used
    service_academy = models.BooleanField(default=False)  # nomination or commission needed
    hbcu = models.BooleanField(default=False)
    tribal = models.BooleanField(default=False)
    website = models.URLField(max_length=300, blank=True)
    apply_url = models.URLField(max_length=300, blank=True)
    aid_url = models.URLField(max_length=300, blank=True)
    net_price_url = models.URLField(max_length=300, blank=True)

    open_admission = models.BooleanField(null=True)
    admission_rate = models.FloatField(null=True)  # 0 to 1
    admission_year = models.CharField(max_length=9, blank=True)
    offers_online = models.BooleanField(null=True)  # at least one program by distance
    all_online = models.BooleanField(null=True)
    online_share = models.FloatField(null=True)  # of students only in distance courses, 0 to 1
    online_year = models.CharField(max_length=9, blank=True)
    students = models.PositiveIntegerField(null=True)
    students_year = models.CharField(max_length=9, blank=True)
    tuition_in = models.PositiveIntegerField(null=True)  # tuition and required fees, in state
    tuition_out = models.PositiveIntegerField(null=True)
    tuition_year = models.CharField(max_length=9, blank=True)
    net_price = models.IntegerField(null=True)  # can be negative: shown as "$0 or less"
    net_price_year = models.CharField(max_length=20, blank=True)
    graduation_rate = models.FloatField(null=True)  # 0 to 1, within 150 % of normal time
    graduation_year = models.CharField(max_length=9, blank=True)
    retention_rate = models.FloatField(null=True)  # 0 to 1, full-time first-time, four-year schools
    retention_year = models.CharField(max_length=20, blank=True)
    # All aided entrants, any field, ten years after entry; one figure for all branch campuses.
    earnings_10y = models.PositiveIntegerField(null=True)
    earnings_year = models.CharField(max_length=20, blank=True)

    retired_at = models.DateTimeField(null=True)

    objects = SchoolQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(lat__gte=-90, lat__lte=90, lon__gte=-180, lon__lte=180),
                name="school_point_on_earth",
            ),
            models.CheckConstraint(
                condition=Q(graduation_rate=None)
                | Q(graduation_rate__gte=0, graduation_rate__lte=1),
                name="school_graduation_rate_share",
            ),
        ]
        indexes = [
            models.Index(fields=["lat", "lon"], name="school_point"),
            models.Index(fields=["state"], name="school_state"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("schoolfinder:school", args=[self.unitid, self.slug])

    @property
    def slug(self) -> str:
        """Names are not unique, not even within a city: the unitid before it makes the address."""
        return slugify(f"{self.name} {self.city}")


class ProgramQuerySet(models.QuerySet["Program"]):
    def offered(self) -> Self:
        """At open schools, with graduates in the last three years or newly listed."""
        return self.filter(retired_at=None, school__retired_at=None)


class Program(models.Model):
    # No index of their own: program_once and program_finder begin with them.
    school = models.ForeignKey(
        School, on_delete=models.CASCADE, related_name="programs", db_index=False
    )
    field = models.ForeignKey(
        Field, on_delete=models.PROTECT, related_name="programs", db_index=False
    )
    award = models.PositiveSmallIntegerField(choices=AwardLevel)
    # Graduates by award year, oldest first: [2020, …, 2024]; null where not listed that year.
    graduates = models.JSONField(default=list)
    graduates_latest = models.PositiveIntegerField(null=True)
    graduates_3y = models.PositiveIntegerField(default=0)
    latest_year = models.PositiveSmallIntegerField()  # 2024: awards of July 2023 to June 2024
    is_new = models.BooleanField(default=False)  # first listed in the latest year, none awarded yet
    retired_at = models.DateTimeField(null=True)

    objects = ProgramQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["school", "field", "award"], name="program_once"),
            models.CheckConstraint(condition=Q(award__in=AwardLevel.values), name="program_award"),
        ]
        indexes = [
            # Holds all that ordering asks of a program, so that a search of the whole nation reads
            # the index alone: half the time of (field, award).
            models.Index(
                fields=["field", "award", "school", "graduates_3y"],
                condition=Q(retired_at=None),
                name="program_finder",
            )
        ]

    def __str__(self) -> str:
        return f"{self.field_id} at {self.school_id}"


class ProgramEarnings(models.Model):
    """Median earnings of graduates of a school's programs in one 4-digit group and level.

    One row serves several 6-digit programs, and branch campuses repeat their main campus.
    """

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="program_earnings")
    cip4 = models.CharField(max_length=5)  # "51.38"
    credential = models.PositiveSmallIntegerField()  # Scorecard CREDLEV, 1 to 8
    after_1y = models.PositiveIntegerField(null=True)
    after_4y = models.PositiveIntegerField(null=True)
    after_5y = models.PositiveIntegerField(null=True)
    # Other campuses under the same six-digit OPEID show the very same figures: no ranking by them.
    is_shared = models.BooleanField(default=False)
    source = models.CharField(max_length=40)  # release or releases: "2020-21, 2026-03"

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["school", "cip4", "credential"], name="programearnings_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.cip4} at {self.school_id}"
