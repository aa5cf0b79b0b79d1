"""The urn's envelopes: what is put in, sealed so that a dump of the database does not read it.

docs/urn.md has the threat model and the whole mechanism. Here is the cryptography: AES-256-GCM
under a key per consultation, derived from ``settings.URN_KEY``, which lives outside the database.
Every envelope of a consultation has the same length, and is bound to its place.
"""

from __future__ import annotations

import json
import os
import secrets
import struct
import zlib
from collections.abc import MutableSequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from typing import Any, TypeVar
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from polls.questions.schema import Answers, Kind, Schema

NONCE = 12
HEADER = struct.Struct(">I")
BASE_SIZE = 1024
"""Room in every envelope for the closed answers, the group and the lookups, in bytes."""
ROOM = {Kind.SHORT_TEXT: 384, Kind.LONG_TEXT: 4096}
"""More room per open question: 5,000 letters of Dutch compress to some 2,500 bytes."""
ROOM_PER_OTHER = 384
ROOM_PER_CLOSED = 24
SPARE = 128
"""Kept free in what people send, for the notes that emptying makes in a ballot."""

T = TypeVar("T")


class Act(StrEnum):
    """What an envelope asks for when it is opened."""

    CAST = "cast"
    CHANGE = "change"
    WITHDRAW = "withdraw"


class TooLong(ValueError):
    """Together the answers are longer than the envelope, whatever each single limit allows."""


class BrokenSeal(ValueError):
    """An envelope that was not sealed with this key for this place, or was changed since."""


@dataclass(frozen=True)
class Envelope:
    """The content of an envelope, and of a ballot out of the urn.

    ``ballot`` is the lookup the ballot will stand under.
    """

    act: Act
    ballot: str
    answers: Answers = field(default_factory=dict)
    group: str = ""
    language: str = ""


def envelope_size(schema: Schema) -> int:
    """The one length, in bytes, of every envelope of a consultation with these questions.

    One length for all, because a long envelope beside a person would point at a long open answer.
    """
    room = BASE_SIZE
    for question in schema:
        room += ROOM.get(question.kind, ROOM_PER_CLOSED + 8 * len(question.rows))
        if question.other:
            room += ROOM_PER_OTHER
    return room


def seal(
    consultation_key: UUID,
    place: str,
    envelope: Envelope,
    size: int,
    *,
    code: str = "",
    spare: int = 0,
) -> bytes:
    """Seal ``envelope`` for ``place`` (table and lookup). Raises ``TooLong``.

    The result is ``size`` bytes and the seal's own 28, whatever is inside. With a ``code`` it takes
    that code to open it, which the portal does not have. ``spare`` bytes must stay free.
    """
    packed = zlib.compress(json.dumps(vars(envelope), ensure_ascii=False).encode(), 6)
    room = size - HEADER.size
    if len(packed) > room - spare:
        raise TooLong(len(packed))
    plain = HEADER.pack(len(packed)) + packed + bytes(room - len(packed))
    nonce = os.urandom(NONCE)
    key = _key_for(consultation_key, code)
    return nonce + AESGCM(key).encrypt(nonce, plain, place.encode())


def unseal(
    consultation_key: UUID, place: str, sealed: bytes | memoryview, *, code: str = ""
) -> Envelope:
    """Open what ``seal`` closed for this consultation, place and code. Raises ``BrokenSeal``."""
    raw = bytes(sealed)
    try:
        key = _key_for(consultation_key, code)
        plain = AESGCM(key).decrypt(raw[:NONCE], raw[NONCE:], place.encode())
    except Exception as error:
        raise BrokenSeal(place) from error
    (length,) = HEADER.unpack_from(plain)
    content: dict[str, Any] = json.loads(zlib.decompress(plain[HEADER.size : HEADER.size + length]))
    return Envelope(**{**content, "act": Act(content["act"])})


def urn_place(lookup: str) -> str:
    """The place of an envelope in the urn."""
    return f"urn:{lookup}"


def ballot_place(lookup: str) -> str:
    """The place of a ballot out of the urn."""
    return f"ballot:{lookup}"


def slip_place(lookup: str) -> str:
    """The place of a slip of agreement."""
    return f"slip:{lookup}"


def paper_place(lookup: str) -> str:
    """The place of what was typed once from a paper form."""
    return f"paper:{lookup}"


def shuffle(items: MutableSequence[T]) -> None:
    """Shuffle in place with the operating system's randomness."""
    secrets.SystemRandom().shuffle(items)


def _key_for(consultation_key: UUID, code: str) -> bytes:
    if not code:
        return _key(settings.URN_KEY, consultation_key)
    # Not kept in the process: a code is nobody's but who holds it.
    info = b"orportaal paper " + consultation_key.bytes
    derived = HKDF(algorithm=SHA256(), length=32, salt=code.encode(), info=info)
    return derived.derive(settings.URN_KEY.encode())


@lru_cache(maxsize=256)
def _key(urn_key: str, consultation_key: UUID) -> bytes:
    info = b"orportaal urn " + consultation_key.bytes
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=info).derive(urn_key.encode())
