"""One edition of the handbook in memory, as every reader gives it and as the writer takes it.

`ooh_xml` reads BLS's own file, `ooh_csv` the embedded slices; both give the same `Handbook`, so
two files can be compared with `==`. `handbook_writer` brings it into the database.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Percentiles:
    member: str  # empty: the guide as a whole
    unit: str  # "year" or "hour"
    period: str  # "May 2024"
    p10: Decimal
    median: Decimal | None
    p90: Decimal
    p90_top_coded: bool


@dataclass(frozen=True, slots=True)
class Share:
    member: str
    industry: str
    percent: int


@dataclass(frozen=True, slots=True)
class Pay:
    member: str
    industry: str
    unit: str
    median: Decimal
    at_least: bool


@dataclass(frozen=True, slots=True)
class Text:
    """A section of the official text, cleaned."""

    key: str
    title: str
    summary: str
    html: str
    words: int


@dataclass(frozen=True, slots=True)
class Profile:
    """One profile. Choices (education, outlook …) hold our keys; missing is None or empty."""

    number: str  # "047": the digits of the profile's code
    slug: str
    group: str  # slug of the official group
    title: str
    singular: str
    video_url: str
    last_changed: date | None
    median_pay_annual: int | None
    median_pay_hourly: Decimal | None
    pay_at_least: int | None
    jobs: int | None
    growth: int | None
    change: int | None
    openings: int | None
    outlook: str
    education: str
    experience: str
    training: str
    codes: tuple[tuple[str, str], ...]  # (SOC code, its title), by code
    similar: tuple[str, ...]  # slugs, in the handbook's order
    percentiles: tuple[Percentiles, ...]
    shares: tuple[Share, ...]
    industry_pay: tuple[Pay, ...]
    # Official text. Left out of comparisons: the embedded slices carry facts only.
    sections: tuple[Text, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Handbook:
    base_year: int
    projection_year: int
    reference_period: str  # "May 2024"
    last_updated: date | None
    growth_all: Decimal | None  # percent, for all occupations together
    median_pay_all: int | None
    profiles: tuple[Profile, ...]
    has_sections: bool = field(default=True, compare=False)

    @property
    def label(self) -> str:
        return f"{self.base_year}-{self.projection_year % 100:02}"
