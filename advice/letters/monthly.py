"""The monthly report: the council's dashboard as a paper for its meeting.

It holds what its maker may read. Where that is under secrecy (art. 20) too, it says so on top.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.utils import translation
from django.utils.formats import date_format, localize
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from advice.dashboards import Dashboard, for_council
from advice.letters.compose import LANGUAGE
from advice.letters.report import report, short_day
from advice.letters.tree import Block, Heading, Paragraph, Table, Text, Tree
from advice.reach import Reach, reach_of
from advice.talk import Topic
from dossiers.models import Dossier
from dossiers.querysets import unlocked
from people.models import Person

DAYS = 31
"""So far back the report looks."""


def monthly_report(person: Person, today: date) -> Tree:
    """What goes on, and what the last month brought, for ``person``; in Dutch."""
    with translation.override(LANGUAGE):
        subject = _("Monthly report %(month)s") % {"month": date_format(today, "F Y")}
        return report(subject, _body(person, today), today)


def _body(person: Person, today: date) -> Iterable[Block]:
    if Dossier.objects.visible_to(person).exclude(unlocked(None, path="")).exists():
        warning = _("What is under secrecy (art. 20) may be in here too. Do not pass it on.")
        yield Paragraph((Text(warning, bold=True),))
    board = for_council(person, today)
    since = today - timedelta(days=DAYS)
    parts = [
        (_("What is due"), [_due(board)]),
        (_("Running consultations"), [_running(board)]),
        (_("Signals without an answer"), [_signals(board)]),
        (_("What staff talk about"), list(_talk(board))),
        (_("What each channel brought"), [_reach(reach_of(person, today, DAYS), since)]),
        (_("Letters"), [_letters(board)]),
        (_("Conditions that wait"), [_conditions(board)]),
    ]
    number = 0
    for title, tables in parts:
        yield Heading(1, title)
        told = [table for table in tables if table.rows]
        for table in told:
            number += 1
            yield Table(table.caption, table.header, table.rows, table.note, number)
        if not told:
            yield Paragraph((Text(_("Nothing at the moment.")),))


def _due(board: Dashboard) -> Table:
    return Table(
        _("Days that come in the next two months"),
        (_("What"), _("Of"), _("Last day"), _("Act by")),
        tuple(
            (str(each.what), str(each.of), short_day(each.last_day), short_day(each.act_by))
            for each in board.due
        ),
    )


def _running(board: Dashboard) -> Table:
    rows: list[tuple[str, ...]] = []
    for each in board.running:
        closes = each.consultation.closes_at
        rows.append(
            (
                each.consultation.title,
                localize(each.whole.invited),
                localize(each.whole.took_part),
                f"{each.whole.percent}%",
                short_day(closes.date()) if closes else "–",
            )
        )
    return Table(
        _("Consultations that take answers"),
        (_("Title"), _("Asked"), _("Gave an answer"), _("Response"), _("Closes")),
        tuple(rows),
        _some(len(board.running), board.running_total),
    )


def _signals(board: Dashboard) -> Table:
    return Table(
        _("Signals that wait, the oldest first"),
        (_("Signal"), _("Heard at"), _("Noted on"), _("With the director since")),
        tuple(
            (
                each.title,
                str(each.get_source_display()),
                short_day(each.noted_on),
                short_day(each.passed_on_on),
            )
            for each in board.signals
        ),
        _some(len(board.signals), board.signals_total),
    )


def _talk(board: Dashboard) -> Iterable[Table]:
    talk = board.talk
    months = tuple(date_format(month, "M Y") for month in talk.months)
    for caption, heading, topics in (
        (_("Themes in answers"), _("Theme"), talk.answers),
        (_("Themes in conversations, in people spoken to"), _("Theme"), talk.conversations),
        (_("Signals, by where they were heard"), _("Heard at"), talk.signals),
    ):
        yield Table(caption, (heading, *months), tuple(_topic(each) for each in topics))


def _topic(topic: Topic) -> tuple[str, ...]:
    counts = ("–" if each.count is None else localize(each.count) for each in topic.months)
    return (topic.name, *counts)


def _reach(reach: list[Reach], since: date) -> Table:
    return Table(
        _("Since %(day)s") % {"day": date_format(since, "DATE_FORMAT")},
        (_("Channel"), _("Done"), _("Went to"), _("Came back")),
        tuple(
            (
                each.name,
                each.done,
                "–" if each.reached is None else localize(each.reached),
                "–" if each.reactions is None else f"{localize(each.reactions)} {each.unit}",
            )
            for each in reach
        ),
    )


def _letters(board: Dashboard) -> Table:
    return Table(
        _("Letters in the making"),
        (_("Letter"), _("Dossier"), _("State")),
        tuple(
            (each.subject, each.dossier.title, str(each.get_state_display()))
            for each in board.letters
        ),
    )


def _conditions(board: Dashboard) -> Table:
    return Table(
        _("Conditions that the director has not met yet"),
        (_("Condition"), _("Dossier"), _("Due")),
        tuple((each.text, each.dossier.title, short_day(each.due_on)) for each in board.conditions),
    )


def _some(shown: int, total: int) -> str:
    rest = total - shown
    if rest <= 0:
        return ""
    return ngettext("And %(n)d more.", "And %(n)d more.", rest) % {"n": rest}
