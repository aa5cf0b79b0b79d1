"""Evidence from a round of statements: what nearly all agree on, the groups, one statement."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from django.utils.formats import localize
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from advice.evidence import NotDisclosed, Offer
from advice.figures import Cell, Figures
from advice.letters import wording
from polls.disclosure import Cell as Told
from polls.disclosure import Disclosure, ItemResult
from polls.models import Consultation
from polls.statements.shapes import AGREE, DISAGREE, Telling

AGREED, GROUPS = "agreed", "groups"
"""The refs of what is told of a whole round, beside those of its statements."""
MOST_NAMED = 3


class Finding(NamedTuple):
    """What a letter says of it, before who was asked and when is put around it."""

    question: str
    statement: str
    figures: Figures


def offers(consultation: Consultation, shown: Disclosure) -> Iterable[Offer]:
    """What a whole round offers: consensus and groups, where there are any."""
    opinions = shown.opinions
    if opinions is None:
        return
    if opinions.consensus:
        titles = [text_of(shown, each) for each in opinions.consensus[:MOST_NAMED]]
        yield Offer(
            f"{consultation.key}:{AGREED}", _("What nearly everyone agrees on"), "; ".join(titles)
        )
    if opinions.groups:
        count = ngettext("%(n)d group", "%(n)d groups", len(opinions.groups))
        yield Offer(
            f"{consultation.key}:{GROUPS}",
            _("The opinion groups, and what each stands for"),
            count % {"n": len(opinions.groups)},
        )


def finding(shown: Disclosure, ref: str) -> Finding:
    """The one under ``ref``. Raises ``NotDisclosed``."""
    opinions = shown.opinions
    if opinions is None:
        raise NotDisclosed(_("Too few answered this to show it."))
    if ref == AGREED and opinions.consensus:
        return _agreed(shown, opinions.consensus)
    if ref == GROUPS and opinions.groups:
        return _groups(shown)
    raise NotDisclosed(_("This result is not there."))


def sentence(asked: str, item: ItemResult, cells: Iterable[Cell]) -> str:
    """How many agree with one statement, and how many do not."""
    facts = {"statement": asked, "n": localize(item.n or 0)}
    by_code = dict(zip([cell.code for cell in item.cells], cells, strict=True))
    agree, disagree = by_code[AGREE], by_code[DISAGREE]
    facts |= {"agree": wording.figure(agree), "disagree": wording.figure(disagree)}
    return (
        _(
            "With the statement “%(statement)s” %(agree)s agree and %(disagree)s disagree"
            " (%(n)s votes)."
        )
        % facts
    )


def _agreed(shown: Disclosure, consensus: tuple[Telling, ...]) -> Finding:
    named = "; ".join(f"“{text_of(shown, each)}”" for each in consensus[:MOST_NAMED])
    words = _(
        "Staff are nearly of one mind on: %(named)s. In every opinion group at least two thirds"
        " think so."
    )
    if not (shown.opinions and shown.opinions.groups):
        words = _("Staff are nearly of one mind on: %(named)s. At least two thirds think so.")
    figures = Figures(
        cells=tuple(_share(shown, each) for each in consensus),
        several=True,
        note=_("The share of those who voted on the statement that takes this side."),
    )
    return Finding(_("What nearly everyone agrees on"), words % {"named": named}, figures)


def _groups(shown: Disclosure) -> Finding:
    opinions = shown.opinions
    assert opinions is not None
    placed = sum(group.size for group in opinions.groups) + opinions.unplaced
    parts = []
    for group in opinions.groups:
        stands = [f"“{text_of(shown, each)}”" for each in group.stands_for[:2]]
        facts = {
            "name": group.code,
            "share": wording.percent(group.size / placed),
            "stands": "; ".join(stands),
        }
        words = _("group %(name)s (%(share)s)")
        if stands:
            words = _("group %(name)s (%(share)s) stands out by %(stands)s")
        parts.append(words % facts)
    statement = _("By how they voted staff fall into groups: %(groups)s.") % {
        "groups": "; ".join(parts)
    }
    cells = tuple(
        Cell(_("Group %(name)s") % {"name": group.code}, group.size, group.size / placed)
        for group in opinions.groups
    )
    note = _("Groups of people who voted alike, found in the votes; who is in which is not known.")
    return Finding(_("Opinion groups"), statement, Figures(cells=cells, note=note))


def text_of(shown: Disclosure, telling: Telling) -> str:
    """A statement with the side taken on it."""
    question = shown.question(telling.code)
    text = question.text if question else telling.code
    return _("not: %(text)s") % {"text": text} if telling.side == DISAGREE else text


def _share(shown: Disclosure, telling: Telling) -> Cell:
    question = shown.question(telling.code)
    told: Told | None = None
    if question is not None:
        told = next((cell for cell in question.cells if cell.code == telling.side), None)
    label = text_of(shown, telling)
    if told is None or told.is_hidden:
        return Cell(label, bound="hidden")
    if told.bound_percentage is not None:
        bound = "over" if told.bound_is_over else "under"
        return Cell(label, None, told.bound_percentage / 100, bound)
    return Cell(label, told.count, told.share)
