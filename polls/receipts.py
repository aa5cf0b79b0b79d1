"""Codes that people hold and the portal does not: receipts for a ballot, and printed voting codes.

Stored are digests only, one per purpose, so that rows kept for one cannot be joined to another.
"""

import hashlib
import hmac
from functools import lru_cache

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from people.codes import digest, new_code, read_code

RECEIPT_SIGNS = 20
"""95 random bits and the check sign: ``7QK2-93HD-M0VB-XE5T-4ZPA``."""
VOTING_SIGNS = 12
"""55 random bits and the check sign; enough because its digest is keyed outside the database."""


def new_receipt() -> str:
    """A fresh receipt, ungrouped (``people.codes.grouped`` for the screen)."""
    return new_code(RECEIPT_SIGNS)


def new_voting_code() -> str:
    """A fresh voting code, ungrouped."""
    return new_code(VOTING_SIGNS)


def voting_url() -> str:
    """Where voting codes are typed, as it stands on letters and cards."""
    return f"{settings.PORTAL_URL}/stem/"


def read_receipt(typed: str) -> str:
    """The receipt meant by what was typed. Raises ``people.codes.MistypedCode``."""
    return read_code(typed, RECEIPT_SIGNS)


def read_voting_code(typed: str) -> str:
    """The voting code meant by what was typed. Raises ``people.codes.MistypedCode``."""
    return read_code(typed, VOTING_SIGNS)


def urn_lookup(consultation_key: object, receipt: str) -> str:
    """Where the envelope of ``receipt`` stands in the urn: 64 hexadecimal digits."""
    return digest(receipt, f"urn:{consultation_key}")


def change_lookup(consultation_key: object, receipt: str) -> str:
    """Where a change to the ballot of ``receipt`` stands in the urn."""
    return digest(receipt, f"change:{consultation_key}")


def ballot_lookup(consultation_key: object, receipt: str) -> str:
    """Where the ballot of ``receipt`` stands out of the urn. No lookup follows from another."""
    return digest(receipt, f"ballot:{consultation_key}")


def voting_code_hash(code: str) -> str:
    """What is stored of a voting code: without the key, trying all codes on a dump finds none."""
    return hmac.new(_pepper(settings.URN_KEY), code.encode(), hashlib.sha256).hexdigest()


def paper_lookup(code_hash: str) -> str:
    """Where what was typed once from the form with this code waits; the two cannot be joined."""
    named = f"paper:{code_hash}".encode()
    return hmac.new(_pepper(settings.URN_KEY), named, hashlib.sha256).hexdigest()


def agree_lookup(consultation_key: object, person_pk: int) -> str:
    """Where the slip of this person stands; without the key nobody can tell whose it is."""
    named = f"agree:{consultation_key}:{person_pk}".encode()
    return hmac.new(_pepper(settings.URN_KEY), named, hashlib.sha256).hexdigest()


@lru_cache(maxsize=4)
def _pepper(urn_key: str) -> bytes:
    hkdf = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"orportaal voting codes")
    return hkdf.derive(urn_key.encode())
