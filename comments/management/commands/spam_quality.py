"""Measure the learned filter on labelled texts and note the figures for /about/quality/."""

import json
from argparse import ArgumentParser
from itertools import chain
from pathlib import Path
from statistics import fmean
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from comments.spam import quality
from comments.spam.quality import Labelled, Quality, Unreadable

FIGURES = Path(settings.BASE_DIR) / "fixtures" / "quality.json"


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("train", nargs="+", type=Path, metavar="TRAIN.csv")
        parser.add_argument(
            "--test",
            nargs="+",
            type=Path,
            metavar="TEST.csv",
            help="without it, the files are pooled and halved by a hash of the text,"
            " and each is also tested with what the others taught",
        )
        parser.add_argument("--text", required=True, metavar="COLUMN")
        parser.add_argument("--label", required=True, metavar="COLUMN", help="1 is spam, 0 good")
        parser.add_argument("--write", type=Path, default=FIGURES, metavar="FILE.json")

    def handle(
        self, *, train: list[Path], test: list[Path] | None, text: str, label: str, **options: Any
    ) -> None:
        try:
            taught = [quality.read(path, text, label) for path in train]
            tested = [quality.read(path, text, label) for path in test or []]
            figures = self.against(taught, tested) if tested else self.among(train, taught)
        except Unreadable as error:
            raise CommandError(str(error)) from None
        note(options["write"], "spam", figures)

    def against(self, taught: list[list[Labelled]], tested: list[list[Labelled]]) -> dict[str, Any]:
        train, test = chain.from_iterable(taught), chain.from_iterable(tested)
        return self.say(quality.measure(train, list(test)))

    def among(self, paths: list[Path], files: list[list[Labelled]]) -> dict[str, Any]:
        figures = self.say(quality.of_halves(files))
        if len(files) == 1:
            return figures
        left_out = []
        for number, path in enumerate(paths):
            alone = quality.leaving_out(files, number).figures()
            self.stdout.write(f"left out {path.stem}: " + _line(alone))
            left_out.append(alone)
        mean = {name: round(fmean(one[name] for one in left_out), 4) for name in left_out[0]}
        self.stdout.write("left out, mean: " + _line(mean))
        means = {f"left_out_{name}": figure for name, figure in mean.items()}
        return figures | means | {"left_out": left_out}

    def say(self, found: Quality) -> dict[str, Any]:
        for name, figure in found.figures().items():
            self.stdout.write(f"{name}={figure}")
        return found.figures() | {"rows": found.rows}


def _line(figures: dict[str, float]) -> str:
    return " ".join(f"{name} {figure}" for name, figure in figures.items())


def note(path: Path, part: str, figures: dict[str, Any]) -> None:
    """One part of the file; what others measured stays."""
    kept = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    kept[part] = {"date": timezone.now().date().isoformat()} | figures
    path.write_text(json.dumps(kept, indent=2, sort_keys=True) + "\n", encoding="utf-8")
