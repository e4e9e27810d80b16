"""The words of the finder that not everybody knows, explained where they stand."""

from careers.models import GlossaryTerm

WORDS = (
    "net-price",
    "tuition",
    "graduation-rate",
    "open-admission",
    "match-band",
    "award-level",
    "accreditation",
    "median",
    "not-published",
)


def words_explained() -> list[GlossaryTerm]:
    """Those of WORDS that the glossary has. One query."""
    return list(GlossaryTerm.objects.filter(slug__in=WORDS).order_by("term"))
