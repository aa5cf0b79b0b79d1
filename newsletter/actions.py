"""What is done with a newsletter: write it, approve it, send it, and steer the sending."""

from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from newsletter import blocks, wakes
from newsletter.audience import chosen, reachable, too_few
from newsletter.editions import parts_of
from newsletter.models import LEAST_WAITING, Block, Issue, IssueState
from newsletter.stopping import asked_under, dossiers_of, refuse_locked
from outbox import actions as outbox_actions
from outbox.models import Mailing, State, Suppression
from people.log import log_act
from people.models import Person


@transaction.atomic
def start_issue(actor: Person, subject: str) -> Issue:
    """A new draft with an empty text block to begin in."""
    issue = Issue.objects.create(subject=subject, written_by=actor)
    Block.objects.create(issue=issue, position=1, kind=blocks.TEXT)
    log_act(actor, "newsletter.start", issue)
    return issue


@transaction.atomic
def save_issue(actor: Person, issue: Issue) -> None:
    """Keep what was changed; words approved before the change are no longer approved."""
    _unapprove(issue)
    issue.save()


@transaction.atomic
def delete_issue(actor: Person, issue: Issue) -> None:
    """Throw a draft away."""
    log_act(actor, "newsletter.delete", issue)
    issue.delete()


@transaction.atomic
def add_block(issue: Issue, kind: str, *, object_key: str = "") -> Block:
    """A block at the end."""
    _unapprove(issue)
    return Block.objects.create(
        issue=issue, position=next_position(issue), kind=kind, object_key=object_key
    )


def next_position(issue: Issue) -> int:
    """The place after the last block."""
    return int(issue.blocks.aggregate(last=Max("position"))["last"] or 0) + 1


@transaction.atomic
def save_block(block: Block, image: ContentFile[bytes] | None = None) -> None:
    """Keep a block's words, and its new image where there is one."""
    _unapprove(block.issue)
    if image is not None:
        block.image.save(str(image.name), image, save=False)
    block.save()


@transaction.atomic
def move_block(block: Block, *, up: bool) -> None:
    """Let a block change places with its neighbour."""
    at = [each.pk for each in _siblings(block)].index(block.pk)
    _place(block, max(at - 1, 0) if up else at + 1)


@transaction.atomic
def place_block(block: Block, to: int) -> None:
    """Put a block at place ``to``, the first being 0; past the end it is the last."""
    _place(block, to)


def _siblings(block: Block) -> list[Block]:
    return list(Block.objects.select_for_update().filter(issue=block.issue_id))


def _place(block: Block, to: int) -> None:
    siblings = _siblings(block)
    moved = next(each for each in siblings if each.pk == block.pk)
    siblings.remove(moved)
    siblings.insert(to, moved)
    for position, each in enumerate(siblings, start=1):
        each.position = position
    Block.objects.bulk_update(siblings, ["position"])
    _unapprove(block.issue)


@transaction.atomic
def remove_block(block: Block) -> None:
    """Take a block out."""
    _unapprove(block.issue)
    block.delete()


def _unapprove(issue: Issue) -> None:
    if issue.approved_by_id is not None:
        issue.approved_by = issue.approved_at = None
        issue.save(update_fields=["approved_by", "approved_at"])


@transaction.atomic
def approve_issue(actor: Person, issue: Issue) -> None:
    """The second pair of eyes says yes."""
    issue.approved_by, issue.approved_at = actor, timezone.now()
    issue.save(update_fields=["approved_by", "approved_at"])
    log_act(actor, "newsletter.approve", issue)


