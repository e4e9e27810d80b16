"""Telling whether files are the same ones as last time."""

import hashlib
from collections.abc import Iterable
from pathlib import Path


def fingerprint(folders: Iterable[Path]) -> str:
    """SHA-256 over the names and contents of every file below the folders."""
    digest = hashlib.sha256()
    for folder in folders:
        for path in sorted(p for p in folder.rglob("*") if is_source(p)):
            content = path.read_bytes()
            digest.update(f"{path.relative_to(folder)} {len(content)}\n".encode() + content)
    return digest.hexdigest()


def is_source(path: Path) -> bool:
    return path.is_file() and path.suffix != ".pyc"
