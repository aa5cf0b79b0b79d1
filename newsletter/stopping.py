"""Stopping a newsletter of which a part becomes secret while it goes out (WOR art. 20).

The lock itself keeps the part out of previews, hand-overs and the web version. What is on its way
with the outbox goes on by itself, so it is held in the transaction that imposes secrecy, and
cancelled and forgotten right after; a sweep does that to what a stop of the portal in between left
held. Test mails of it stop in the same way.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import partial
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext, override

from dossiers.models import Dossier
from dossiers.querysets import unlocked
from newsletter.models import Block, Issue, Trial
from outbox import actions as outbox_actions
from outbox.models import Mailing, MailingState
from people.log import log_act
from people.models import Person

if TYPE_CHECKING:
    from newsletter.editions import Part

GOING = (MailingState.QUEUED, MailingState.SENDING, MailingState.PAUSED)


class Locked(ValueError):
    """Something in the issue is secret, or its rest goes out as an issue of its own."""


def dossiers_of(parts: Iterable[Part]) -> set[int]:
    """The ids of the dossiers that parts are filed under."""
    return {part.dossier for part in parts if part.dossier is not None}


def asked_under(issue: Issue) -> set[int]:
    """The dossier of the consultation whose last colleagues an issue is for."""
    dossier = issue.waiting_for.dossier_id if issue.waiting_for else None
    return set() if dossier is None else {dossier}


def hold(dossiers: Collection[int]) -> None:
    """Let nobody impose secrecy on these until the transaction ends."""
    list(Dossier.objects.select_for_update().filter(pk__in=dossiers).order_by("pk"))


def stop_sending(dossier: Dossier) -> None:
    """Stop every issue and test mail with something of ``dossier`` in it that still goes out."""
    for issue in Issue.objects.filter(dossiers=dossier, mailing__state__in=GOING):
        assert issue.mailing is not None
        outbox_actions.pause(issue.mailing)
        issue.stopped_at = timezone.now()
        issue.save(update_fields=["stopped_at"])
        log_act(None, "newsletter.stop", issue)
        transaction.on_commit(partial(outbox_actions.withdraw, issue.mailing))
    trials = Trial.objects.filter(dossiers=dossier).values("mailing")
    for mailing in Mailing.objects.filter(pk__in=trials, state__in=GOING):
        outbox_actions.pause(mailing)
        transaction.on_commit(partial(outbox_actions.withdraw, mailing))


def finish_stops() -> None:
    """Withdraw what was stopped and still holds something: the portal went down before it could."""
    stopped = Issue.objects.exclude(stopped_at=None).values("mailing")
    ours = Mailing.objects.filter(Q(pk__in=stopped) | Q(pk__in=Trial.objects.values("mailing")))
    for mailing in ours.half_withdrawn():
        outbox_actions.withdraw(mailing)


def is_locked(issue: Issue) -> bool:
    """Whether something that an issue was handed over with is secret now."""
    return issue.dossiers.exclude(unlocked(None, path="")).exists()


def may_go_on(issue: Issue) -> bool:
    """Whether all that an issue was handed over with may still be told, by this issue.

    What was stopped is forgotten: the rest goes out as an issue of its own, also after the lock.
    """
    was_stopped = Issue.objects.filter(pk=issue.pk).exclude(stopped_at=None).exists()
    return not was_stopped and not is_locked(issue)


def refuse_locked(issue: Issue) -> None:
    """Raise ``Locked`` unless ``may_go_on``; its dossiers are held until the transaction ends."""
    hold(set(issue.dossiers.values_list("pk", flat=True)))
    if not may_go_on(issue):
        raise Locked(str(issue.key))


@transaction.atomic
def make_rest(actor: Person, issue: Issue) -> Issue:
    """A draft of what may still be told, for those of the audience who did not get ``issue``."""
    locked = Issue.objects.select_for_update().get(pk=issue.pk)
    if not locked.stopped_halfway or locked.rests.exists():
        raise Locked(str(issue.key))
    with override(settings.LANGUAGE_CODE):
        subject = gettext("Newsletter")
    units, sites = list(locked.units.all()), list(locked.sites.all())
    blocks = list(locked.blocks.filter(unlocked(None)))
    rest = Issue.objects.create(
        rest_of=locked,
        written_by=actor,
        # Not its subject and preview line: they could name what was secret.
        subject=subject,
        greets=locked.greets,
        asks_useful=locked.asks_useful,
        role=locked.role,
        needs_approval=locked.needs_approval,
        selection=locked.selection,
        waiting_for=locked.waiting_for,
    )
    rest.units.set(units)
    rest.sites.set(sites)
    for block in blocks:
        Block.objects.create(
            issue=rest,
            position=block.position,
            kind=block.kind,
            object_key=block.object_key,
            heading=block.heading,
            heading_en=block.heading_en,
            text=block.text,
            text_en=block.text_en,
            image=block.image,
            image_alt=block.image_alt,
            dossier=block.dossier,
        )
    log_act(actor, "newsletter.rest", rest)
    return rest
