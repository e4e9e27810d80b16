"""Schooling that workers have: not what is asked of beginners, which the quick facts say."""

from dataclasses import dataclass
from decimal import Decimal

from careers import plots, wording
from careers.guiderows import GuideRows
from careers.models import Attainment
from careers.soc import ALL_WORKERS

# Columns of the source, least schooling first.
LEVELS = {
    "less_than_high_school": "Less than high school",
    "high_school": "High school diploma",
    "some_college": "Some college, no degree",
    "associate": "Associate’s degree",
    "bachelor": "Bachelor’s degree",
    "master": "Master’s degree",
    "doctoral": "Doctoral or professional degree",
}


@dataclass(frozen=True)
class LevelLine:
    label: str
    value: str
    everyone: str
    width: str


@dataclass(frozen=True)
class MemberLine:
    """One occupation of several."""

    title: str
    values: list[str]


@dataclass(frozen=True)
class SchoolingFigure:
    says: str
    edition: str
    base_year: int
    lines: list[LevelLine]  # of a guide with one code
    heads: list[str]
    members: list[MemberLine]  # of a guide with several


def schooling_figure(rows: GuideRows) -> SchoolingFigure | None:
    """None unless the source has all codes: its numbers of workers, so an average, it lacks."""
    by_code = {row.soc: row for row in rows.attainment}
    everyone = by_code.get(ALL_WORKERS)
    titles = {code.soc: code.title for code in rows.entry.codes}
    own = {soc: by_code[soc] for soc in titles if soc in by_code}
    if not own or len(own) < len(titles):
        return None
    edition = rows.attainment[0].edition
    only = next(iter(own.values())) if len(own) == 1 else None
    return SchoolingFigure(
        says=_says(only) if only else _range_says(list(own.values())),
        edition=edition.label,
        base_year=edition.base_year,
        lines=_level_lines(only, everyone) if only else [],
        heads=list(LEVELS.values()),
        members=[] if only else [_member(titles[soc], row) for soc, row in own.items()],
    )


def _level_lines(own: Attainment, everyone: Attainment | None) -> list[LevelLine]:
    values = {level: getattr(own, level) for level in LEVELS}
    most = float(max(values.values()))
    return [
        LevelLine(
            label=LEVELS[level],
            value=_percent(value),
            everyone=_percent(getattr(everyone, level)) if everyone else wording.NOT_PUBLISHED,
            width=plots.share(float(value), most),
        )
        for level, value in values.items()
    ]


def _member(title: str, row: Attainment) -> MemberLine:
    return MemberLine(title, [_percent(getattr(row, level)) for level in LEVELS])


def _percent(value: Decimal) -> str:
    return f"{value:.1f}%"


def _says(own: Attainment) -> str:
    level = max(LEVELS, key=lambda level: getattr(own, level))
    share = getattr(own, level)
    words = {
        "less_than_high_school": "did not finish high school",
        "high_school": "finished high school and no more",
        "some_college": "have some college and no degree",
        "associate": "hold an associate’s degree",
        "bachelor": "hold a bachelor’s degree",
        "master": "hold a master’s degree",
        "doctoral": "hold a doctoral or professional degree",
    }
    most = "Most workers" if share > 50 else "The largest group of workers"
    return f"{most} ({_percent(share)}) {words[level]}."


def _range_says(rows: list[Attainment]) -> str:
    """Of all members, the share with a bachelor's degree or more."""
    shares = [row.bachelor + row.master + row.doctoral for row in rows]
    low, high = min(shares), max(shares)
    if round(low) == round(high):
        return f"About {round(low)}% of workers hold a bachelor’s degree or more."
    return (
        f"Between {round(low)}% and {round(high)}% of workers hold a bachelor’s degree or more, "
        "depending on the occupation."
    )
