"""Which blocks of an issue go on paper: those that everybody it is for may see.

Paper has no reader who could be asked first and nobody takes it back, so only the doors without a
reader are used, and one colleague who may not see a block keeps it off the paper for all.
"""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass

from django.db.models import Min, Q, QuerySet

from newsletter import blocks
from newsletter.audience import meant
from newsletter.editions import Part, parts_of
from newsletter.mailing import seen_if
from newsletter.models import AudienceRole, Issue
from people.models import Person


@dataclass(frozen=True)
class Sorted:
    """The blocks that are printed, and those that are not for everybody."""

    printed: list[Part]
    left_out: list[Part]


def sorted_parts(issue: Issue) -> Sorted:
    """What goes on paper and what stays off, in one question however many blocks there are."""
    parts = parts_of(issue)
    conditions = {part.block.pk: known_to for part in parts if (known_to := _known_to(part))}
    flags = {f"sees_{key}": Min(seen_if(known_to)) for key, known_to in conditions.items()}
    # Of an audience of nobody nothing is known, so nothing that is not for everyone is printed.
    seen = readers(issue).order_by().aggregate(**flags) if flags else {}
    for_all = [
        part for part in parts if part.block.pk not in conditions or seen[f"sees_{part.block.pk}"]
    ]
    return Sorted(for_all, [part for part in parts if part not in for_all])


def readers(issue: Issue) -> QuerySet[Person]:
    """Everyone paper may reach: who it is for, whether or not they asked for it by mail."""
    of_all = copy(issue)
    if of_all.role == AudienceRole.SUBSCRIBERS:
        of_all.role = AudienceRole.EVERYONE
    return meant(of_all)


def _known_to(part: Part) -> Q | None:
    kind = blocks.kind_of(part.block.kind)
    if kind is None or part.readers is None:
        return None
    return kind.known_to(part.thing) if kind.known_to else part.readers
