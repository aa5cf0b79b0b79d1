"""What a start page shows: lines, questions, and what came of them."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format


@dataclass(frozen=True)
class Row:
    """One line: what it is, where it leads, a line about it, small facts, and a tag.

    ``tone`` is the tag's tone (templates/components/README.md); ``count`` of ``total`` draws a
    meter.
    """

    title: str
    url: str
    text: str = ""
    facts: tuple[str, ...] = ()
    tag: str = ""
    tone: str = ""
    count: int | None = None
    total: int = 0


@dataclass(frozen=True)
class Question:
    """A consultation that waits for this person's answer."""

    title: str
    url: str
    text: str
    closes: str
    closes_soon: bool
    trust: str
    """The kind of trust line that stands with it: anonymous, confidential or named."""
    trust_word: str


@dataclass(frozen=True)
class SaidDid:
    """What came of a consultation."""

    title: str
    url: str
    heard: str
    done: str


def moment(at: datetime) -> str:
    """A time as people say it: ``maandag 7 december, 12:00``."""
    return date_format(timezone.localtime(at), "l j F, H:i")
