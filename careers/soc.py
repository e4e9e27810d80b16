"""Codes of the Standard Occupational Classification: "11-9111"."""

import re

ALL_WORKERS = "00-0000"  # BLS's line for all occupations together

_FORM = re.compile(r"[0-9]{2}-[0-9]{4}")


def is_code(text: str) -> bool:
    return _FORM.fullmatch(text) is not None


def broad_of(code: str) -> str:
    """The broad code that holds a detailed one; the handbook uses six of them (13-1020)."""
    return f"{code[:6]}0"
