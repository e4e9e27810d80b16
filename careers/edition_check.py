"""What a plain version must be, as checks over files: no database is touched.

`check` gives one Defect for each thing that is wrong. Rules that need the handbook's own file
(overlap, facts) are left out when it is not there; `Report.handbook` says which edition was used.
"""

import html
import re
import statistics
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from lxml import etree

from careers import reading_grade
from careers.importers.files import BadFile, read_bytes, read_table
from careers.plain_text import PlainText, plain_paths, read_glossary, read_plain

HIGHEST_GRADE = Decimal("8.0")
HIGHEST_MEDIAN = Decimal("7.0")
SHORTEST_SHARED_RUN = 7  # words
OPENING = 5  # words
MOST_GUIDES_AN_OPENING = {"start": 10}
MOST_GUIDES_AN_OPENING_ELSEWHERE = 3

WORDS = {  # in order of the page
    "summary": (8, 25),
    "what": (80, 140),
    "where": (40, 80),
    "start": (60, 120),
    "pay": (30, 60),
    "outlook": (30, 60),
}
LINES = {"tasks": (4, 6), "like": (3, 4), "twice": (3, 4), "terms": (3, 5), "words": (3, 6)}


@dataclass(frozen=True)
class Defect:
    slug: str
    rule: str
    message: str

    def __str__(self) -> str:
        return f"{self.slug}: {self.rule}: {self.message}"


@dataclass(frozen=True)
class Facts:
    """What the handbook says of one guide. Empty education or training: it says neither."""

    education: str
    experience: str
    training: str
    become: str  # official text of "how to become one", folded, to look words up in


@dataclass
class Report:
    checked: int = 0
    grades: list[Decimal] = field(default_factory=list)
    handbook: str = ""  # "2024-34", or empty when its file was not there
    runs_compared: int = 0
    onet: bool = False
    defects: list[Defect] = field(default_factory=list)

    @property
    def median_grade(self) -> Decimal:
        return Decimal(statistics.median(self.grades)) if self.grades else Decimal(0)


# --- Facts: what a text may say, by the guide's figures -----------------------------------------

ABOVE_HIGH_SCHOOL = {
    "Postsecondary nondegree award",
    "Some college, no degree",
    "Associate's degree",
    "Bachelor's degree",
    "Master's degree",
    "Doctoral or professional degree",
}
DEGREES = ABOVE_HIGH_SCHOOL - {"Postsecondary nondegree award", "Some college, no degree"}
BELOW_BACHELOR = {
    "No formal educational credential",
    "High school diploma or equivalent",
    "Postsecondary nondegree award",
    "Some college, no degree",
    "Associate's degree",
}
_NEED = (
    r"\b(?:you(?:'ll)?|everyone) (?:will )?(?:need|must (?:have|earn|get|hold|finish))"
    r"[^.;:]{0,40}?\b"
)
_DOCTORATE = r"(?:doctorate|doctoral degree|ph\.?d|medical degree|law degree|professional degree)"
# A sentence with one of these speaks of some jobs, states or employers, not of the rule.
_HEDGE = re.compile(
    r"\b(?:some|many|few|often|may|might|can|could|certain|prefer\w*|other|others|if|usually"
    r"|sometimes|top|higher|depend\w*|unless|or)\b"
)


@dataclass(frozen=True)
class Claim:
    """A flat statement that is false when the figures are so."""

    name: str
    says: re.Pattern[str]
    is_false: Callable[[Facts], bool]


def _claim(name: str, says: str, is_false: Callable[[Facts], bool]) -> Claim:
    return Claim(name, re.compile(says), is_false)


