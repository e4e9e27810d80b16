"""Excel workbooks as BLS ships them, as rows of plain values."""

import warnings
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from careers.importers.files import MOST_BYTES, BadFile

Cells = tuple[Any, ...]


def is_workbook(path: Path) -> bool:
    """By what the file is: a ZIP with a workbook in it."""
    try:
        with zipfile.ZipFile(path) as archive:
            return "xl/workbook.xml" in archive.namelist()
    except (OSError, zipfile.BadZipFile):
        return False


@contextmanager
def opened(path: Path) -> Iterator[Workbook]:
    """Raises BadFile for what is no workbook, or unpacks to too much."""
    try:
        with zipfile.ZipFile(path) as archive:
            size = sum(member.file_size for member in archive.infolist())
        if size > MOST_BYTES:
            raise BadFile(path, None, f"unpacks to more than {MOST_BYTES // 2**20} MB")
        with warnings.catch_warnings():  # about extensions that hold no data
            warnings.simplefilter("ignore", UserWarning)
            book = load_workbook(path, read_only=True, data_only=True)
    except FileNotFoundError as error:
        raise BadFile(path, None, "there is no such file") from error
    except (OSError, KeyError, ValueError, zipfile.BadZipFile, InvalidFileException) as error:
        raise BadFile(path, None, f"is no workbook ({error})") from error
    try:
        yield book
    finally:
        book.close()


def rows(path: Path, book: Workbook, sheet: str) -> list[Cells]:
    """All rows of a sheet, padded to one length."""
    if sheet not in book.sheetnames:
        raise BadFile(path, None, f"has no sheet {sheet}")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        found = [tuple(row) for row in book[sheet].iter_rows(values_only=True)]
    width = max((len(row) for row in found), default=0)
    return [row + (None,) * (width - len(row)) for row in found]


def header_of(head: Sequence[Cells]) -> list[str]:
    """One lower-case text a column from header rows of which the upper have merged cells.

    An empty cell belongs to its left neighbour if a row below has something in its column.
    """
    columns = ["" for _ in head[0]] if head else []
    for depth, row in enumerate(head):
        left = ""
        for at, cell in enumerate(row):
            text = " ".join(str(cell).split()) if cell is not None else ""
            below = any(lower[at] is not None for lower in head[depth + 1 :])
            left = text or (left if below else "")
            columns[at] = f"{columns[at]} {left}".strip().lower()
    return columns
