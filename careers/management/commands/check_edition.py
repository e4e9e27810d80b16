"""Check the plain versions: one line a defect, a summary, and exit status 1 when there is one."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from careers.edition_check import Report, check
from careers.importers.files import BadFile
from careers.reading_grade import NoDictionary


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
    grades = f"grades: median {report.median_grade:.1f}, highest {max(report.grades, default=0)}"
    return (
        f"{report.checked} plain versions, {len(report.defects)} defects; {grades}.\n"
        f"{_sources(report)}"
    )


def _sources(report: Report) -> str:
    if not report.handbook:
        return "Overlap and facts were not checked: the handbook's file is not there (--data)."
    onet = " and O*NET's tasks" if report.onet else "; O*NET's tasks are not there"
    return (
        f"Facts and overlap checked against the handbook {report.handbook}{onet}: "
        f"{report.runs_compared:,} runs of words compared."
    )