CLAIMS = (
    _claim(
        "needs a doctorate",
        _NEED + _DOCTORATE,
        lambda f: bool(f.education) and f.education != "Doctoral or professional degree",
    ),
    _claim(
        "needs a master's degree",
        _NEED + r"master's",
        lambda f: (
            bool(f.education)
            and f.education not in {"Master's degree", "Doctoral or professional degree"}
        ),
    ),
    _claim(
        "needs a bachelor's degree", _NEED + r"bachelor's", lambda f: f.education in BELOW_BACHELOR
    ),
    _claim(
        "needs an associate's degree",
        _NEED + r"associate'?s?\b",
        lambda f: f.education in BELOW_BACHELOR - {"Associate's degree"},
    ),
    _claim(
        "needs a high school diploma",
        _NEED + r"high school",
        lambda f: f.education == "No formal educational credential",
    ),
    _claim(
        "needs no degree",
        r"\b(?:no|without a|(?:do not|don't) need an?(?: \w+)?) (?:college )?degree\b"
        r"|\bcollege is not (?:needed|required)\b|\bno college\b",
        lambda f: f.education in DEGREES,
    ),
    _claim(
        "a high school diploma is enough",
        r"\bhigh school diploma is (?:all|enough)\b|\bstraight (?:out of|from) high school\b",
        lambda f: f.education in ABOVE_HIGH_SCHOOL,
    ),
    _claim(
        "needs no schooling",
        r"\bno (?:formal )?(?:schooling|diploma|education)\b",
        lambda f: bool(f.education) and f.education != "No formal educational credential",
    ),
    _claim(
        "needs an apprenticeship",
        _NEED + r"apprenticeship",
        lambda f: bool(f.education) and f.training != "Apprenticeship",
    ),
    _claim(
        "needs no training",
        r"\b(?:no|without(?: any)?) training\b(?! (?:program|site|center))",
        lambda f: f.training not in {"", "None"},
    ),
    _claim(
        "long training is short",
        r"\b(?:train\w*|learn)\b[^.]{0,40}\b(?:a few|two|three) (?:hours|days|weeks)\b",
        lambda f: f.training in {"Long-term on-the-job training", "Apprenticeship"},
    ),
    _claim(
        "short training takes years",
        r"\byears (?:of (?:training )?on the job|of on-the-job|of paid training)",
        lambda f: f.training == "Short-term on-the-job training",
    ),
    _claim(
        "needs no experience",
        r"\b(?:no|without(?: any)?) (?:work )?experience\b",
        lambda f: f.experience in {"Less than 5 years", "5 years or more"},
    ),
    _claim(
        "needs years of experience",
        _NEED + r"years of (?:work |related )?experience",
        lambda f: f.experience == "None",
    ),
    _claim(
        "needs a license",
        r"\b(?:you|everyone) (?:will )?(?:must|need to|have to) (?:be licensed|get licensed)"
        r"|" + _NEED + r"license|\b(?:all|every) states? (?:requires?|asks?)[^.]{0,30}\blicense",
        lambda f: "licens" not in f.become,
    ),
)


@dataclass(frozen=True)
class Mention:
    """Something "How to start" must speak of when the figures are so."""

    name: str
    wanted: re.Pattern[str]
    when: Callable[[Facts], bool]


def _mention(name: str, wanted: str, when: Callable[[Facts], bool]) -> Mention:
    return Mention(name, re.compile(wanted), when)


_EVERY_STATE_LICENSES = re.compile(
    r"\b(?:all|every) states? (?:and the district of columbia )?requires?[^.]{0,80}licens"
    r"|must be licensed in (?:all|every)|licensed in all states"
)
MENTIONS = (
    _mention(
        "a doctoral or professional degree",
        r"doctor|professional degree|ph\.?d"
        r"|(?:dental|medical|law|pharmacy|vet\w*) (?:school|degree)",
        lambda f: f.education == "Doctoral or professional degree",
    ),
    _mention("a master's degree", r"master's", lambda f: f.education == "Master's degree"),
    _mention("a bachelor's degree", r"bachelor's", lambda f: f.education == "Bachelor's degree"),
    _mention("an associate's degree", r"associate", lambda f: f.education == "Associate's degree"),
    _mention(
        "a certificate or program after high school",
        r"certificate|program|academy|course|school|diploma",
        lambda f: f.education == "Postsecondary nondegree award",
    ),
    _mention(
        "college courses", r"college|course", lambda f: f.education == "Some college, no degree"
    ),
    _mention(
        "high school",
        r"high school|diploma|\bged\b",
        lambda f: f.education == "High school diploma or equivalent",
    ),
    _mention("an apprenticeship", r"apprentic", lambda f: f.training == "Apprenticeship"),
    _mention(
        "an internship, residency or other supervised work",
        r"intern|residen|supervis|fellowship|student teach",
        lambda f: f.training == "Internship/residency",
    ),
    _mention(
        "training on the job",
        r"train|learn|teach|taught|show|on the job|coach|mentor|apprentic|academy",
        lambda f: "on-the-job" in f.training,
    ),
    _mention(
        "earlier work in the field",
        r"experience|years|work your way|move up|first job|start (?:out )?as|begin as|promot",
        lambda f: f.experience in {"Less than 5 years", "5 years or more"},
    ),
    _mention(
        "the license that every state asks for",
        r"licens|certif|regist|\bexam\b",
        lambda f: bool(_EVERY_STATE_LICENSES.search(f.become)),
    ),
)

