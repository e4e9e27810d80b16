"""How an address names a program, unitid-cip-award: it survives a new import, as the row's number
may not."""

import re
from collections.abc import Iterable

from django.db.models import Q

from schoolfinder.models import Program

CODE = re.compile(r"([0-9]{6})-([0-9]{2}\.[0-9]{4})-([0-9]{1,2})")


def program_code(program: Program) -> str:
    return f"{program.school_id}-{program.field_id}-{program.award}"


def programs_coded(codes: Iterable[str]) -> dict[str, Program]:
    """Code → program with school and field, those no longer offered too, in the order asked for.
    One query; a code of no program is left out."""
    wanted = Q(pk__in=[])
    codes = list(dict.fromkeys(codes))
    for code in codes:
        if found := CODE.fullmatch(code):
            unitid, cip, award = found.groups()
            wanted |= Q(school=int(unitid), field=cip, award=int(award))
    programs = Program.objects.filter(wanted).select_related("school", "field")
    named = {program_code(program): program for program in programs}
    return {code: named[code] for code in codes if code in named}


def is_offered(program: Program) -> bool:
    return program.retired_at is None and program.school.retired_at is None
