"""Measure matching on the loaded data, print name=value lines, and note them for the site."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from careers.importers.files import BadFile
from schoolfinder.models import Field, Program
from schoolfinder.quality import Figures, pairs, scenarios, words
from schoolfinder.quality.pairs import Pair

GRADED = Path(settings.BASE_DIR) / "tests" / "schoolfinder" / "graded"


class Command(BaseCommand):
    help = "Measure how well matches fit what people graded, on the data that is loaded."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "pairs",
            nargs="*",
            type=Path,
            default=[GRADED / "pairs.csv", GRADED / "held_out.csv"],
            help="comma separated with a header: guide_slug, cip (six digits, 51.3801), grade"
            " (3 leads there, 2 related, 1 similar field, 0 unrelated); of several files each is"
            " also measured by itself",
        )
        parser.add_argument(
            "--scenarios",
            type=Path,
            default=GRADED / "scenarios.csv",
            help="comma separated: interest, near, radius, award, online as the finder takes them,"
            " usual (the award that most start with, or nothing)",
        )
        parser.add_argument(
            "--fields",
            type=Path,
            default=GRADED / "scenario_fields.csv",
            help="comma separated: interest of a scenario, cip (2, 4 or 6 digits), grade 1 to 3",
        )
        parser.add_argument(
            "--words",
            type=Path,
            default=GRADED / "words.csv",
            help="comma separated: phrase, groups (right CIP groups, 51.38, parted by blanks)",
        )
        parser.add_argument(
            "--output",
            type=Path,
            default=Path(settings.BASE_DIR) / "fixtures" / "quality.json",
            help='its key "match" is written anew, the others stay',
        )

    def handle(self, **options: Any) -> None:
        if not Field.objects.exists() or not Program.objects.exists():
            raise CommandError("No fields and programs are loaded: run load_edition first.")
        try:
            halves = {path.stem: pairs.read_pairs(path) for path in options["pairs"]}
            figures = measure_pairs([pair for half in halves.values() for pair in half])
            tables = {name: measure_pairs(half) for name, half in halves.items()}
            figures |= measure_scenarios(options["scenarios"], options["fields"])
            figures |= words.measure(words.read_phrases(options["words"]))
        except BadFile as error:
            raise CommandError(str(error)) from error
        self._print(figures)
        if len(tables) > 1:
            for name, part in tables.items():
                self._print({f"{name}_{key}": value for key, value in part.items()})
        note(options["output"], figures, tables)

    def _print(self, figures: Figures) -> None:
        for name, value in figures.items():
            self.stdout.write(f"{name}={value}")


def measure_pairs(graded: list[Pair]) -> Figures:
    """Of the finder's bands, and beside it of the raw crosswalk."""
    try:
        ours, raw = pairs.bands_of(graded), pairs.raw_bands_of(graded)
    except KeyError as error:
        raise CommandError(f"There is no career guide “{error.args[0]}”.") from error
    baseline = pairs.measure(graded, raw)
    return {
        "pairs": len(graded),
        **pairs.measure(graded, ours),
        **{f"crosswalk_{name}": value for name, value in baseline.items()},
    }


def measure_scenarios(path: Path, fields: Path) -> Figures:
    grades = scenarios.read_grades(fields)
    asked = scenarios.read_scenarios(path, grades)
    return {"scenarios": len(asked), **scenarios.measure(asked, grades)}


def note(path: Path, figures: Figures, tables: dict[str, Figures]) -> None:
    """Other commands keep their figures under keys of their own."""
    known = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    halves = [{"part": name.replace("_", " "), **part} for name, part in tables.items()]
    known["match"] = {
        "date": timezone.localdate().isoformat(),
        **figures,
        **({"halves": halves} if len(halves) > 1 else {}),
    }
    path.write_text(json.dumps(known, indent=2, sort_keys=True) + "\n", encoding="utf-8")
