"""The embedded slices of one edition of the handbook: CSV of our own layout, facts only.

`fixtures/README.md` describes the columns. `script/cut_careers` writes them from BLS's own file
with `write_slices`; `read_slices` gives back a `Handbook` equal to it, but for the text.
"""

import csv
import io
import lzma
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from careers.importers.files import BadFile, Row, read_table
from careers.importers.handbook import Handbook, Pay, Percentiles, Profile, Share

EDITION = "edition.csv"
GUIDES = "guides.csv"
CODES = "codes.csv"
SIMILAR = "similar.csv"
PERCENTILES = "percentiles.csv"
SHARES = "industry_shares.csv"
PAY = "industry_pay.csv.xz"
FILES = (EDITION, GUIDES, CODES, SIMILAR, PERCENTILES, SHARES, PAY)

_EDITION = (
    *("base_year", "projection_year", "reference_period", "last_updated"),
    *("growth_all", "median_pay_all"),
)
_GUIDE = (
    *("profile", "slug", "group", "title", "singular", "video_url", "last_changed"),
    *("median_pay_annual", "median_pay_hourly", "pay_at_least", "jobs", "growth", "change"),
    *("openings", "outlook", "education", "experience", "training"),
)
_CODE = ("profile", "soc", "title")
_SIMILAR = ("profile", "similar")
_ROWS: dict[str, tuple[str, type[Any]]] = {
    PERCENTILES: ("percentiles", Percentiles),
    SHARES: ("shares", Share),
    PAY: ("industry_pay", Pay),
}


def read_slices(folder: Path) -> Handbook:
    """Raises BadFile with file and line."""
    edition = _only_row(folder / EDITION)
    rows: dict[str, defaultdict[str, list[Any]]] = {
        "codes": _grouped(folder / CODES, _CODE, lambda row: (row["soc"], row["title"])),
        "similar": _grouped(folder / SIMILAR, _SIMILAR, lambda row: row["similar"]),
    }
    for file, (name, kind) in _ROWS.items():
        rows[name] = _grouped(folder / file, ("profile", *_names(kind)), _maker(kind))
    guides = list(_converted(folder / GUIDES, _GUIDE, _guide))
    _refuse_strangers(folder, {guide["number"] for guide in guides}, *rows.values())
    return Handbook(
        **edition,
        profiles=tuple(_profile(guide, rows) for guide in guides),
        has_sections=False,
    )


def write_slices(handbook: Handbook, folder: Path) -> None:
    """The same bytes for the same handbook, whenever and wherever it runs."""
    folder.mkdir(parents=True, exist_ok=True)
    profiles = handbook.profiles
    write_csv(folder / EDITION, _EDITION, [[getattr(handbook, name) for name in _EDITION]])
    guide_names = ["number", *_GUIDE[1:]]
    write_csv(
        folder / GUIDES,
        _GUIDE,
        ([getattr(profile, name) for name in guide_names] for profile in profiles),
    )
    write_csv(
        folder / CODES,
        _CODE,
        ([profile.number, *code] for profile in profiles for code in profile.codes),
    )
    write_csv(
        folder / SIMILAR,
        _SIMILAR,
        ([profile.number, slug] for profile in profiles for slug in profile.similar),
    )
    for file, (rows_of, kind) in _ROWS.items():
        write_csv(
            folder / file,
            ("profile", *_names(kind)),
            (
                [profile.number, *(getattr(row, name) for name in _names(kind))]
                for profile in profiles
                for row in getattr(profile, rows_of)
            ),
        )


def write_csv(
    path: Path, header: Sequence[str], rows: Iterable[Sequence[Any]], delimiter: str = ","
) -> None:
    """Missing is empty, true is 1; a path that ends in .xz is packed."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([_cell(value) for value in row] for row in rows)
    content = text.getvalue().encode()
    if path.suffix == ".xz":
        content = lzma.compress(content, preset=6 | lzma.PRESET_EXTREME)
    path.write_bytes(content)


def _cell(value: Any) -> str:
    if value is None or value is False:
        return ""
    return "1" if value is True else str(value)


def _names(kind: type[Any]) -> tuple[str, ...]:
    return tuple(one.name for one in fields(kind))


# Reading -------------------------------------------------------------------------------------


def _only_row(path: Path) -> dict[str, Any]:
    rows = list(_converted(path, _EDITION, _edition))
    if len(rows) != 1:
        raise BadFile(path, None, f"holds {len(rows)} editions; one was expected")
    return rows[0]


def _converted[T](path: Path, columns: Sequence[str], convert: Callable[[Row], T]) -> Iterable[T]:
    for line, row in read_table(path, columns):
        try:
            yield convert(row)
        except (ValueError, InvalidOperation) as error:
            raise BadFile(path, line, f"{error or 'has a value that is no number'}") from error


def _grouped[T](
    path: Path, columns: Sequence[str], convert: Callable[[Row], T]
) -> defaultdict[str, list[T]]:
    """Rows by profile number, in the file's order."""
    groups: defaultdict[str, list[T]] = defaultdict(list)
    for number, row in _converted(path, columns, lambda row: (row["profile"], convert(row))):
        groups[number].append(row)
    return groups


def _profile(guide: dict[str, Any], rows: dict[str, defaultdict[str, list[Any]]]) -> Profile:
    own: dict[str, Any] = {name: tuple(of[guide["number"]]) for name, of in rows.items()}
    return Profile(**guide, **own)


def _refuse_strangers(folder: Path, numbers: set[str], *groups: dict[str, Any]) -> None:
    for group in groups:
        if strangers := sorted(group.keys() - numbers):
            raise BadFile(folder, None, f"profile {strangers[0]} is not in {GUIDES}")


def _edition(row: Row) -> dict[str, Any]:
    return {
        "base_year": int(row["base_year"]),
        "projection_year": int(row["projection_year"]),
        "reference_period": row["reference_period"],
        "last_updated": _date(row["last_updated"]),
        "growth_all": _decimal(row["growth_all"]),
        "median_pay_all": _integer(row["median_pay_all"]),
    }


def _guide(row: Row) -> dict[str, Any]:
    if not re.fullmatch(r"\d{3}", row["profile"]):
        raise ValueError(f"{row['profile']!r} is not a profile number")
    guide: dict[str, Any] = {name: row[name] for name in _GUIDE[1:]}
    guide["number"] = row["profile"]
    guide["last_changed"] = _date(row["last_changed"])
    guide["median_pay_hourly"] = _decimal(row["median_pay_hourly"])
    whole = ("median_pay_annual", "pay_at_least", "jobs", "growth", "change", "openings")
    return guide | {name: _integer(row[name]) for name in whole}


def _maker[T](kind: type[T]) -> Callable[[Row], T]:
    """From a row to a dataclass, by the declared types of its fields."""
    convert = {
        one.name: _CONVERTERS[one.type]
        for one in fields(kind)  # type: ignore[arg-type]
    }
    return lambda row: kind(**{name: as_type(row[name]) for name, as_type in convert.items()})


def _date(cell: str) -> date | None:
    return date.fromisoformat(cell) if cell else None


def _integer(cell: str) -> int | None:
    return int(cell) if cell else None


def _decimal(cell: str) -> Decimal | None:
    return Decimal(cell) if cell else None


_CONVERTERS: dict[Any, Callable[[str], Any]] = {
    str: str,
    int: int,
    bool: bool,
    Decimal: Decimal,
    Decimal | None: _decimal,
}