# --- Words that a plain version does without ----------------------------------------------------

FIGURES = (
    (re.compile(r"\$"), "a dollar sign"),
    (re.compile(r"%|\bper ?cent\b"), "a percentage"),
    (re.compile(r"\b(?!911\b|401\b|990\b)\d{3,}\b|\b\d{1,3},\d{3}\b"), "a number of 100 or more"),
    (re.compile(r"\b\d+[.\d]* (?:jobs?|openings|workers|dollars|positions)\b"), "a figure"),
    (
        re.compile(
            r"\b(?:hundreds?|thousands?|millions?|billions?) (?:of )?(?:new )?"
            r"(?:dollars|jobs|openings|workers|positions)\b"
        ),
        "a figure in words",
    ),
    (
        re.compile(
            r"\b(?:one|two|three|four|nine) (?:in|out of)(?: every)? "
            r"(?:two|three|four|five|six|seven|eight|nine|ten|twenty|\d+)\b"
        ),
        "a share in words",
    ),
)
UNWANTED = (
    (re.compile(r"\b(?:he|she|his|hers?|him|himself|herself)\b"), "a gendered pronoun"),
    (
        re.compile(
            r"\b(?:manpower|workman|workmen|\w+(?<!hu)(?<!wo)man's job|salesm[ae]n|firem[ae]n"
            r"|policem[ae]n|mailm[ae]n|chairm[ae]n|foreman|foremen|craftsm[ae]n|repairm[ae]n"
            r"|housewi\w+|waitress(?!es)|stewardess|girls?|boys?|ladies|guys?|male nurse)\b"
        ),
        "a gendered word",
    ),
    (
        re.compile(
            r"\b(?:dream job|dream career|rewarding|exciting|passion\w*|guarantee[sd]?"
            r"|recession.proof|secure your future|sky is the limit|best jobs?|perfect job"
            r"|you will love|never be out of work|fulfilling|world.class|cutting.edge"
            r"|fast.paced|fieldguide)\b"
        ),
        "a promise or empty praise",
    ),
    (
        re.compile(r"\b(?:licence|programme|organis\w+|colour\w*|centre|labour\w*|behaviour\w*)\b"),
        "British spelling",
    ),
)
_YOU = re.compile(r"\byou(?:r|rs|rself|'re|'ll|'ve|'d)?\b")


def check(
    fixtures: Path, data: Path, *, only: Collection[str] = (), fix_grades: bool = False
) -> Report:
    """Check `fixtures/plain` (all guides, or those in `only` against all others).

    Raises reading_grade.NoDictionary, and BadFile when one of the other files is broken.
    """
    profiles = _profiles(fixtures)
    report = Report()
    wanted = set(only) or set(profiles)
    texts = dict(_read_all(fixtures / "plain", wanted, report, whole=not only))
    if fix_grades:
        texts |= {slug: _with_true_grade(fixtures, texts[slug]) for slug in wanted & texts.keys()}
    checked = {slug: text for slug, text in texts.items() if slug in wanted}
    report.checked = len(checked)
    report.grades = [true_grade(text) for text in checked.values()]
    report.defects += _presence(profiles, wanted, checked)
    terms = set(read_glossary(fixtures / "glossary.csv"))
    for text in checked.values():
        report.defects += _alone(text, profiles, terms)
    report.defects += (d for d in _sameness(texts) if d.slug in wanted)
    if not only and report.median_grade > HIGHEST_MEDIAN:
        report.defects.append(Defect("all", "grade", f"the median is {report.median_grade}"))
    _check_against_sources(checked, data, report)
    report.defects.sort(key=lambda defect: (defect.slug, defect.rule, defect.message))
    return report


