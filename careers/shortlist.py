"""What a reader keeps without an account: the address of the page is the list."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from careers import listing, panels, picks
from careers.catalogue import Entry

MOST = 30  # of guides, and of programs
LONGEST_KEY = 80
VIEW = "careers:shortlist"


@dataclass(frozen=True)
class KeptGuide:
    card: listing.Card
    without_url: str  # the list without this guide


@dataclass(frozen=True)
class KeptProgram:
    hit: panels.Hit
    without_url: str


@dataclass(frozen=True)
class Shortlist:
    guides: list[KeptGuide]
    programs: list[KeptProgram]
    compare_url: str  # of its first guides; empty when there are not two
    compare_programs_url: str  # the same of its programs
    csv_url: str

    @property
    def count(self) -> int:
        return len(self.guides) + len(self.programs)


def shortlist(entries: Sequence[Entry], programs: Sequence[panels.Hit]) -> Shortlist:
    def without(gone: Entry | panels.Hit) -> str:
        left = [("p", str(hit.key)) for hit in programs if hit is not gone]
        return picks.address(VIEW, [entry for entry in entries if entry is not gone], *left)

    keys = [("p", str(hit.key)) for hit in programs]
    return Shortlist(
        guides=[KeptGuide(listing.card(entry), without(entry)) for entry in entries],
        programs=[KeptProgram(hit, without(hit)) for hit in programs],
        compare_url=picks.address("careers:compare", entries[:4]) if len(entries) > 1 else "",
        compare_programs_url=panels.program_comparison_url([str(hit.key) for hit in programs])
        if len(programs) > 1
        else "",
        csv_url=picks.address("careers:shortlist_csv", entries, *keys),
    )


def program_keys(asked: Iterable[str]) -> list[str]:
    """As an address names them: each once, none longer than a key can be."""
    keys = dict.fromkeys(key.strip() for key in asked)
    return [key for key in keys if 0 < len(key) <= LONGEST_KEY][:MOST]
