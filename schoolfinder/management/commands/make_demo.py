"""Add a few invented partner schools, marked so, to try Get Info with. Never run by default."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.db.models import Max

from careers.models import Version
from schoolfinder.models import AwardLevel, Field, Partner, Program, School

# Far above any number that IPEDS has given out.
SCHOOLS: tuple[dict[str, Any], ...] = (
    {"unitid": 990001, "name": "Willowmere College (invented)", "city": "Chicago", "state": "IL",
     "zip": "60614", "lat": 41.92, "lon": -87.65},
    {"unitid": 990002, "name": "Tern Harbor Institute (invented)", "city": "New York",
     "state": "NY", "zip": "10001", "lat": 40.75, "lon": -73.99},
    {"unitid": 990003, "name": "Quillfeather University (invented)", "city": "Oakland",
     "state": "CA", "zip": "94612", "lat": 37.81, "lon": -122.27},
)  # fmt: skip
PROGRAMS = (
    ("51.0701", AwardLevel.BACHELOR),
    ("51.3801", AwardLevel.BACHELOR),
    ("52.0301", AwardLevel.ASSOCIATE),
)


class Command(BaseCommand):
    help = __doc__

    def handle(self, **options: object) -> None:
        if not settings.DEMO:
            raise CommandError("Invented schools are for a demo: SITE_ENV is production here.")
        fields = Field.objects.filter(cip__in=[cip for cip, _ in PROGRAMS])
        if len(fields) < len(PROGRAMS):
            raise CommandError("Load the fields of study first: manage.py load_edition.")
        with transaction.atomic():
            for values in SCHOOLS:
                make_partner(values)
            Version.objects.bump(Version.DATA)
        self.stdout.write(f"{len(SCHOOLS)} invented partner schools are there.")


def make_partner(values: dict[str, Any]) -> None:
    """An import retires these schools, as it knows nothing of them; running this brings them
    back."""
    school, _ = School.objects.update_or_create(
        unitid=values["unitid"],
        defaults=values | {"control": School.Control.NONPROFIT, "level": 1, "retired_at": None},
    )
    latest = Program.objects.aggregate(year=Max("latest_year"))["year"] or 2024
    for cip, award in PROGRAMS:
        Program.objects.update_or_create(
            school=school,
            field_id=cip,
            award=award,
            defaults={
                "graduates": [10] * 5,
                "graduates_latest": 10,
                "graduates_3y": 30,
                "latest_year": latest,
                "retired_at": None,
            },
        )
    Partner.objects.update_or_create(
        school=school,
        defaults={
            "channel": Partner.Channel.EMAIL,
            "email": f"admissions@school-{school.unitid}.example",
            "is_active": True,
            "is_invented": True,
        },
    )