def true_grade(text: PlainText) -> Decimal:
    """Of the paragraphs and the lists together, each list line a sentence."""
    return reading_grade.grade(unit for _, unit in _units(text))


def _profiles(fixtures: Path) -> dict[str, str]:
    """Profile number by slug, of every guide that must have a plain version."""
    rows = read_table(fixtures / "guide_topics.csv", ["guide", "profile"])
    return {row["guide"]: row["profile"] for _, row in rows}


def _read_all(
    folder: Path, wanted: set[str], report: Report, *, whole: bool
) -> Iterator[tuple[str, PlainText]]:
    """A broken file is a defect, or no concern of ours when it was not asked for."""
    for path in plain_paths(folder):
        try:
            yield path.stem, read_plain(path)
        except BadFile as error:
            if whole or path.stem in wanted:
                report.defects.append(Defect(path.stem, "format", str(error)))


def _with_true_grade(fixtures: Path, text: PlainText) -> PlainText:
    true = true_grade(text)
    if true == text.grade:
        return text
    path = fixtures / "plain" / f"{text.slug}.md"
    content = path.read_text(encoding="utf-8")
    path.write_text(
        re.sub(r"(?m)^grade: .*$", f"grade: {true}", content, count=1), encoding="utf-8"
    )
    return read_plain(path)


# --- One text by itself -------------------------------------------------------------------------


def _presence(
    profiles: Mapping[str, str], wanted: set[str], checked: Mapping[str, PlainText]
) -> Iterator[Defect]:
    for slug in sorted(wanted - checked.keys()):
        yield Defect(slug, "presence", "has no plain version that can be read")
    for slug in sorted(checked.keys() - profiles.keys()):
        yield Defect(slug, "presence", "is no guide of guide_topics.csv")


def _alone(text: PlainText, profiles: Mapping[str, str], terms: set[str]) -> Iterator[Defect]:
    if text.profile != profiles.get(text.slug, text.profile):
        yield Defect(text.slug, "header", f"the guide's profile is {profiles[text.slug]}")
    for term in text.terms:
        if term not in terms:
            yield Defect(text.slug, "terms", f"{term} is not in glossary.csv")
    yield from _lengths(text)
    yield from _grades(text)
    yield from _wording(text)


def _lengths(text: PlainText) -> Iterator[Defect]:
    for part, (least, most) in WORDS.items():
        count = sum(len(unit.split()) for p, unit in _units(text) if p == part)
        if not least <= count <= most:
            yield Defect(
                text.slug, "length", f"{part} has {count} words; {least}–{most} are wanted"
            )
    for part, (least, most) in LINES.items():
        lines = getattr(text, part)
        if not least <= len(lines) <= most:
            yield Defect(text.slug, "length", f"{part} has {len(lines)}; {least}–{most} are wanted")
        if len(set(lines)) != len(lines):
            yield Defect(text.slug, "length", f"{part} says the same twice")


def _grades(text: PlainText) -> Iterator[Defect]:
    true = true_grade(text)
    if true > HIGHEST_GRADE:
        yield Defect(text.slug, "grade", f"{true} is above {HIGHEST_GRADE}")
    if abs(true - text.grade) > Decimal("0.05"):
        yield Defect(text.slug, "grade", f"the header says {text.grade}, the text is {true}")
    prose = reading_grade.grade(unit for part, unit in _units(text) if part not in LINES)
    if prose > HIGHEST_GRADE:
        yield Defect(text.slug, "grade", f"without its lists {prose} is above {HIGHEST_GRADE}")


