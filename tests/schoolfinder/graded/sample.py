"""Draw the pairs to be graded, without knowledge of the reviewed core: guide_slug, cip, drawn.

    python tests/schoolfinder/graded/sample.py > drawn.csv

A third of the guides of each cluster, and for each guide fields drawn in five ways, so that the
easy, the near and the far are all there. The same seed draws the same pairs.
"""

import csv
import lzma
import random
import re
import sys
from collections import defaultdict
from pathlib import Path

FIXTURES = Path(__file__).resolve().parents[3] / "fixtures"
SEED = 20261128
SHARE_OF_GUIDES = 0.33
FEWEST_GUIDES = 4  # of a cluster
# How a field is drawn → chances, one draw each.
CHANCES = {
    "link": (1, 1, 0.3),
    "group": (0.7,),
    "title": (0.7,),
    "family": (0.3,),
    "random": (0.25,),
}
# No school grants degrees in these: leisure, skills for living, diplomas, residencies.
NOT_OFFERED = {"28", "29", "32", "33", "34", "35", "36", "37", "53", "60", "61"}
FILLER = {"and", "or", "of", "the", "for", "in", "other", "general", "all", "technology", "workers"}

Rows = list[dict[str, str]]


def read(name: str) -> Rows:
    path = FIXTURES / name
    unpack = lzma.decompress if path.suffix == ".xz" else bytes
    text = unpack(path.read_bytes()).decode("utf-8-sig")
    return list(csv.DictReader(text.splitlines()))


def fields() -> dict[str, str]:
    """Six-digit code → title, of what schools can offer."""
    return {
        row["CIPCode"]: row["CIPTitle"]
        for row in read("cip/CIPCode2020.csv.xz")
        if re.fullmatch(r"\d\d\.\d{4}", row["CIPCode"])
        and row["CIPCode"][:2] not in NOT_OFFERED
        and not row["Action"].startswith(("Deleted", "Moved from"))
    }


def guides_of_clusters() -> dict[str, Rows]:
    clusters = {row["topic"]: row["cluster"] for row in read("topics.csv")}
    found = defaultdict(list)
    for row in read("guide_topics.csv"):
        found[clusters[row["topic"]]].append(row)
    return found


def links_of_guides() -> dict[str, set[str]]:
    """Profile → fields that the crosswalk leads from, postsecondary teaching left out."""
    by_code = defaultdict(set)
    for row in read("cip/cip2020_soc2018.csv.xz"):
        if not row["SOC2018Code"].startswith("25-1"):
            by_code[row["SOC2018Code"]].add(row["CIP2020Code"])
    found = defaultdict(set)
    for row in read("ooh/codes.csv"):
        soc = row["soc"]
        parts = [f"{soc[:-1]}{digit}" for digit in range(1, 10)] if soc.endswith("0") else []
        for code in (soc, *parts):
            found[row["profile"]] |= by_code[code]
    return found


def stems(text: str) -> set[str]:
    return {word[:6] for word in re.findall(r"[a-z]{3,}", text.lower()) if word not in FILLER}


def likeness(one: set[str], other: set[str]) -> float:
    return len(one & other) / len(one | other) if one | other else 0


def draw(title: str, linked: set[str], known: dict[str, str]) -> list[tuple[str, str]]:
    linked = linked & known.keys()
    groups, families = {cip[:5] for cip in linked}, {cip[:2] for cip in linked}
    own = stems(title)
    likes = {cip: likeness(own, stems(known[cip])) for cip in known.keys() - linked}
    alike = sorted((cip for cip in likes if likes[cip]), key=lambda cip: (-likes[cip], cip))
    pools = {
        "link": sorted(linked),
        "group": sorted(cip for cip in known.keys() - linked if cip[:5] in groups),
        "title": alike[:3],
        "family": sorted(cip for cip in known.keys() - linked if cip[:2] in families),
        "random": sorted(known),
    }
    drawn: dict[str, str] = {}
    for kind, chances in CHANCES.items():
        for chance in chances:
            left = [cip for cip in pools[kind] if cip not in drawn]
            if left and random.random() < chance:
                drawn[random.choice(left)] = kind
    return list(drawn.items())


def main() -> None:
    random.seed(SEED)
    known, links = fields(), links_of_guides()
    titles = {row["slug"]: row["title"] for row in read("ooh/guides.csv")}
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(["guide_slug", "cip", "drawn"])
    for _, guides in sorted(guides_of_clusters().items()):
        count = max(FEWEST_GUIDES, round(len(guides) * SHARE_OF_GUIDES))
        for guide in sorted(random.sample(guides, count), key=lambda row: row["guide"]):
            slug = guide["guide"]
            for cip, kind in draw(titles[slug], links[guide["profile"]], known):
                writer.writerow([slug, cip, kind])


if __name__ == "__main__":
    main()
