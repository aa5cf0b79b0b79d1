"""What could point at people in a text: suggested for taking out, confirmed by a person."""

import re
from collections.abc import Collection

MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
PHONE = re.compile(r"(?<!\d)(?:\+31|0)[\s-]?\d(?:[\s-]?\d){7,8}(?!\d)")
POSTCODE = re.compile(r"\b[1-9]\d{3}\s?[A-Z]{2}\b")
NAME = re.compile(r"\b[A-ZÀ-Ý][\w’'-]{2,}")


def names_in(text: str) -> set[str]:
    """The words of ``text`` that are written as names are."""
    return set(NAME.findall(text))


def suggest(text: str, names: Collection[str]) -> str:
    """``text`` with addresses, numbers and ``names`` (of people here) replaced by what they are."""
    text = MAIL.sub("[mailadres]", text)
    text = PHONE.sub("[telefoonnummer]", text)
    text = POSTCODE.sub("[postcode]", text)
    return NAME.sub(lambda word: "[naam]" if word[0] in names else word[0], text)