def _wording(text: PlainText) -> Iterator[Defect]:
    for part, unit in _units(text):
        plain = reading_grade.straight(unit).lower()
        for pattern, what in (*FIGURES, *UNWANTED):
            if found := pattern.search(plain):
                yield Defect(text.slug, "wording", f"{part} has {what}: “{found[0]}”")
    for part in ("what", "start"):
        if not any(_YOU.search(unit.lower()) for p, unit in _units(text) if p == part):
            yield Defect(text.slug, "wording", f"{part} does not speak to “you”")


def _units(text: PlainText) -> Iterator[tuple[str, str]]:
    """(part, paragraph or line), in page order."""
    yield "summary", text.summary
    for part in ("what", "tasks", "where", "start", "pay", "outlook", "like", "twice"):
        value = getattr(text, part)
        if part == "start":
            yield from ((part, line) for _, line in value)
        elif isinstance(value, tuple):
            yield from ((part, line) for line in value)
        else:
            yield from ((part, paragraph) for paragraph in value.split("\n\n"))


# --- One text beside the others -----------------------------------------------------------------


def _sameness(texts: Mapping[str, PlainText]) -> Iterator[Defect]:
    openings: dict[tuple[bool, str], set[str]] = defaultdict(set)
    sentences: Counter[str] = Counter()
    first: dict[str, str] = {}
    for slug, part, words in _sentences(texts):
        if len(words) >= OPENING:
            openings[part == "start", " ".join(words[:OPENING])].add(slug)
        sentence = " ".join(words)
        sentences[sentence] += 1
        if sentences[sentence] > 1:
            for of in {slug, first[sentence]}:
                yield Defect(of, "twice", f"{slug} and {first[sentence]} both have “{sentence}”")
        first.setdefault(sentence, slug)
    for (in_start, opening), slugs in openings.items():
        most = MOST_GUIDES_AN_OPENING["start"] if in_start else MOST_GUIDES_AN_OPENING_ELSEWHERE
        if len(slugs) > most:
            for slug in slugs:
                yield Defect(
                    slug, "opening", f"“{opening} …” opens sentences of {len(slugs)} guides"
                )


def _sentences(texts: Mapping[str, PlainText]) -> Iterator[tuple[str, str, list[str]]]:
    for slug in sorted(texts):
        for part, unit in _units(texts[slug]):
            for sentence in reading_grade.split_sentences(unit):
                yield slug, part, [word.lower() for word in reading_grade.split_words(sentence)]


# --- The texts beside their sources -------------------------------------------------------------


def _check_against_sources(checked: Mapping[str, PlainText], data: Path, report: Report) -> None:
    """Fills `handbook`, `onet`, `runs_compared` and the defects of overlap and facts."""
    runs = _Runs(checked.values())
    handbook = next(iter(sorted((data / "ooh").glob("ooh-20??-??.xml.xz"), reverse=True)), None)
    if handbook:
        occupations = etree.fromstring(
            read_bytes(handbook), etree.XMLParser(resolve_entities=False)
        )
        report.handbook = handbook.name.removeprefix("ooh-").split(".")[0]
        for occupation in occupations.iter("occupation"):
            slug, facts = _facts(occupation)
            if slug in checked:
                report.defects += check_facts(checked[slug], facts)
            for element in occupation.iter("description", "section_body", *_SUMMARIES):
                runs.compare(_blocks(element.text or ""), "the handbook")
    tasks = data / "onet" / "onet-29.3-task-statements.tsv.xz"
    if tasks.exists():
        report.onet = True
        for line in read_bytes(tasks).decode().split("\n")[1:]:
            runs.compare(line.split("\t"), "O*NET")
    report.runs_compared = runs.compared
    report.defects += runs.defects()


