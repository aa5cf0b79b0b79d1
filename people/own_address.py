"""Proving that somebody reads the address they give: a mailed code, and what the session keeps.

The session keeps the address and the code's digest for a quarter of an hour, nothing else does.
"""

import hmac
import time
from typing import Any, TypedDict

from people.codes import MistypedCode, digest, new_code, read_code

LENGTH = 8
PURPOSE = "people.own_address"
VALID_SECONDS = 900
ATTEMPTS = 5


class Claim(TypedDict):
    """An address that waits for its code."""

    email: str
    digest: str
    until: float
    attempts: int


def new_claim(email: str) -> tuple[Claim, str]:
    """A claim to keep, and the code to mail."""
    code = new_code(LENGTH)
    kept = Claim(
        email=email.lower(),
        digest=digest(code, PURPOSE),
        until=time.time() + VALID_SECONDS,
        attempts=0,
    )
    return kept, code


def open_claim(kept: Any) -> Claim | None:
    """What a session kept, if it can still be proved."""
    if not kept or kept["until"] <= time.time() or kept["attempts"] >= ATTEMPTS:
        return None
    claim: Claim = kept
    return claim


def matches(typed: str, expected: str) -> bool:
    """Whether ``typed`` is the code with that digest."""
    try:
        return hmac.compare_digest(digest(read_code(typed, LENGTH), PURPOSE), expected)
    except MistypedCode:
        return False
