"""The sentence beside each school's box. Old versions stay: stored consents name them."""

import hashlib

WORDINGS = {
    1: "Yes, send {school} what its preview shows, once. It may answer by e-mail,"
    " and call only if I give a number.",
}
CURRENT = max(WORDINGS)


def sentence(school: str, version: int = CURRENT) -> str:
    return WORDINGS[version].format(school=school)


def wording_hash(school: str, version: int = CURRENT) -> str:
    """SHA-256 of exactly what stood beside the box."""
    return hashlib.sha256(sentence(school, version).encode()).hexdigest()