_SUMMARIES = (
    "summary_what_they_do",
    "summary_work_environment",
    "summary_how_to_become_one",
    "summary_pay",
    "summary_outlook",
)
_ADDRESS = re.compile(r"/ooh/[a-z-]+/([a-z0-9-]+)\.htm")
_BLOCK_TAG = re.compile(r"</?(?:p|li|ul|ol|h[1-6]|td|tr|th|table|div|br)\b[^>]*>")
_TAG = re.compile(r"<[^>]+>")


def _facts(occupation: "etree._Element") -> tuple[str, Facts]:
    """(slug, facts): the slug stands only in the address of the citation."""
    address = _ADDRESS.search((occupation.findtext("citation") or "").lower())
    become = occupation.findtext("how_to_become_one/section_body") or ""
    return address[1] if address else "", Facts(
        education=_figure(occupation, "qf_entry_level_education"),
        experience=_figure(occupation, "qf_work_experience"),
        training=_figure(occupation, "qf_on_the_job_training"),
        become=re.sub(r"\s+", " ", " ".join(_blocks(become))).lower(),
    )


def _figure(occupation: "etree._Element", name: str) -> str:
    value = html.unescape(occupation.findtext(f"{name}/value") or "")
    return reading_grade.straight(value).strip()


def _blocks(markup: str) -> list[str]:
    parts = _BLOCK_TAG.split(markup)
    return [html.unescape(_TAG.sub("", part)) for part in parts if part.strip()]


def check_facts(text: PlainText, facts: Facts) -> Iterator[Defect]:
    for _, unit in _units(text):
        for sentence in reading_grade.split_sentences(unit):
            plain = sentence.lower()
            for claim in CLAIMS:
                if claim.says.search(plain) and claim.is_false(facts) and not _HEDGE.search(plain):
                    yield Defect(text.slug, "facts", f"{claim.name}? {_shown(facts)}: “{sentence}”")
    start = reading_grade.straight(" ".join(line for _, line in text.start)).lower()
    for mention in MENTIONS:
        if mention.when(facts) and not mention.wanted.search(start):
            yield Defect(text.slug, "facts", f"start leaves out {mention.name} ({_shown(facts)})")


def _shown(facts: Facts) -> str:
    return f"{facts.education or '–'} / {facts.experience or '–'} / {facts.training or '–'}"


class _Runs:
    """Finds runs of words that our texts share with a source."""

    def __init__(self, texts: Iterable[PlainText]) -> None:
        self.compared = 0
        self._units: list[tuple[str, str, list[str]]] = []
        self._where: dict[str, list[tuple[int, int]]] = defaultdict(list)
        self._hits: dict[tuple[int, str], set[int]] = defaultdict(set)
        for text in texts:
            for part, unit in _units(text):
                self._add(text.slug, part, _words(unit))

    def _add(self, slug: str, part: str, words: list[str]) -> None:
        for position, run in enumerate(_runs_of(words)):
            self._where[run].append((len(self._units), position))
        self._units.append((slug, part, words))

    def compare(self, blocks: Iterable[str], source: str) -> None:
        for block in blocks:
            for run in _runs_of(_words(block)):
                self.compared += 1
                for unit, position in self._where.get(run, ()):
                    self._hits[unit, source].add(position)

    def defects(self) -> Iterator[Defect]:
        for (unit, source), positions in self._hits.items():
            slug, part, words = self._units[unit]
            for first, last in _stretches(sorted(positions)):
                shared = " ".join(words[first : last + SHORTEST_SHARED_RUN])
                yield Defect(slug, "overlap", f"{part} shares with {source}: “{shared}”")


def _words(text: str) -> list[str]:
    return [word.lower() for word in reading_grade.split_words(text)]


def _runs_of(words: Sequence[str]) -> Iterator[str]:
    for start in range(len(words) - SHORTEST_SHARED_RUN + 1):
        yield " ".join(words[start : start + SHORTEST_SHARED_RUN])


def _stretches(positions: Sequence[int]) -> Iterator[tuple[int, int]]:
    """(first, last) of each row of neighbours."""
    first = last = positions[0]
    for position in positions[1:]:
        if position > last + 1:
            yield first, last
            first = position
        last = position
    yield first, last
