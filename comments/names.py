"""Which display names are fine: readable, not somebody else's, not an office of ours."""

import re
import unicodedata

from django.core.exceptions import ValidationError

from comments.models import Reader
from comments.text import INVISIBLE, OVERRIDES, mixes_scripts

SHORTEST, LONGEST = 2, 40

RESERVED = {
    "admin", "administrator", "moderator", "moderators", "mod", "mods", "staff", "team", "editor",
    "editors", "fieldguide", "owner", "root", "system", "support", "help", "security", "official",
    "webmaster", "postmaster", "anonymous", "deleted", "erased", "removed", "nobody", "reader",
    "you", "everyone", "all", "bls", "bureauoflaborstatistics", "usgovernment", "departmentoflabor",
}  # fmt: skip

# Letters and digits that pass for another at a glance; capitals come after casefold.
# Letters and signs that pass for another at a glance, in lower case: "l" and "1" for "i".
LOOKALIKES = {
    "a": "аɑα4@", "b": "вьß", "c": "сϲ", "d": "ԁ", "e": "еёєεѐ3", "g": "ɡ", "h": "һн",
    "i": "іїιıӏℓl1|!", "j": "ј", "k": "кκ", "m": "м", "n": "пηѝ", "o": "оοσ0", "p": "рρ",
    "r": "г", "s": "ѕ5$", "t": "тτ7", "u": "υ", "v": "νѵ", "w": "ѡω", "x": "хχ", "y": "уγ",
}  # fmt: skip
LOOKS_LIKE = {ord(sign): letter for letter, signs in LOOKALIKES.items() for sign in signs}
RESERVED_SHAPES: set[str] = set()


def clean_name(name: str, reader: Reader | None = None) -> str:
    """The name in its stored form. ValidationError says what to change."""
    if INVISIBLE.search(name) or OVERRIDES.search(name):
        raise ValidationError("The name holds a character that nobody can see. Type it again.")
    name = " ".join(unicodedata.normalize("NFKC", name).split())
    if not SHORTEST <= len(name) <= LONGEST:
        raise ValidationError(f"Choose a name of {SHORTEST} to {LONGEST} characters.")
    if not all(map(is_allowed, name)):
        raise ValidationError("Use letters, digits, spaces, and . ' - only.")
    if not any(map(str.isalpha, name)):
        raise ValidationError("A name needs at least one letter.")
    if any(mixes_scripts(word) for word in re.split(r"[ .'’-]", name)):
        raise ValidationError("Write each word of the name in one alphabet.")
    if re.search(r"\w\.(com|net|org|info|biz|io|co|shop|xyz)\b", name, re.IGNORECASE):
        raise ValidationError("A web address cannot be a name.")
    if shape(name) in RESERVED_SHAPES or passes_for_staff(name, reader):
        raise ValidationError("This name is kept for those who run the site. Choose another.")
    return name


def is_allowed(character: str) -> bool:
    """Letters, marks and digits of any script, and what stands in real names."""
    return unicodedata.category(character)[0] in "LMN" or character in " .'’-"


def passes_for_staff(name: str, reader: Reader | None) -> bool:
    others = Reader.objects.staff()
    if reader:
        others = others.exclude(pk=reader.pk)
    return shape(name) in {shape(other) for other in others.values_list("display_name", flat=True)}


def shape(name: str) -> str:
    """What is left when everything that looks alike is made one: Adm1n and Аdmin become admin."""
    letters = unicodedata.normalize("NFKD", name).casefold().translate(LOOKS_LIKE)
    return "".join(letter for letter in letters if letter.isalnum()).replace("rn", "m")


RESERVED_SHAPES |= {shape(name) for name in RESERVED}
