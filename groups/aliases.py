"""Writing under an alias: who is behind one only the holder of the key can work out.

Two keys are derived from ``settings.ALIAS_KEY``, which is kept out of the database: one hashes
group and person into a *tag*, one seals letters until the next round. docs/aliases.md has the
threats, the design, and what this does not protect against.
"""

from __future__ import annotations

import hmac
import json
import os
import struct
import zlib
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from groups.alias_names import ADJECTIVES, ANIMALS, PLACES

if TYPE_CHECKING:
    from groups.models import Group
    from people.models import Person

SIZE = 8_192
"""Every sealed letter's length in bytes, so that a long message cannot be told from a short one."""
_NONCE = 12
_LENGTH = struct.Struct(">I")


class LetterTooLongError(ValueError):
    """Even compressed the letter does not fit the envelope."""


class Act(StrEnum):
    """What a letter asks for when it is opened."""

    THREAD = "thread"
    MESSAGE = "message"
    EDIT = "edit"
    DELETE = "delete"


@dataclass(frozen=True)
class Letter:
    """The content of a sealed letter; ``thread`` and ``message`` are keys, empty where unused."""

    act: Act
    group: str
    tag: str
    written_at: str
    thread: str = ""
    message: str = ""
    title: str = ""
    body: str = ""

    @property
    def moment(self) -> datetime:
        """When it was written; known inside the seal only, and gone with it."""
        return datetime.fromisoformat(self.written_at)


def tag_of(person: Person, group: Group) -> str:
    """The mark that the person's aliases in this group carry: 64 hexadecimal digits."""
    return _mac(b"alias", group.key.bytes, person.key.bytes)


def report_tag(person: Person, message_key: bytes) -> str:
    """The mark of one person's report on one message; unlike the alias' tag."""
    return _mac(b"report", message_key, person.key.bytes)


def name_of(tag: str, attempt: int = 0) -> str:
    """A pronounceable name for a tag; ``attempt`` counts the names found taken in the group."""
    number = int.from_bytes(sha256(f"{tag}:{attempt}".encode()).digest())
    number, adjective = divmod(number, len(ADJECTIVES))
    number, animal = divmod(number, len(ANIMALS))
    place = number % len(PLACES)
    return f"{ADJECTIVES[adjective]} {ANIMALS[animal].lower()} {PLACES[place]}"


def free_name(tag: str, taken: set[str]) -> str:
    """The first name for the tag that is not ``taken``."""
    attempt = 0
    while (name := name_of(tag, attempt)) in taken:
        attempt += 1
    return name


def seal(letter: Letter) -> bytes:
    """The letter as ``SIZE`` bytes that nobody reads without the key.

    Raises ``LetterTooLongError`` where it does not fit.
    """
    packed = zlib.compress(json.dumps(asdict(letter)).encode(), level=9)
    room = SIZE - _NONCE - _LENGTH.size - 16
    if len(packed) > room:
        raise LetterTooLongError
    plain = _LENGTH.pack(len(packed)) + packed + bytes(room - len(packed))
    nonce = os.urandom(_NONCE)
    return nonce + AESGCM(_key(b"letterbox")).encrypt(nonce, plain, None)


def unseal(content: bytes) -> Letter:
    """The letter in ``content``; raises ``cryptography.exceptions.InvalidTag`` if tampered with."""
    plain = AESGCM(_key(b"letterbox")).decrypt(content[:_NONCE], content[_NONCE:], None)
    (length,) = _LENGTH.unpack_from(plain)
    fields = json.loads(zlib.decompress(plain[_LENGTH.size : _LENGTH.size + length]))
    return Letter(**{**fields, "act": Act(fields["act"])})


def _mac(*parts: bytes) -> str:
    return hmac.new(_key(b"tag"), b"".join(parts), sha256).hexdigest()


def _key(purpose: bytes) -> bytes:
    return _derived(settings.ALIAS_KEY, purpose)


@lru_cache(maxsize=8)
def _derived(secret: str, purpose: bytes) -> bytes:
    return HKDF(SHA256(), 32, salt=None, info=b"orportaal groups " + purpose).derive(
        secret.encode()
    )
