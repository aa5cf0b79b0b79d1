"""A rendered message with placeholders, and the bytes of one recipient's mail made from it.

Python's e-mail package serialises some 1,700 mails a second; filling bytes makes 100,000. The
traps of doing so, and how the form of a rendering avoids each:

- *A line grows too long, or an 8-bit value meets a 7-bit server.* Bodies are quoted-printable,
  which is pure ASCII. A placeholder stands between two soft line breaks (``=`` CRLF), which a
  reader joins again, so neither the text around it nor its value can make a line exceed 76.
- *An encoder cuts the placeholder in two.* The text around placeholders is encoded, never they.
- *A line that starts with a dot ends the mail.* Encoded text never starts a line with a dot.
- *A value is encoded wrongly for where it stands.* The placeholder carries its context: plain
  text, HTML, raw ASCII or a whole header line.

The stored form is the ASCII message with each placeholder as NUL, context, name, NUL: no byte of
a 7-bit message is NUL, so nothing in a text can look like one.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from html import escape

from django.utils.translation import gettext as _

from outbox import headers
from outbox.headers import RefusedHeader

OPEN, CLOSE = "\ue000", "\ue001"
"""Around a placeholder's name in templates: private-use characters that no keyboard types."""
PLACEHOLDER = re.compile(f"{OPEN}([a-z_]+){CLOSE}")
SLOT = re.compile(rb"\x00([^\x00]*)\x00")
SAFE = re.compile(r"(?![.F])[A-Za-z0-9 @:/?&;%+_,.'()!*~-]{0,70}")
"""Values that quoted-printable leaves as they are, short enough for one line, no dot first."""

TEXT, HTML, RAW, HEADER, TO = "t", "h", "r", "l", "a"


def placeholder(name: str) -> str:
    """What a template prints where each recipient's own value of ``name`` will stand."""
    return f"{OPEN}{name}{CLOSE}"


def without_placeholders(text: str) -> str:
    """``text`` without the characters that make placeholders: for what people wrote."""
    return text.replace(OPEN, "").replace(CLOSE, "")


def slot(context: str, name: str) -> bytes:
    """The stored form of one placeholder."""
    return f"\x00{context}{name}\x00".encode()


def body_with_slots(text: str, context: str) -> bytes:
    """A text or HTML body as quoted-printable with slots; ends with a line break."""
    pieces = PLACEHOLDER.split(normal_breaks(text))
    made: list[bytes] = []
    for index, piece in enumerate(pieces):
        if index % 2:
            made.append(b"=\r\n" + slot(context, piece) + b"=\r\n")
        else:
            made.append(quoted_printable(piece))
    return b"".join(made) + b"\r\n"


def normal_breaks(text: str) -> str:
    """``text`` with every line break as ``\\n`` and none at its end; NULs are gone."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").rstrip("\n")


def quoted_printable(text: str) -> bytes:
    """``text`` as quoted-printable: lines of at most 76, none that starts with a dot."""
    return b"\r\n".join(encoded_line(part) for part in text.split("\n"))


ENCODED = {
    byte: chr(byte) if 32 <= byte <= 126 and byte != 61 else f"={byte:02X}" for byte in range(256)
}
ENCODED[9] = "=09"


def encoded_line(text: str) -> bytes:
    """One line of text as one or more quoted-printable lines joined by soft breaks."""
    made: list[str] = []
    current = ""
    for character in text:
        token = "".join(ENCODED[byte] for byte in character.encode("utf-8", "replace"))
        if len(current) + len(token) > 75:
            made.append(current)
            current = ""
        if not current and character in ".F":
            token = f"={ord(character):02X}"
        current += token
    if current.endswith(" "):
        current = current[:-1] + "=20"
    if len(current) > 76:
        made.append(current[:-3])
        current = current[-3:]
    made.append(current)
    return "=\r\n".join(made).encode("ascii")


@lru_cache(maxsize=4096)
def text_value(value: str) -> bytes:
    """One value in a plain-text body."""
    if SAFE.fullmatch(value) and not value.endswith(" "):
        return value.encode("ascii")
    return quoted_printable(normal_breaks(value))


@lru_cache(maxsize=4096)
def html_value(value: str) -> bytes:
    """One value in an HTML body or attribute."""
    return text_value(escape(value))


def raw_value(value: str) -> bytes:
    """One value in a structured header: printable ASCII, or refused."""
    if not re.fullmatch(r"[ -~]*", value):
        raise RefusedHeader(_("A line break or control character is not allowed here."))
    return value.encode("ascii")


class Form:
    """A stored rendering, taken apart once and filled many times."""

    def __init__(self, body: bytes) -> None:
        pieces = SLOT.split(body)
        self.fixed = pieces[0::2]
        self.slots = [(piece[:1].decode(), piece[1:].decode()) for piece in pieces[1::2]]
        self.has_dots = any(b"\n." in piece for piece in self.fixed)
        """Whether a line starts with a dot; no value does, so the fixed text tells it for all."""

    @property
    def names(self) -> frozenset[str]:
        """The values that ``fill`` wants."""
        wanted: set[str] = set()
        for context, name in self.slots:
            if context == HEADER:
                wanted.update(PLACEHOLDER.findall(name))
            elif context == TO:
                wanted.update({"name", "address"})
            else:
                wanted.add(name)
        return frozenset(wanted)

    def fill(self, values: Mapping[str, str]) -> bytes:
        """The message for one recipient.

        Raises ``RefusedHeader`` where a value would break a header, ``KeyError`` for one missing.
        """
        made = [self.fixed[0]]
        for (context, name), after in zip(self.slots, self.fixed[1:], strict=True):
            if context == TEXT:
                made.append(text_value(values[name]))
            elif context == HTML:
                made.append(html_value(values[name]))
            elif context == RAW:
                made.append(raw_value(values[name]))
            elif context == TO:
                made.append(
                    headers.raw_line("To", headers.mailbox(values["name"], values["address"]))
                )
            else:
                made.append(filled_header(name, values))
            made.append(after)
        return b"".join(made)


def filled_header(line: str, values: Mapping[str, str]) -> bytes:
    """A header line with placeholders, filled and encoded as a whole."""
    name, _colon, template = line.partition(":")
    return headers.line(name, PLACEHOLDER.sub(lambda match: values[match[1]], template))
