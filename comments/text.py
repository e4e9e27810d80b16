"""What readers type, before anything is made of it: odd characters out, with a word about it."""

import re
import unicodedata

LONGEST = 5_000  # characters of one comment

# Bidirectional embeddings, overrides and isolates: they make text read as it is not written.
OVERRIDES = re.compile(r"[\u202a-\u202e\u2066-\u2069]")
# Controls that no keyboard types; tab and newline stay.
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
# Zero-width characters. A joiner has its place in emoji and Persian, so they may stay in a text.
INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2028\u2029\u2060-\u206f"
    "\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e0fff]"
)
JOINERS = "\u200c\u200d\ufe0e\ufe0f"
DIRECTIONS = "\u061c\u200e\u200f"
RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
FLAG_TAGS = re.compile("\U0001f3f4[\U000e0020-\U000e007f]+")
BETWEEN_LETTERS = re.compile(rf"(?<=[^\W\d_]){INVISIBLE.pattern}(?=[^\W\d_])")
# More marks on one letter than any language stacks.
MARK = r"[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]"
STACKED_MARKS = re.compile(f"({MARK}{{4}}){MARK}+")


def tidy(text: str) -> tuple[str, list[str]]:
    """The text in one normal form, and a sentence for each kind of thing that was taken out."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    taken_out = []
    for pattern, replacement, sentence in REPAIRS:
        text, found = pattern.subn(replacement, text)
        if found:
            taken_out.append(sentence)
    text = re.sub(r"[^\S\n]+\n", "\n", text)
    return re.sub(r"\n{4,}", "\n\n\n", text).strip(), taken_out


REPAIRS = (
    (CONTROLS, "", "Control characters were taken out."),
    (OVERRIDES, "", "Characters that turn the direction of text were taken out."),
    (STACKED_MARKS, r"\1", "Marks stacked on one letter were cut down."),
)


def normal_form(text: str) -> str:
    """Only the words: no case, no accents written apart, no signs, no invisible characters."""
    text = unicodedata.normalize("NFKC", INVISIBLE.sub("", text)).casefold()
    return " ".join(re.findall(r"\w+", text))


def looks_empty(text: str) -> bool:
    """Whether nothing of it can be seen."""
    return not any(is_visible(character) for character in INVISIBLE.sub("", text))


def is_visible(character: str) -> bool:
    return unicodedata.category(character)[0] not in "CZM"


def invisible_count(text: str) -> int:
    """Zero-width characters that nothing needs: not those of emoji, flags and joined scripts."""
    text = FLAG_TAGS.sub("", text)
    needed = JOINERS + (DIRECTIONS if RIGHT_TO_LEFT.search(text) else "")
    return sum(1 for match in INVISIBLE.finditer(text) if match[0] not in needed)


def splits_words(text: str) -> bool:
    """Whether an invisible character stands between two letters; a soft hyphen may."""
    return any(match[0] not in JOINERS + "\u00ad" for match in BETWEEN_LETTERS.finditer(text))


def script_of(letter: str) -> str:
    """LATIN, CYRILLIC, GREEK …: the first word of the letter's name; empty for other signs."""
    return unicodedata.name(letter, "").split(" ")[0] if letter.isalpha() else ""


LOOKALIKE_SCRIPTS = {"LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE"}


def mixes_scripts(word: str) -> bool:
    """Whether one word is built from letters of scripts that look alike (pаypal)."""
    return len({script_of(letter) for letter in word} & LOOKALIKE_SCRIPTS) > 1
