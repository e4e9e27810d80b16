"""When two texts are the same, or nearly, in the eyes of a reader."""

import hashlib
from itertools import pairwise

from comments.text import normal_form

NEAR = 8  # bits of 64 in which near texts may differ; unrelated ones differ in about 32
SHORTEST_NEAR = 60  # letters; shorter texts are alike by chance


def exact(text: str) -> str:
    return hashlib.sha256(normal_form(text).encode()).hexdigest()


def simhash(text: str) -> int | None:
    """64 bits, as a signed number, of which near texts share most; None for a short text."""
    words = normal_form(text)
    if len(words) < SHORTEST_NEAR:
        return None
    weights = [0] * 64
    for shingle in shingles(words.split()):
        bits = int.from_bytes(hashlib.blake2b(shingle.encode(), digest_size=8).digest())
        for position in range(64):
            weights[position] += 1 if bits >> position & 1 else -1
    return signed(sum(1 << position for position, weight in enumerate(weights) if weight > 0))


def shingles(words: list[str]) -> list[str]:
    """Words and pairs of words: single changed words move few bits."""
    return words + [f"{first} {second}" for first, second in pairwise(words)]


def signed(bits: int) -> int:
    return bits - (1 << 64) if bits >> 63 else bits


def is_near(one: int, other: int) -> bool:
    return ((one ^ other) & (1 << 64) - 1).bit_count() <= NEAR
