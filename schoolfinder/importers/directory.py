"""Schools from NCES' directory, HD: `hd2024.csv`.

Administrative units (SECTOR 0) and child campuses (ACT G, reported with their main campus) offer
nothing of their own and are left out. A closed school is retired: its page stays, with a notice.
CHFNM and CHFTITLE, the name and title of the head, are not read.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from urllib.parse import quote, urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils import timezone

from careers.importers.files import read_table
from careers.importers.progress import Report, silent
from careers.importers.sync import Changes, Difference, compare
from schoolfinder.importers.cells import Cells
from schoolfinder.importers.releases import Release, school_year, year_in
from schoolfinder.models import School

SOURCE = "ipeds-directory"
COLUMNS = (
    *("UNITID", "INSTNM", "IALIAS", "ADDR", "CITY", "STABBR", "ZIP", "OBEREG", "OPEID"),
    *("WEBADDR", "FAIDURL", "APPLURL", "NPRICURL", "SECTOR", "ICLEVEL", "CONTROL", "HBCU"),
    *("TRIBAL", "LOCALE", "ACT", "CLOSEDAT", "CYACTIVE", "PSET4FLG", "INSTSIZE"),
    *("LONGITUD", "LATITUDE"),
)
FIELDS = (
    *("opeid", "name", "aliases", "address", "city", "state", "zip", "lat", "lon", "control"),
    *("level", "size", "locale", "status", "closed_on", "title_iv", "service_academy", "hbcu"),
    *("tribal", "website", "apply_url", "aid_url", "net_price_url"),
)

_is_web_address = URLValidator(schemes=["http", "https"])


def import_directory(path: Path, report: Report = silent, states: Sequence[str] = ()) -> Changes:
    """`states`: only these, to seed a small database; schools of others are left as they are."""
    label = school_year(year_in(path, r"hd(20[0-9]{2})", "hd2024.csv"))
    release = Release.of(SOURCE, label, [path], only=states)
    return release.import_once(lambda: [_compare(path, states)], report)


def read_directory(path: Path) -> Iterator[School]:
    """Schools as the file has them; `retired_at` is left to the writer."""
    seen: set[str] = set()
    for line, row in read_table(path, COLUMNS):
        cells = Cells(path, line, row)
        if row["UNITID"] in seen:
            raise cells.again("UNITID")
        seen.add(row["UNITID"])
        if row["SECTOR"] != "0" and row["ACT"] != "G":
            yield _school(cells)


def _compare(path: Path, states: Sequence[str]) -> Difference:
    scope = School.objects.filter(state__in=states) if states else School.objects.all()
    retired = dict(scope.exclude(retired_at=None).values_list("unitid", "retired_at"))
    rows = (s for s in read_directory(path) if not states or s.state in states)
    return compare(
        scope, _with_retirement(rows, retired), key=["unitid"], fields=FIELDS, gone="retire"
    )


def _with_retirement(
    schools: Iterator[School], retired: Mapping[int, datetime | None]
) -> Iterator[School]:
    """A closed school is retired on the day of the first import that says so."""
    now = timezone.now()
    for school in schools:
        if school.status == School.Status.CLOSED:
            school.retired_at = retired.get(school.unitid, now)
        yield school


def _school(cells: Cells) -> School:
    return School(
        unitid=cells.unitid(),
        opeid=_opeid(cells),
        name=_display_name(cells.text("INSTNM", 160)),
        aliases=_aliases(cells),
        address=cells.text("ADDR", 160),
        city=_city(cells.text("CITY", 60)),
        state=_state(cells),
        zip=_zip(cells),
        lat=cells.degrees("LATITUDE", 90),
        lon=cells.degrees("LONGITUD", 180),
        control=cells.code("CONTROL"),
        level=cells.code("ICLEVEL"),
        size=cells.code("INSTSIZE"),
        locale=cells.code("LOCALE"),
        status=_status(cells),
        closed_on=_closing_date(cells),
        title_iv=cells.row["PSET4FLG"] in ("1", "3"),  # 3: mainly something else, but eligible
        service_academy=cells.row["OBEREG"] == "0",
        hbcu=cells.row["HBCU"] == "1",
        tribal=cells.row["TRIBAL"] == "1",
        website=_web_address(cells, "WEBADDR"),
        apply_url=_web_address(cells, "APPLURL"),
        aid_url=_web_address(cells, "FAIDURL"),
        net_price_url=_web_address(cells, "NPRICURL"),
    )


def _status(cells: Cells) -> School.Status:
    """CYACTIVE 3 is closed, combined or out of scope; ACT M closes in the file's own year."""
    if cells.row["CYACTIVE"] not in ("1", "3"):
        raise cells.bad("CYACTIVE", "1 or 3")
    if cells.row["CYACTIVE"] == "3":
        return School.Status.CLOSED
    return School.Status.CLOSING if cells.row["ACT"] == "M" else School.Status.ACTIVE


def _closing_date(cells: Cells) -> date | None:
    """CLOSEDAT is −2, or a date as text; a school that reopened may still carry one."""
    cell = cells.row["CLOSEDAT"]
    if _status(cells) == School.Status.ACTIVE or cell in ("", "-1", "-2", "-3"):
        return None
    try:
        return datetime.strptime(cell, "%m/%d/%Y").date()
    except ValueError:
        return None  # "Spring 2024" and the like: no date is lost by not having it


def _opeid(cells: Cells) -> str:
    cell = cells.row["OPEID"]
    if cell in ("", "-2"):
        return ""
    if not re.fullmatch(r"[0-9]{6,8}", cell):
        raise cells.bad("OPEID", "eight digits")
    return cell.zfill(8)  # spreadsheets eat the leading zeros


def _state(cells: Cells) -> str:
    if not re.fullmatch(r"[A-Z]{2}", cells.row["STABBR"]):
        raise cells.bad("STABBR", "two capitals")
    return cells.row["STABBR"]


def _zip(cells: Cells) -> str:
    """Half of them are ZIP+4."""
    if not re.match(r"[0-9]{5}(-?[0-9]{4})?$", cells.row["ZIP"]):
        raise cells.bad("ZIP", "a ZIP code")
    return cells.row["ZIP"][:5]


def _aliases(cells: Cells) -> str:
    """Parted by |, ; or several blanks. Commas stay: "Trinity College, Hartford" is one name."""
    parts = re.split(r"\||;|\s{2,}", cells.row["IALIAS"])
    names = [" ".join(part.split()) for part in parts]
    return "\n".join(dict.fromkeys(name for name in names if name.isprintable() and name))


def _display_name(name: str) -> str:
    """Two schools shout; one word in capitals is an abbreviation."""
    return _calm(name) if name.isupper() and " " in name else name


def _city(city: str) -> str:
    return _calm(city) if city.isupper() or city.islower() else city


def _calm(text: str) -> str:
    words = [word.capitalize() for word in text.split()]
    small = {"And", "At", "Of", "In", "The", "For"}
    return " ".join(w.lower() if n and w in small else w for n, w in enumerate(words))


def _web_address(cells: Cells, column: str) -> str:
    """Bare hosts get https; what is no web address (two at once, an e-mail address) is dropped."""
    address = cells.row[column]
    is_two = " " in address and address.count("://") > 1
    if not address or address.startswith("-") or is_two:
        return ""
    if "://" not in address:
        address = f"https://{address}"
    address = quote(address, safe="%/:?#[]@!$&'()*+,;=~|")
    try:
        _is_web_address(address)
        host = urlsplit(address).netloc
    except (ValidationError, ValueError):
        return ""
    return "" if "@" in host or len(address) > 300 else address
