"""What the school finder adds to careers' pages; registered when the app is ready.

The panel holds nothing personal, so that the guide can be cached for everyone.
"""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest

from careers.models import Guide
from careers.panels import Hit, Panel
from careers.wording import plural
from schoolfinder import reviewed, wording
from schoolfinder.awards import AwardGroup
from schoolfinder.bands import Band
from schoolfinder.codes import is_offered, programs_coded
from schoolfinder.controls import Link, finder_url
from schoolfinder.forms import DEFAULT_RADIUS, RADII
from schoolfinder.interests import bands_of_guide
from schoolfinder.models import Field, Program

FIELDS_SHOWN = 12


def schools_nearby(request: HttpRequest, guide: Guide) -> Panel:
    """Which fields of study lead there, how many schools teach them, and a form that asks where."""
    interest = f"guide:{guide.slug}"
    exact = [cip for cip, band in bands_of_guide(guide).items() if band == Band.EXACT]
    taught = Program.objects.offered().filter(field__in=exact)
    fields = Field.objects.filter(cip__in=exact, programs__in=taught).distinct()
    return Panel(
        slug="schools",
        title="Schools nearby",
        template="schoolfinder/guide_panel.html",
        context={
            "guide": guide,
            "interest": interest,
            "schools": plural(taught.values("school").distinct().count(), "school"),
            "has_schools": bool(exact),
            "fields": [
                Link(field.title, finder_url(interest=f"cip:{field.cip}"))
                for field in fields[:FIELDS_SHOWN]
            ],
            "note": reviewed.notes().get(guide.slug, ""),
            "all_url": finder_url(interest=interest),
            "radii": RADII,
            "usual_radius": DEFAULT_RADIUS,
            "awards": AwardGroup.choices,
        },
    )


def kept_programs(keys: Sequence[str]) -> list[Hit]:
    """What a shortlist names unitid-cip-award; one no longer taught stays, and says so."""
    return [
        Hit(
            key=code,
            title=f"{program.field.title}, {wording.award(program)}",
            url=program.school.get_absolute_url(),
            note=_kept_note(program),
        )
        for code, program in programs_coded(keys).items()
    ]


def _kept_note(program: Program) -> str:
    place = f"{program.school.name}, {wording.place(program.school)}"
    return place if is_offered(program) else f"{place} · no longer offered"


def guide_fields(guide: Guide) -> list[dict[str, Any]]:
    """The `fields` of the guide's JSON: exact, related and similar ones, best band first."""
    bands = bands_of_guide(guide)
    ordered = sorted(bands.items(), key=lambda entry: (-entry[1], entry[0]))
    return [{"cip": cip, "band": band.slug} for cip, band in ordered if band > Band.OTHER]
