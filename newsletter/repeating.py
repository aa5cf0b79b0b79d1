"""Drafts that make themselves: what is new since the last one, and somebody told that it waits.

Nothing here sends a newsletter; that takes a person, as with any other draft.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Max, Q, QuerySet
from django.utils.translation import override

from newsletter import blocks, days, emails
from newsletter.audience import meant
from newsletter.editions import parts_of
from newsletter.mailing import seen_if
from newsletter.models import Block, Issue, Occurrence, Recurrence
from people.log import log_act
from people.models import COUNCIL_ROLES, Person, Role

LONGEST_AGO = timedelta(days=92)
"""What is older is no news, however long no newsletter went out."""
MOST_BLOCKS = 20


@transaction.atomic
def save_recurrence(actor: Person, recurrence: Recurrence, now: datetime) -> None:
    """Set up or change a newsletter that comes again; days before ``now`` are let be."""
    is_new = recurrence._state.adding
    if is_new:
        recurrence.made_by = actor
    recurrence.counts_from = now
    recurrence.save()
    log_act(actor, "newsletter.repeat" if is_new else "newsletter.repeat_change", recurrence)


@transaction.atomic
def pause(actor: Person, recurrence: Recurrence) -> None:
    """Make no drafts until it is taken up again."""
    if Recurrence.objects.filter(pk=recurrence.pk, is_paused=False).update(is_paused=True):
        log_act(actor, "newsletter.repeat_pause", recurrence)


@transaction.atomic
def take_up(actor: Person, recurrence: Recurrence, now: datetime) -> None:
    """Make drafts again, from the next day on."""
    paused = Recurrence.objects.filter(pk=recurrence.pk, is_paused=True)
    if paused.update(is_paused=False, counts_from=now):
        log_act(actor, "newsletter.repeat_take_up", recurrence)


@transaction.atomic
def stop(actor: Person, recurrence: Recurrence) -> None:
    """No more of it; drafts that it made stay."""
    log_act(actor, "newsletter.repeat_stop", recurrence)
    recurrence.delete()


@transaction.atomic
def make_due(recurrence: Recurrence, now: datetime) -> Occurrence | None:
    """Deal with the day that is due, once: a draft and a mail, or a mail that nothing is new.

    None where no day is due, or another worker dealt with it. After a standstill only the last day
    missed is dealt with, since its draft holds all that is new.
    """
    locked = Recurrence.objects.running().select_for_update().filter(pk=recurrence.pk).first()
    day = days.last_due(locked, now) if locked is not None else None
    if locked is None or day is None:
        return None
    occurrence, is_ours = Occurrence.objects.get_or_create(recurrence=locked, on=day)
    if not is_ours:
        return None
    since = news_since(locked, now)
    issue = draft(locked, day, now)
    occurrence.found = fill(issue, since)
    if occurrence.found:
        occurrence.save(update_fields=["found"])
        log_act(None, "newsletter.draft", issue)
        emails.tell_draft(issue, occurrence.found, told(locked))
    else:
        issue.delete()
        emails.tell_nothing_new(locked, since, told(locked))
    return occurrence


def draft(recurrence: Recurrence, day: date, now: datetime) -> Issue:
    """An issue for the recurrence's audience, under the subject of the day."""
    on = days.moved(day)
    with override("nl"):
        subject = days.filled_in(recurrence.subject, on)
    with override("en"):
        subject_en = days.filled_in(recurrence.subject_en, on)
    issue = Issue.objects.create(
        subject=subject,
        subject_en=subject_en,
        role=recurrence.role,
        selection=recurrence.selection,
        written_by=recurrence.made_by,
        written_at=now,
        recurrence=recurrence,
    )
    issue.units.set(recurrence.units.all())
    issue.sites.set(recurrence.sites.all())
    return issue


def news_since(recurrence: Recurrence, now: datetime) -> datetime:
    """From when on things are new: from the draft on that was sent last, or about a period."""
    sent = Issue.objects.gone_out().filter(recurrence=recurrence)
    last: datetime | None = sent.aggregate(last=Max("written_at"))["last"]
    return max(last or now - days.period_of(recurrence), now - LONGEST_AGO)


def fill(issue: Issue, since: datetime) -> int:
    """Put in what is new and somebody of the audience may see; how many blocks that made."""
    told_before = already_told(issue)
    found = [
        (kind.name, key)
        for kind in blocks.kinds()
        for key in kind.fresh(since, told_before[kind.name])
    ]
    Block.objects.bulk_create(
        Block(issue=issue, position=position, kind=kind, object_key=key)
        for position, (kind, key) in enumerate(found[:MOST_BLOCKS], start=2)
    )
    kept = for_somebody(issue)
    issue.blocks.exclude(pk__in=kept).delete()
    if kept:
        Block.objects.create(issue=issue, position=1, kind=blocks.TEXT)
    return len(kept)


def already_told(issue: Issue) -> dict[str, set[str]]:
    """Per kind, what stood in a newsletter to all colleagues or in an earlier one of this kind."""
    gone = Issue.objects.gone_out()
    earlier = Q(issue__in=gone.to_all().values("pk")) | Q(
        issue__in=gone.filter(recurrence=issue.recurrence).values("pk")
    )
    held = Block.objects.filter(earlier).exclude(object_key="")
    keys: dict[str, set[str]] = defaultdict(set)
    for kind, key in held.values_list("kind", "object_key").distinct():
        keys[kind].add(key)
    return keys


def for_somebody(issue: Issue) -> list[int]:
    """The blocks that can be shown and that at least one person of the audience may see."""
    parts = parts_of(issue)
    flags = {
        f"sees_{part.block.pk}": Max(seen_if(part.readers))
        for part in parts
        if part.readers is not None
    }
    seen = meant(issue).order_by().aggregate(**flags) if flags else {}
    return [part.block.pk for part in parts if seen.get(f"sees_{part.block.pk}", 1)]


def told(recurrence: Recurrence) -> Iterable[Person]:
    """Those to tell who are on the council still; where nobody is, its chair and its secretary."""
    council: QuerySet[Person] = Person.objects.holding(*COUNCIL_ROLES)
    chosen = list(council.filter(pk__in=recurrence.told.values("pk")).order_by("pk"))
    return chosen or list(Person.objects.holding(Role.CHAIR, Role.SECRETARY).order_by("pk"))
