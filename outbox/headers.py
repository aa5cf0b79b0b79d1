"""Header lines: encoded, folded, and refused where they would smuggle in another header."""

import base64
import re
from email.errors import HeaderParseError
from email.headerregistry import Address
from functools import lru_cache

from django.utils.translation import gettext as _

CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f\u0085\u2028\u2029]")
"""What no header holds: line breaks of any kind and control characters (tab may fold)."""
ATOMS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]+")
FIELD_NAME = re.compile(r"[!-9;-~]+")
WORD_BYTES = 39
"""Bytes in one encoded-word: with its wrapping and ``Subject: `` before it, one line of 76."""
LINE = 76


class RefusedHeader(ValueError):
    """A name, subject or address that is no header value. Says what is wrong, for people."""


def checked(value: str) -> str:
    """``value`` itself, or ``RefusedHeader`` where it holds a line break or control character."""
    if CONTROL.search(value):
        raise RefusedHeader(_("A line break or control character is not allowed here."))
    return value


@lru_cache(maxsize=4096)
def line(name: str, value: str) -> bytes:
    """``Name: value`` with its CRLF, encoded (RFC 2047) where needed and folded (RFC 5322).

    >>> line("Subject", "Nieuws van de OR")
    b'Subject: Nieuws van de OR\\r\\n'
    """
    if not FIELD_NAME.fullmatch(name):
        raise RefusedHeader(_("This is not the name of a header: %(name)r") % {"name": name})
    checked(value)
    if value.isascii() and "=?" not in value:
        return folded(name, value.split(" "))
    return folded(name, encoded_words(value))


def raw_line(name: str, value: str) -> bytes:
    """A structured header whose value is ASCII already: never encoded, folded at its spaces."""
    if not FIELD_NAME.fullmatch(name) or not value.isascii():
        raise RefusedHeader(_("This is not the name of a header: %(name)r") % {"name": name})
    return folded(name, checked(value).split(" "))


def folded(name: str, words: list[str]) -> bytes:
    """The header line with ``words`` joined by single spaces, folded before it grows too long."""
    lines = [f"{name}:"]
    for word in words:
        if len(lines[-1]) + 1 + len(word) > LINE and lines[-1].strip(" ") and word:
            lines.append("")
        lines[-1] += f" {word}"
    # A folded line of nothing but spaces would end the header (RFC 5322, 3.2.2).
    return "\r\n".join(part for part in lines if part.strip()).encode("ascii") + b"\r\n"


def encoded_words(value: str) -> list[str]:
    """``value`` as base64 encoded-words that never split a character."""
    words: list[str] = []
    chunk = b""
    for character in value:
        piece = character.encode("utf-8", "replace")
        if len(chunk) + len(piece) > WORD_BYTES:
            words.append(chunk_word(chunk))
            chunk = b""
        chunk += piece
    words.append(chunk_word(chunk))
    return words


def chunk_word(chunk: bytes) -> str:
    """One encoded-word of UTF-8 bytes."""
    return f"=?utf-8?b?{base64.b64encode(chunk).decode('ascii')}?="


@lru_cache(maxsize=4096)
def mailbox(name: str, address: str) -> str:
    """``Name <address>`` as structured headers take it, already encoded.

    >>> mailbox("Wit, Sanne de", "s@example.org")
    '"Wit, Sanne de" <s@example.org>'
    """
    checked(name)
    checked(address)
    if not name:
        return address
    if not name.isascii() or "=?" in name:
        return f"{' '.join(encoded_words(name))} <{address}>"
    if ATOMS.fullmatch(name):
        return f"{name} <{address}>"
    quoted = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{quoted}" <{address}>'


@lru_cache(maxsize=4096)
def normal_address(address: str) -> str:
    """The address as it is stored and sent to: one mailbox, domain in lower-case ASCII (IDNA).

    Raises ``RefusedHeader`` for what is no address, and for a local part outside ASCII: few
    servers take those, and mail that is dropped on the way is worse than a clear refusal.
    """
    checked(address)
    address = address.strip()
    local, at, domain = address.rpartition("@")
    try:
        if not at or not local or not domain or re.search(r"[\s<>,;:\"()\[\]\\]", address):
            raise ValueError
        ascii_domain = domain.encode("idna").decode("ascii").lower()
        Address(username=local, domain=ascii_domain)
        local.encode("ascii")
    except (ValueError, HeaderParseError, IndexError) as error:
        raise RefusedHeader(
            _("This is not an e-mail address we can send to: %(address)r") % {"address": address}
        ) from error
    return f"{local}@{ascii_domain}"


def domain_of(address: str) -> str:
    """The receiving domain of a normal address."""
    return address.rpartition("@")[2]
