"""Codes that people read from paper or a screen and type back.

Crockford's base 32 (no I, L, O or U, so nothing is mistaken for another sign), with a last sign
that checks the others by the Luhn algorithm modulo 32: one wrong sign is told to be a mistype
before anything is looked up, and so are most swapped neighbours.
"""

import hashlib
import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_VALUE = {sign: value for value, sign in enumerate(ALPHABET)}
_LOOKALIKES = str.maketrans({"I": "1", "L": "1", "O": "0", "U": "V", "-": "", " ": "", ".": ""})
GROUP = 4


class MistypedCode(ValueError):
    """The text has another length or other signs than a code, or its check sign does not fit."""


def new_code(length: int) -> str:
    """A fresh code of ``length`` signs: ``(length - 1) * 5`` random bits and the check sign."""
    bits = secrets.randbits(5 * (length - 1))
    body = "".join(ALPHABET[bits >> 5 * place & 31] for place in range(length - 1))
    return body + _check_sign(body)


def grouped(code: str) -> str:
    """The code as it is printed: groups of four, joined by hyphens."""
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def read_code(typed: str, length: int) -> str:
    """The code that was meant by ``typed``: case, spaces, hyphens and lookalikes do not matter.

    Raises ``MistypedCode`` where it cannot be one.
    """
    code = "".join(typed.split()).upper().translate(_LOOKALIKES)
    if len(code) != length or any(sign not in _VALUE for sign in code):
        raise MistypedCode(typed)
    if _check_sign(code[:-1]) != code[-1]:
        raise MistypedCode(typed)
    return code


def digest(code: str, purpose: str) -> str:
    """SHA-256 of ``purpose:code`` as 64 hexadecimal digits.

    One code gives unrelated digests for different purposes, so rows kept for one purpose cannot be
    joined to rows kept for another.
    """
    return hashlib.sha256(f"{purpose}:{code}".encode()).hexdigest()


def _check_sign(body: str) -> str:
    total = 0
    for place, sign in enumerate(reversed(body)):
        value = _VALUE[sign] * (2 if place % 2 == 0 else 1)
        total += value // 32 + value % 32
    return ALPHABET[-total % 32]
