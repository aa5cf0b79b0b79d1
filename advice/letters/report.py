"""What the council's reports share: the letterhead on top, and days as their tables tell them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.conf import settings
from django.utils.formats import date_format

from advice.letters.compose import LANGUAGE, fixed_words
from advice.letters.tree import Block, Head, Tree, printable
from advice.models import Letterhead


def report(subject: str, body: Iterable[Block], today: date) -> Tree:
    """A report in the language that is active, which must be ``LANGUAGE``."""
    letterhead = Letterhead.objects.filter(pk=1).first() or Letterhead()
    tree = Tree(
        language=f"{LANGUAGE}-NL",
        head=Head(
            sender=letterhead.sender or settings.COUNCIL_NAME,
            organisation=settings.ORGANISATION_NAME,
            address=tuple(letterhead.address.splitlines()),
            email=letterhead.email,
            recipient=(),
            place_and_date=date_format(today, "DATE_FORMAT"),
            date=today.isoformat(),
            reference="",
            subject=subject,
        ),
        body=tuple(body),
        signature=(),
        annex=(),
        notes=(),
        words=fixed_words(),
    )
    return printable(tree)


def short_day(day: date | None) -> str:
    """A day in a table; a dash for none."""
    return date_format(day, "SHORT_DATE_FORMAT") if day else "–"
