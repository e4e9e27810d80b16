"""Check the plain versions: one line a defect, a summary, and exit status 1 when there is one."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from careers.edition_check import Report, check
from careers.edition_check.reading_grade import NoDictionary
from careers.importers.files import BadFile


class Command(BaseCommand):
    help = "Check the plain versions in fixtures/plain; reads files only."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        base = Path(settings.BASE_DIR)
        parser.add_argument("--fixtures", type=Path, default=base / "fixtures")
        parser.add_argument("--data", type=Path, default=base.parent / "shared" / "data")
        parser.add_argument("--only", nargs="+", metavar="SLUG", default=[])
        parser.add_argument(
            "--fix-grades", action="store_true", help="write the computed grades into the headers"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            report = check(
                options["fixtures"],
                options["data"],
                only=options["only"],
                fix_grades=options["fix_grades"],
            )
        except (BadFile, NoDictionary) as error:
            raise CommandError(str(error)) from error
        for defect in report.defects:
            self.stdout.write(str(defect))
        self.stdout.write(_summary(report))
        if report.defects:
            raise SystemExit(1)


def _summary(report: Report) -> str:
    checked, highest = len(report.grades), max(report.grades, default=0)
    grades = f"grades: median {report.median_grade:.1f}, highest {highest}"
    return (
        f"{checked} plain versions, {len(report.defects)} defects; {grades}.\n"
        f"{_facts(report)}\n{_overlap(report)}"
    )


def _facts(report: Report) -> str:
    if not report.facts:
        return "Facts were not checked: neither the handbook's file nor its figures are there."
    licenses = "" if report.handbook else ", licenses left out: the handbook's text is not there"
    return f"Facts checked against the figures of {report.facts}{licenses}."


def _overlap(report: Report) -> str:
    sources = [f"the handbook {report.handbook}"] * bool(report.handbook)
    sources += ["O*NET's tasks"] * report.onet
    if not sources:
        return "Overlap was not checked: the sources' own files are not there (--data)."
    runs = f"{report.runs_compared:,} runs of words compared"
    return f"Overlap checked against {' and '.join(sources)}: {runs}."
