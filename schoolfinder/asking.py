"""Which schools a Get Info page is about: read from its address, which holds nothing personal."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q
from django.http import QueryDict
from django.urls import reverse
from django.utils.http import urlencode

from schoolfinder.bands import Band, Bands
from schoolfinder.codes import CODE, program_code
from schoolfinder.interests import UnknownInterest, find_interest
from schoolfinder.models import Partner, Program, School

MOST_SCHOOLS = 3
MOST_READ = 12  # of `p` in one address

_NUMBER = re.compile(r"[0-9]{1,15}")


@dataclass(frozen=True)
class Recipient:
    school: School
    program: Program
    band: Band
    is_partner: bool  # takes requests from us; else the person writes to it

    @property
    def value(self) -> str:
        return str(self.school.unitid)


@dataclass(frozen=True)
class Asking:
    """Up to three schools, each with the program that was chosen there."""

    interest: str  # the career or field in words
    recipients: list[Recipient]
    notes: list[str] = field(default_factory=list)  # what of the address was left out, and why

    @property
    def exact(self) -> list[Recipient]:
        return [one for one in self.recipients if one.band == Band.EXACT]

    @property
    def dissimilar(self) -> list[Recipient]:
        return [one for one in self.recipients if one.band != Band.EXACT]

    @property
    def has_partner(self) -> bool:
        return any(one.is_partner for one in self.recipients)

    @property
    def has_letter(self) -> bool:
        return not all(one.is_partner for one in self.recipients)

    def chosen(self, values: Iterable[str]) -> list[Recipient]:
        wanted = set(values)
        return [one for one in self.recipients if one.value in wanted]


def get_info_url(program: Program, interest: str = "") -> str:
    params = {"p": program_code(program)} | ({"interest": interest} if interest else {})
    return f"{reverse('schoolfinder:get_info')}?{urlencode(params)}"


def read_asking(params: QueryDict) -> Asking:
    """`p`: programs, by number or unitid-cip-award; `interest`: as the finder has it."""
    asked = params.getlist("p")[:MOST_READ]
    programs = _programs(asked)
    notes = _left_out(asked, programs)
    by_school = _one_a_school([programs[code] for code in asked if code in programs])
    if len(by_school) > MOST_SCHOOLS:
        notes.append("Ask at most three schools at a time. The first three are here.")
    chosen = by_school[:MOST_SCHOOLS]
    if not chosen:
        return Asking("", [], notes)
    interest, bands = _interest(params.get("interest", ""), chosen[0])
    partners = Partner.objects.among([program.school_id for program in chosen])
    recipients = [
        Recipient(
            school=program.school,
            program=program,
            band=bands.get(program.field_id, Band.OTHER),
            is_partner=program.school_id in partners,
        )
        for program in chosen
    ]
    return Asking(interest, recipients, notes)


def _programs(asked: list[str]) -> dict[str, Program]:
    """What the address calls a program → the program, if its school still offers it."""
    wanted = Q(pk__in=[])
    for code in asked:
        if found := CODE.fullmatch(code):
            unitid, cip, award = found.groups()
            wanted |= Q(school=int(unitid), field=cip, award=int(award))
        elif _NUMBER.fullmatch(code):
            wanted |= Q(pk=int(code))
    offered = Program.objects.offered().filter(wanted).select_related("school", "field")
    named = {}
    for program in offered:
        named[program_code(program)] = named[str(program.pk)] = program
    return {code: named[code] for code in asked if code in named}


def _left_out(asked: list[str], programs: dict[str, Program]) -> list[str]:
    if all(code in programs for code in asked):
        return []
    return ["A program in this address is not taught any more, or never was: it was left out."]


def _one_a_school(programs: list[Program]) -> list[Program]:
    """A letter asks about one program: the first that was chosen at the school."""
    first: dict[int, Program] = {}
    for program in programs:
        first.setdefault(program.school_id, program)
    return list(first.values())


def _interest(text: str, first: Program) -> tuple[str, Bands]:
    """Without an interest, the first program's field is what the person looks for."""
    try:
        interest = find_interest(text[:150] or f"cip:{first.field_id}")
    except UnknownInterest:
        interest = find_interest(f"cip:{first.field_id}")
    return interest.label, interest.bands
