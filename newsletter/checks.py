"""What the workbench tells a writer: what is in the issue, how it reads, what is still missing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dossiers.markdown import blocks as paragraphs
from dossiers.querysets import unlocked
from dossiers.readability import Reading, measure
from newsletter import blocks
from newsletter.audience import Reach, reach, too_few
from newsletter.models import Block, Issue
from newsletter.overlap import elsewhere
from people.models import Person

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

LONG_MINUTES = 4
"""A newsletter that takes longer than this to read is mostly not read."""


@dataclass(frozen=True)
class Line:
    """One block as the workbench shows it. ``gone``: it cannot be shown to anyone any more.

    ``elsewhere``: the other newsletters that hold the same.
    """

    block: Block
    label: StrOrPromise
    icon: str
    title: str
    words: str
    gone: bool
    narrowed: bool
    is_own: bool
    elsewhere: list[Issue]


def outline_of(issue: Issue, reader: Person) -> list[Line]:
    """All blocks in their order; own words behind a lock show as gone, whoever wrote them."""
    all_blocks = list(issue.blocks.all())
    free = set(issue.blocks.filter(unlocked(None)).values_list("pk", flat=True))
    open_to_reader = set(issue.blocks.filter(unlocked(reader)).values_list("pk", flat=True))
    things = blocks.things_of((block.kind, block.object_key) for block in all_blocks)
    others = elsewhere(issue)
    lines = []
    for block in all_blocks:
        kind = blocks.kind_of(block.kind)
        thing = things.get((block.kind, block.object_key))
        card = kind.card(thing) if kind and thing is not None else None
        own_words = block.is_own and block.pk in open_to_reader
        lines.append(
            Line(
                block=block,
                label=blocks.label_of(block.kind),
                icon=kind.icon if kind else ("image" if block.kind == blocks.IMAGE else "pencil"),
                title=card.title if card else block.heading if own_words else "",
                words=excerpt(
                    card.text if card else (block.text or block.image_alt) if own_words else ""
                ),
                gone=block.pk not in free if block.is_own else thing is None,
                narrowed=bool(kind and thing is not None and kind.readers(thing) is not None),
                is_own=own_words,
                elsewhere=others.get((block.kind, block.object_key), []) if thing else [],
            )
        )
    return lines


def excerpt(text: str, length: int = 24) -> str:
    """The first words of a text."""
    words = " ".join(paragraphs(text)).split()
    return " ".join(words[:length]) + (" …" if len(words) > length else "")


@dataclass(frozen=True)
class Checks:
    """Advice and numbers; ``missing`` holds what stands in the way of sending.

    ``twice``, which is among the advice, is said once more before sending.
    """

    reading: Reading
    reach: Reach
    missing: list[str]
    advice: list[str]
    twice: str


def checks_of(issue: Issue) -> Checks:
    """What to look at before it goes out."""
    all_blocks = list(issue.blocks.filter(unlocked(None)))
    reading = measure("\n\n".join(block.text for block in all_blocks))
    counted = reach(issue)
    missing = []
    if not any(block.says_something or not block.is_own for block in all_blocks):
        missing.append(_("Nothing to read yet: write a text or add something from the portal."))
    if counted.is_rounded and not counted.mails:
        missing.append(too_few())
    elif not counted.mails:
        missing.append(_("Nobody in this audience can get mail."))
    if not issue.is_approved:
        missing.append(_("A colleague has to approve it first."))
    advice = []
    if not issue.preview:
        advice.append(_("Add a preview line: it decides whether people open the mail."))
    if reading.minutes > LONG_MINUTES:
        advice.append(
            ngettext(
                "This takes %(minutes)s minute to read. Short newsletters are read to the end.",
                "This takes %(minutes)s minutes to read. Short newsletters are read to the end.",
                reading.minutes,
            )
            % {"minutes": reading.minutes}
        )
    if any(block.is_own and not block.says_something for block in all_blocks):
        advice.append(_("There is an empty text block; it will not show."))
    twice = told_twice(issue)
    return Checks(reading, counted, missing, [*advice, twice] if twice else advice, twice)


def told_twice(issue: Issue) -> str:
    """What to say where another newsletter that is still to go out holds the same."""
    count = sum(not holders[0].is_sent for holders in elsewhere(issue).values())
    if not count:
        return ""
    words = ngettext(
        "%(count)s part is also in another newsletter that has yet to go out.",
        "%(count)s parts are also in another newsletter that has yet to go out.",
        count,
    )
    return words % {"count": count}