@transaction.atomic
def send_issue(actor: Person, issue: Issue, at: datetime | None = None) -> None:
    """Let an issue go out, now or at a moment to come. Raises ``ValidationError`` when not ready.

    It is handed to the outbox by a task (``newsletter.mailing``), so a large audience keeps nobody
    waiting and a scheduled issue goes the same way as any other.
    """
    locked = Issue.objects.select_for_update().get(pk=issue.pk)
    if not locked.is_draft:
        raise ValidationError(_("This issue has been sent or scheduled already."), code="state")
    if not locked.is_approved:
        raise ValidationError(_("A colleague has to approve this issue first."), code="approval")
    if locked.waiting_for_id is not None:
        refuse_pointing(locked)
    if not locked.blocks.exists():
        raise ValidationError(_("This issue is empty: add something to read."), code="empty")
    locked.state = IssueState.SCHEDULED
    locked.sent_by, locked.send_at, locked.stopped_at = actor, at or timezone.now(), None
    locked.save(update_fields=["state", "sent_by", "send_at", "stopped_at"])
    locked.dossiers.set(dossiers_of(parts_of(locked)) | asked_under(locked))
    log_act(actor, "newsletter.schedule" if at else "newsletter.send", locked)
    issue.refresh_from_db()
    if at is None:
        transaction.on_commit(wakes.wake)


def refuse_pointing(issue: Issue) -> None:
    """Raise ``ValidationError`` where writing to who has not answered would begin to show who.

    Few of them are not written to; and twice within a day, two totals would tell how many answered
    in between.
    """
    if reachable(chosen(issue)).count() < LEAST_WAITING:
        raise ValidationError(too_few(), code="few")
    since = timezone.now() - timedelta(days=1)
    others = Issue.objects.filter(waiting_for=issue.waiting_for_id).exclude(pk=issue.pk)
    if others.filter(Q(state=IssueState.SCHEDULED) | Q(sent_at__gt=since)).exists():
        raise ValidationError(
            _("Who has not answered this is written to once a day at most."), code="often"
        )


@transaction.atomic
def call_back(actor: Person, issue: Issue) -> bool:
    """Make a scheduled issue a draft again; False where it went out in the meantime."""
    scheduled = Issue.objects.filter(pk=issue.pk, state=IssueState.SCHEDULED)
    if not scheduled.update(state=IssueState.DRAFT, send_at=None, sent_by=None):
        return False
    log_act(actor, "newsletter.call_back", issue)
    return True


def pause_sending(actor: Person, issue: Issue) -> bool:
    """Hold the sending; whether it was going."""
    with transaction.atomic():
        done = outbox_actions.pause(_mailing(issue))
        if done:
            log_act(actor, "newsletter.pause", issue)
    return done


def resume_sending(actor: Person, issue: Issue) -> bool:
    """Go on; whether it was paused. Raises ``Locked``."""
    with transaction.atomic():
        refuse_locked(issue)
        done = outbox_actions.resume(_mailing(issue))
        if done:
            log_act(actor, "newsletter.resume", issue)
    return done


def cancel_sending(actor: Person, issue: Issue) -> int:
    """Stop for good; how many mails will not go out."""
    stopped = outbox_actions.cancel(_mailing(issue))
    log_act(actor, "newsletter.cancel", issue)
    return stopped


def send_again(actor: Person, issue: Issue, states: list[State], row: int | None = None) -> int:
    """Send once more to those who did not get it, or of whom nobody can tell; how many.

    Raises ``Locked`` while something in it is secret, or where the rest has an issue of its own.
    """
    with transaction.atomic():
        refuse_locked(issue)
        again = outbox_actions.send_again(_mailing(issue), states, row=row)
        log_act(actor, "newsletter.send_again", issue)
    return again


@transaction.atomic
def lift_suppression(actor: Person, address: str) -> bool:
    """Send mail to an address again that came back before; whether it was suppressed."""
    suppression = Suppression.objects.filter(address=address.lower()).first()
    if suppression is None:
        return False
    log_act(actor, "newsletter.lift_suppression", suppression)
    suppression.delete()
    return True


def _mailing(issue: Issue) -> Mailing:
    if issue.mailing is None:
        raise ValueError("an issue that was never handed over")
    return issue.mailing
