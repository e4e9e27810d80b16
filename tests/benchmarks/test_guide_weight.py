"""What a guide weighs on its way to a reader, and how long the states' wages take to
import. Run by hand:

    OOH_FILE=ooh-2024-34.xml.xz pytest -m benchmark -s tests/benchmarks/test_guide_weight.py

OOH_FILE is the handbook as the Bureau ships it; the weight without its text says nothing, so the
tests are skipped without it. htmx is cached apart, and not counted; nor are scripts that js/site.js
fetches once a reader uses their part of the page.
"""

import gzip
import os
import re
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random
from statistics import median

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.db import transaction
from django.test import Client

from careers.importers import edition
from careers.importers.progress import silent
from careers.models import Guide, ImportRecord, WageEstimate
from comments.models import Comment, Thread
from config.staticfiles import joined, lean, lean_script
from schoolfinder.importers.edition import load
from tests.comments.builders import make_comment, make_reader

FIXTURES = Path(settings.BASE_DIR) / "fixtures"
OOH_FILE = os.environ.get("OOH_FILE", "")
COMMENTS, REPLIES = 50, 20
# Parts of what readers say, drawn at random, so that no two comments are alike.
WHO = [
    "I changed to this work at 34, after nine years in a kitchen",
    "My sister does this in a small town near Duluth",
    "I have been at it since 2006 and would choose it again",
    "As a student in my second year I can only speak of placements",
    "We hire four people like this each spring",
    "I left after eighteen months",
    "My guidance counselor told me to read this page",
    "Retired now, but I trained about thirty beginners",
]
WHAT = [
    "The first year was hard, mostly since nobody tells you how much of the day is paper",
    "what surprised me is that the phone never stops before noon",
    "pay went from 19 to 27 dollars an hour once the license came through",
    "nights and weekends are real, ask about the roster in the interview",
    "your knees notice it before your head does",
    "the certificate cost 2,300 dollars and the county gave half of it back",
    "people are kind if you own up to mistakes early",
    "the software changes every other year, so learn how to learn it",
    "big employers pay better, small ones teach you more",
    "math was never the problem, writing clear notes was",
]
ADVICE = [
    "Ask for a day with someone who does it before you pay for a course.",
    "Does anybody know whether credits move between states?",
    "Take the evening class if you must keep your job.",
    "Do not borrow for a private school when the college next door teaches the same.",
    "Bring water, a spare shirt and patience.",
    "Union or not makes a bigger difference than the town, at least in Ohio.",
    "Happy to answer questions here.",
]


pytestmark = [
    pytest.mark.django_db,
    pytest.mark.benchmark,
    pytest.mark.whole_nation,
    pytest.mark.skipif(not OOH_FILE, reason="OOH_FILE names no handbook file"),
]


@pytest.fixture(scope="module", autouse=True)
def nation(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():  # type: ignore[attr-defined]
        edition.load(FIXTURES, silent)
        load(FIXTURES, silent)
        call_command("import_ooh", OOH_FILE, verbosity=0)
        edition.load(FIXTURES, silent)
        yield
        transaction.set_rollback(True)


def zipped(text: bytes) -> int:
    return len(gzip.compress(text, compresslevel=6))


def weight_of_own_files(page: str) -> int:
    """Style sheets and scripts that the page names, each as its own response."""
    css = Path(settings.BASE_DIR) / "static/css"
    sheets = [
        lean(joined((css / name).read_text(), css))
        for name in re.findall(r'href="/static/css/([^"]+\.css)"', page)
    ]
    scripts = [
        name for name in re.findall(r'src="/static/([^"]+\.js)"', page) if "htmx" not in name
    ]
    assert sheets and scripts
    sources = [lean_script(Path(finders.find(name)).read_text()) for name in scripts]
    return sum(zipped(text.encode()) for text in [*sheets, *sources])


def said(chance: Random) -> str:
    return f"{chance.choice(WHO)}; {chance.choice(WHAT)}, and {chance.choice(WHAT)}. " + " ".join(
        chance.sample(ADVICE, chance.randint(0, 2))
    )


def talk() -> None:
    """A thread of fifty comments, two in five of them replies, that can move to another guide."""
    chance = Random(50)
    guide = Guide.objects.first()
    readers = [make_reader(f"Reader {number}") for number in range(COMMENTS // 2)]
    roots = [
        make_comment(said(chance), guide=guide, author=chance.choice(readers))
        for _ in range(COMMENTS - REPLIES)
    ]
    for _ in range(REPLIES):
        parent = chance.choice(roots)
        make_comment(said(chance), parent=parent, author=chance.choice(readers))


def test_it_weighs_little_with_the_handbook_and_fifty_comments(client: Client) -> None:
    talk()
    weights, seconds = {}, []
    files = 0
    for guide in Guide.objects.filter(retired_at=None).order_by("slug"):
        Comment.objects.update(guide=guide)
        Thread.objects.update(guide=guide)
        started = time.process_time()
        page = client.get(guide.get_absolute_url()).content
        seconds.append(time.process_time() - started)
        assert page.count(b'class="comment-body') >= 30
        files = files or weight_of_own_files(page.decode())
        weights[guide.slug] = zipped(page) + files
    heaviest = max(weights, key=lambda slug: weights[slug])
    print(
        f"\nguides={len(weights)} files={files / 1024:.1f} KB"
        f" median={median(weights.values()) / 1024:.1f} KB"
        f" largest={weights[heaviest] / 1024:.1f} KB ({heaviest})"
        f" processor={1000 * median(seconds):.0f} ms a page"
    )
    assert median(weights.values()) <= 40 * 1024
    assert weights[heaviest] <= 48 * 1024


def test_it_imports_the_wages_of_the_states_in_time() -> None:
    WageEstimate.objects.by_state().delete()
    ImportRecord.objects.filter(source__startswith="oews").delete()
    started = time.process_time()
    call_command("import_oews", str(FIXTURES / "oews/oews-2025-05-state.csv.xz"), verbosity=0)
    seconds = time.process_time() - started
    print(f"\nstates: rows={WageEstimate.objects.by_state().count()} processor={seconds:.1f} s")
    assert seconds <= 15
