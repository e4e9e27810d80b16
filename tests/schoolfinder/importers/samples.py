"""Small files in the layouts of NCES and the Education Department; all schools are invented."""

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from schoolfinder.importers import directory

HD_ROW = {
    "UNITID": "900001",
    "INSTNM": "Prairie College",
    "IALIAS": " ",
    "ADDR": "1 Elm Street",
    "CITY": "Fargo",
    "STABBR": "ND",
    "ZIP": "58102-1234",
    "OBEREG": "4",
    "OPEID": "00123400",
    "WEBADDR": "www.prairie.example/",
    "FAIDURL": "",
    "APPLURL": "",
    "NPRICURL": "",
    "SECTOR": "1",
    "ICLEVEL": "1",
    "CONTROL": "1",
    "HBCU": "2",
    "TRIBAL": "2",
    "LOCALE": "12",
    "ACT": "A",
    "CLOSEDAT": "-2",
    "CYACTIVE": "1",
    "PSET4FLG": "1",
    "INSTSIZE": "2",
    "LONGITUD": "-96.789",
    "LATITUDE": "46.877",
    # Columns that nobody reads, two of them the name and title of a person.
    "CHFNM": "Pat Example",
    "CHFTITLE": "President",
    "CBSA": "-2",
}
assert HD_ROW.keys() >= set(directory.COLUMNS)

CIP_ROWS = (
    ("51", "HEALTH PROFESSIONS AND RELATED PROGRAMS."),
    ("51.38", "Registered Nursing, Nursing Administration and Clinical Nursing."),
    ("51.3801", "Registered Nursing/Registered Nurse."),
    ("51.3808", "Nursing Science."),
    ("01", "AGRICULTURAL/ANIMAL/PLANT/VETERINARY SCIENCE AND RELATED FIELDS."),
    ("01.09", "Animal Sciences."),
    ("01.0999", "Animal Sciences, Other."),
)


def write_rows(
    path: Path,
    rows: Sequence[Mapping[str, Any]],
    encoding: str = "utf-8",
    line_end: str = "\r\n",
) -> Path:
    """A table with the columns of its first row; NCES ends its lines as Windows does."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(rows[0]), lineterminator=line_end)
    writer.writeheader()
    writer.writerows(rows)
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def hd(folder: Path, *schools: Mapping[str, Any], year: int = 2024, **options: Any) -> Path:
    """The directory; each school says what it has instead of HD_ROW."""
    rows = [HD_ROW | {"UNITID": str(900_001 + n)} | school for n, school in enumerate(schools)]
    return write_rows(folder / f"hd{year}.csv", rows, **options)


def cip(folder: Path, *more: Mapping[str, str], **columns: str) -> Path:
    """The CIP with CIP_ROWS; `columns` are added to every row."""
    rows = [
        {"CIPCode": code, "Action": "No substantive changes", "CIPTitle": title} | columns
        for code, title in CIP_ROWS
    ]
    rows += [rows[0] | row for row in more]
    return write_rows(folder / "CIPCode2020.csv", rows)


def c_a(folder: Path, year: int, *awards: tuple[Any, ...], **columns: str) -> Path:
    """Completions: (unitid, cip, award level, awards[, major number]) each."""
    rows = [
        {
            "UNITID": unitid,
            "CIPCODE": code,
            "MAJORNUM": rest[0] if rest else 1,
            "AWLEVEL": level,
            "CTOTALT": number,
        }
        | columns
        for unitid, code, level, number, *rest in awards
    ]
    if not rows:
        rows = [{"UNITID": 100_000, "CIPCODE": "99", "MAJORNUM": 1, "AWLEVEL": 5, "CTOTALT": 0}]
    return write_rows(folder / f"c{year}_a.csv", rows)


def by_unitid(path: Path, *columns: str, **rows: Sequence[Any]) -> Path:
    """A table of figures: `u900001=("1", "2")`."""
    table = [
        {"UNITID": unitid[1:]} | dict(zip(columns, cells, strict=True))
        for unitid, cells in rows.items()
    ]
    return write_rows(path, table)
