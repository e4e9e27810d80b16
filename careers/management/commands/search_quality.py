"""Measure search on the loaded guides, print name=value lines, and note them for the site."""

import csv
import json
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from careers.importers.files import BadFile
from careers.importers.job_titles import guides_by_code, read_index, read_onet_titles
from careers.models import Guide
from careers.search import contents, quality
from careers.search.contents import Contents
from careers.search.quality import Questions
from careers.search.ranking import Index
from careers.soc import broad_of

Figures = dict[str, float]


class Command(BaseCommand):
    help = "Measure how often search finds the right guide, on the guides that are loaded."

    def add_arguments(self, parser: ArgumentParser) -> None:
        fixtures = Path(settings.BASE_DIR) / "fixtures"
        parser.add_argument(
            "--titles",
            type=Path,
            default=fixtures / "ooh" / "job_titles.csv.xz",
            help="the handbook's A–Z, comma separated: profile, title (.xz may be packed)",
        )
        parser.add_argument(
            "--familiar",
            type=Path,
            default=fixtures / "search" / "familiar.csv",
            help="everyday words, comma separated: phrase, guide (its slug)",
        )
        parser.add_argument(
            "--onet",
            type=Path,
            default=fixtures / "onet" / "onet-29.3-alternate-titles.tsv.xz",
            help="O*NET's Alternate Titles, tab separated: O*NET-SOC Code, Alternate Title",
        )
        parser.add_argument("--seed", type=int, default=1, help="of the typos")
        parser.add_argument(
            "--output",
            type=Path,
            default=fixtures / "quality.json",
            help='its key "search" is written anew, the others stay',
        )

    def handle(self, **options: Any) -> None:
        if not Guide.objects.current().exists():
            raise CommandError("No guide is loaded: run load_edition first.")
        try:
            figures = measure(
                titles_of(options["titles"]),
                familiar_of(options["familiar"]),
                onet_of(options["onet"]),
                options["seed"],
            )
        except (BadFile, OSError, KeyError) as error:
            raise CommandError(f"{error} cannot be used.") from error
        for name, value in figures.items():
            self.stdout.write(f"{name}={value}")
        note(options["output"], figures)


def measure(titles: Questions, familiar: Questions, onet: Questions, seed: int) -> Figures:
    """Shares are 0–1, of questions with the right guide among the first 3 (or 5).

    Times are the processor's, so that a busy machine measures what a quiet one does.
    """
    whole = contents.read()
    started = time.thread_time()
    untaught = Index(whole)
    built = time.thread_time() - started
    index = untaught.taught()
    taught = time.thread_time() - started - built
    as_written = quality.score(index, titles)
    with_typos = quality.score(index, quality.with_typos(titles, seed))
    everyday = quality.score(index, familiar)
    times = as_written.seconds + with_typos.seconds + everyday.seconds
    return {
        "names": len(whole.names),
        "build_seconds": round(built, 2),
        "learn_seconds": round(taught, 2),
        "titles": len(titles),
        "titles_top3": as_written.top(3),
        "typo_top3": with_typos.top(3),
        "familiar": len(familiar),
        "familiar_top3": everyday.top(3),
        **measure_held_out(onet, whole),
        "p50_ms": round(quality.percentile(times, 0.5) * 1000, 2),
        "p99_ms": round(quality.percentile(times, 0.99) * 1000, 2),
    }


def measure_held_out(onet: Questions, whole: Contents) -> Figures:
    without = quality.without_held_out(whole)
    index = Index(without).taught()
    held = quality.held_out((title, guide) for title, right in onet.items() for guide in right)
    unseen = quality.unseen(held, without)
    all_of_them, never_seen = quality.score(index, held), quality.score(index, unseen)
    return {
        "held_out": len(held),
        "held_out_top3": all_of_them.top(3),
        "held_out_top5": all_of_them.top(5),
        "unseen": len(unseen),
        "unseen_top3": never_seen.top(3),
        "unseen_top5": never_seen.top(5),
    }


def titles_of(path: Path) -> Questions:
    guides = dict(Guide.objects.current().values_list("profile", "pk"))
    rows = read_index(path)
    return quality.questions((title, guides[number]) for number, title in rows if number in guides)


def familiar_of(path: Path) -> Questions:
    guides = dict(Guide.objects.current().values_list("slug", "pk"))
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return quality.questions((row["phrase"], guides[row["guide"]]) for row in rows)


def onet_of(path: Path) -> Questions:
    """Titles that belong to a guide, by the codes of the newest edition."""
    guides = guides_by_code()
    found = (
        (r.title, guides.get(r.soc) or guides.get(broad_of(r.soc))) for r in read_onet_titles(path)
    )
    return quality.questions((title, guide) for title, guide in found if guide)


def note(path: Path, figures: Figures) -> None:
    """Other commands keep their figures under keys of their own."""
    known = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    known["search"] = {"date": timezone.localdate().isoformat(), **figures}
    path.write_text(json.dumps(known, indent=2, sort_keys=True) + "\n", encoding="utf-8")
