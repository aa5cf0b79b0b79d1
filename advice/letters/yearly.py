"""The annual report: the year's dossiers, letters, decisions, consultations and hours as a tree.

It is made known to staff and director (art. 14), so nothing under secrecy is in it, not even for
the exempt.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone, translation
from django.utils.formats import localize
from django.utils.translation import gettext as _

from advice.letters.compose import LANGUAGE
from advice.letters.report import report, short_day
from advice.letters.tree import (
    Block,
    Heading,
    Items,
    Paragraph,
    Table,
    Text,
    Tree,
)
from advice.letters.wording import percent
from advice.models import Condition, Decision, LetterRelease
from dossiers.models import Channel, Dossier, Meeting, PlanStep
from dossiers.querysets import unlocked
from polls.models import Consultation, State


def report_of(year: int) -> Tree:
    """The report of ``year``, in Dutch; a constant number of queries."""
    with translation.override(LANGUAGE):
        subject = _("Annual report %(year)d") % {"year": year}
        return report(subject, _body(year), timezone.localdate())


def _body(year: int) -> Iterable[Block]:
    first, last = date(year, 1, 1), date(year, 12, 31)
    tables = [
        (_("Dossiers"), _dossiers(first, last)),
        (_("Letters of the council"), _letters(first, last)),
        (_("Decisions of the director"), _decisions(first, last)),
        (_("Consultations of staff"), _consultations(first, last)),
        (_("Hours and reach of communication"), _hours(first, last)),
    ]
    number = 0
    for title, table in tables:
        yield Heading(1, title)
        if table.rows:
            number += 1
            yield Table(table.caption, table.header, table.rows, table.note, number)
        else:
            yield Paragraph((Text(_("None this year.")),))
    yield Heading(1, _("Conditions that were met"))
    met = Condition.objects.filter(
        unlocked(None), done_on__range=(first, last), dossier__shared_with_staff=True
    )
    items = tuple(
        (Paragraph((Text(row.text), Text(f" ({row.dossier.title})", italic=True))),)
        for row in met.select_related("dossier")
    )
    yield Items(False, items) if items else Paragraph((Text(_("None this year.")),))


def _dossiers(first: date, last: date) -> Table:
    rows = (
        Dossier.objects.filter(unlocked(None, path=""), shared_with_staff=True)
        .filter(Q(closed_on=None) | Q(closed_on__gte=first), opened_at__date__lte=last)
        .order_by("opened_at")
    )
    meetings = Meeting.objects.filter(
        unlocked(None), held_on__range=(first, last), dossier__shared_with_staff=True
    ).count()
    return Table(
        _("Dossiers that were open in the year"),
        (_("Dossier"), _("Received"), _("Position given"), _("Closed")),
        tuple(
            (
                row.title,
                short_day(row.received_on),
                short_day(row.advice_given_on),
                short_day(row.closed_on),
            )
            for row in rows
        ),
        _("Meetings held: %(count)d.") % {"count": meetings},
    )


def _letters(first: date, last: date) -> Table:
    rows = (
        LetterRelease.objects.filter(
            unlocked(None, path="letter__dossier"),
            released_at__date__range=(first, last),
            to_staff_at__isnull=False,
        )
        .select_related("letter")
        .order_by("released_at")
    )
    return Table(
        _("Letters that staff can read"),
        (_("Letter"), _("Verdict"), _("Released")),
        tuple(
            (
                row.letter.subject,
                row.letter.get_verdict_display() if row.letter.verdict else "–",
                short_day(timezone.localdate(row.released_at)),
            )
            for row in rows
        ),
    )


def _decisions(first: date, last: date) -> Table:
    rows = (
        Decision.objects.annotate(day=Coalesce("received_on", "carried_out_on"))
        .filter(unlocked(None), day__range=(first, last), dossier__shared_with_staff=True)
        .select_related("dossier")
    )
    return Table(
        _("Decisions compared with what the council said"),
        (_("Dossier"), _("Compared with the council"), _("Received")),
        tuple(
            (row.dossier.title, row.get_follows_display(), short_day(row.known_on))
            for row in rows.order_by("day")
        ),
    )


def _consultations(first: date, last: date) -> Table:
    rows = Consultation.objects.filter(
        unlocked(None), state=State.CLOSED, closed_on__range=(first, last)
    ).order_by("closed_on")
    told = []
    for row in rows:
        share = row.participants / row.electorate_size if row.electorate_size else 0.0
        is_told = row.participants >= row.total_threshold
        told.append(
            (
                row.title,
                localize(row.electorate_size),
                localize(row.participants) if is_told else "–",
                percent(share) if is_told else "–",
            )
        )
    return Table(
        _("Consultations that closed in the year"),
        (_("Title"), _("Asked"), _("Gave an answer"), _("Response")),
        tuple(told),
    )


def _hours(first: date, last: date) -> Table:
    sums = (
        PlanStep.objects.filter(unlocked(None), planned_on__range=(first, last))
        .order_by()
        .values("channel")
        .annotate(budgeted=Sum("hours_budgeted"), spent=Sum("hours_spent"), reached=Sum("reach"))
    )
    found = {row["channel"]: row for row in sums}
    return Table(
        _("Hours per channel, and people reached as far as counted"),
        (_("Channel"), _("Hours budgeted"), _("Hours spent"), _("People reached")),
        tuple(
            (
                str(channel.label).capitalize(),
                localize(found[channel]["budgeted"]),
                localize(found[channel]["spent"]),
                "–" if found[channel]["reached"] is None else localize(found[channel]["reached"]),
            )
            for channel in Channel
            if channel in found
        ),
    )
