"""The letterbox: writing under an alias, and emptying it at fixed times of the day."""

from __future__ import annotations

import logging
import secrets
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidTag
from django.db import IntegrityError, transaction
from django.utils import timezone

from groups import aliases
from groups.aliases import Act, Letter
from groups.models import (
    Alias,
    Group,
    LetterboxRound,
    Message,
    MessageState,
    SealedLetter,
    Thread,
)

if TYPE_CHECKING:
    from people.models import Person

logger = logging.getLogger(__name__)

ROUNDS = (time(7), time(13), time(19))
"""When the letterbox is emptied, on the clock of the Netherlands."""
TOGETHER = 3
"""So many aliases must be in a group's letters before they come out together."""
AT_MOST = timedelta(hours=24)
"""A letter this old comes out at the next round, together or not."""


@transaction.atomic
def post_letter(
    person: Person,
    group: Group,
    act: Act,
    *,
    thread: Thread | None = None,
    message: Message | None = None,
    title: str = "",
    body: str = "",
) -> None:
    """Seal what was written and put it in the letterbox.

    Raises ``LetterTooLongError`` where it does not fit the envelope. Writes one row, and nothing
    that names the person, the group or the moment.
    """
    letter = Letter(
        act=act,
        group=str(group.key),
        tag=aliases.tag_of(person, group),
        written_at=timezone.now().isoformat(),
        thread=str(thread.key) if thread else "",
        message=str(message.key) if message else "",
        title=title,
        body=body,
    )
    SealedLetter.objects.create(content=aliases.seal(letter))


def own_letters(person: Person, group: Group) -> list[Letter]:
    """What the person has waiting in this group, oldest first."""
    tag = aliases.tag_of(person, group)
    waiting = _opened(SealedLetter.objects.all())
    mine = [
        letter for _row, letter in waiting if letter.tag == tag and letter.group == str(group.key)
    ]
    return sorted(mine, key=lambda letter: letter.written_at)


def latest_round(now: datetime) -> datetime:
    """The last fixed time at or before ``now``."""
    local = timezone.localtime(now)
    days = (local.date(), local.date() - timedelta(days=1))
    moments = (timezone.make_aware(datetime.combine(day, hour)) for day in days for hour in ROUNDS)
    return max(moment for moment in moments if moment <= now)


def next_round(now: datetime) -> datetime:
    """The first fixed time after ``now``."""
    local = timezone.localtime(now)
    days = (local.date(), local.date() + timedelta(days=1))
    moments = (timezone.make_aware(datetime.combine(day, hour)) for day in days for hour in ROUNDS)
    return min(moment for moment in moments if moment > now)


def empty_letterbox(now: datetime) -> int:
    """Bring out the letters of the latest round, once; gives how many came out.

    Safe to call at any time and from several workers: the round's row is the claim. Everything of
    one round is written in one transaction, shuffled, and dated at the round.
    """
    moment = latest_round(now)
    try:
        with transaction.atomic():
            LetterboxRound.objects.create(at=moment)
            return _bring_out(moment)
    except IntegrityError:
        if LetterboxRound.objects.filter(at=moment).exists():
            return 0
        raise


def _bring_out(moment: datetime) -> int:
    """Deliver the letters written before ``moment`` in every group where they are enough."""
    by_group: dict[str, list[tuple[SealedLetter, Letter]]] = defaultdict(list)
    for row, letter in _opened(SealedLetter.objects.select_for_update()):
        if letter.moment < moment:
            by_group[letter.group].append((row, letter))
    out = 0
    for key, rows in by_group.items():
        letters = [letter for _row, letter in rows]
        oldest = min(letter.moment for letter in letters)
        if len({letter.tag for letter in letters}) < TOGETHER and moment - oldest < AT_MOST:
            continue
        group = Group.objects.filter(key=key).first()
        if group is not None:
            _deliver(group, list(_shuffled(letters)), moment)
        SealedLetter.objects.filter(pk__in=[row.pk for row, _letter in rows]).delete()
        out += len(rows)
    return out


def _opened(rows: Iterable[SealedLetter]) -> Iterator[tuple[SealedLetter, Letter]]:
    """The letters in ``rows``; one sealed with another key stays where it is, and is warned of."""
    for row in rows:
        try:
            yield row, aliases.unseal(bytes(row.content))
        except InvalidTag:
            logger.warning("a sealed letter cannot be opened: was ALIAS_KEY changed?")


def _shuffled(letters: list[Letter]) -> Iterator[Letter]:
    """The letters in random order, except that each writer's own stay in theirs."""
    queues: dict[str, deque[Letter]] = defaultdict(deque)
    for letter in sorted(letters, key=lambda letter: letter.written_at):
        queues[letter.tag].append(letter)
    order = [letter.tag for letter in letters]
    secrets.SystemRandom().shuffle(order)
    for tag in order:
        yield queues[tag].popleft()


def _deliver(group: Group, letters: list[Letter], moment: datetime) -> None:
    """Do what each letter asks; one that asks for what is gone by now is dropped."""
    known = {alias.tag: alias for alias in group.aliases.all()}
    for place, letter in enumerate(letters):
        alias = known.get(letter.tag)
        if alias is None:
            taken = {alias.name for alias in known.values()}
            name = aliases.free_name(letter.tag, taken)
            alias = Alias.objects.create(group=group, tag=letter.tag, name=name)
            known[letter.tag] = alias
        if alias.is_muted and letter.act != Act.DELETE:
            continue
        _DELIVERIES[letter.act](group, alias, letter, moment, place)


def _new_thread(group: Group, alias: Alias, letter: Letter, moment: datetime, place: int) -> None:
    thread = Thread.objects.create(
        group=group, title=letter.title, starter_alias=alias, last_at=moment
    )
    Message.objects.create(thread=thread, alias=alias, body=letter.body, at=moment, place=place)


def _new_message(group: Group, alias: Alias, letter: Letter, moment: datetime, place: int) -> None:
    thread = group.threads.filter(key=letter.thread).first()
    if thread is None:
        return
    Message.objects.create(thread=thread, alias=alias, body=letter.body, at=moment, place=place)
    Thread.objects.filter(pk=thread.pk, last_at__lt=moment).update(last_at=moment)


def _edit(group: Group, alias: Alias, letter: Letter, moment: datetime, place: int) -> None:
    Message.objects.filter(key=letter.message, alias=alias, state=MessageState.VISIBLE).update(
        body=letter.body, edited_at=moment
    )


def _delete(group: Group, alias: Alias, letter: Letter, moment: datetime, place: int) -> None:
    Message.objects.filter(key=letter.message, alias=alias).update(
        body="", state=MessageState.DELETED, hidden_reason=""
    )


_DELIVERIES = {
    Act.THREAD: _new_thread,
    Act.MESSAGE: _new_message,
    Act.EDIT: _edit,
    Act.DELETE: _delete,
}
