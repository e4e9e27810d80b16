"""The figures of all guides of the embedded edition."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from careers import guidepage
from careers.catalogue import catalogue
from careers.guiderows import GuideRows, find_guide, read_rows
from careers.importers.edition import load

pytestmark = [pytest.mark.django_db, pytest.mark.whole_nation]

FIXTURES = Path(__file__).parent.parent.parent.parent / "fixtures"


def shapes_of(rows: GuideRows) -> dict[str, Any]:
    parts = guidepage.parts(rows, [], "https://example.org/", {})
    return {name: shape for part in parts for name, shape in part.shapes.items() if shape}


def test_it_has_the_figures_that_the_codes_allow():
    """2016–26 is one of SOC 2010: 315 guides if codes that BLS joined itself (13-1020) are left
    out of the sum, which would compare unlike work; 317 with the parts of its broad codes.
    """
    load(FIXTURES, lambda line: None)
    held = catalogue()
    found: Counter[str] = Counter()
    for entry in held.current:
        rows = read_rows(find_guide(entry.guide.slug), held)
        shapes = shapes_of(rows)
        found.update(f"growth {label}" for label, lines in rows.projections.items() if lines)
        found.update(name for name in ("timeline", "openings", "schooling") if name in shapes)
        found["states"] += "figure" in shapes
        spread = shapes.get("spread")
        if spread and ("Lower quarter" in spread.heads or spread.quarters):
            found["quarters"] += 1

    assert found == {
        "growth 2024–34": 341,
        "growth 2021–31": 341,
        "growth 2019–29": 317,
        "growth 2016–26": 317,
        "timeline": 341,
        "openings": 341,
        "schooling": 317,
        "states": 340,
        "quarters": 241,
    }
