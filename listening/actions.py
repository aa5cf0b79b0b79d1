"""What is done with what was heard; each in one transaction, logged without content."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from listening import emails
from listening.models import (
    ConversationNote,
    Message,
    MessageState,
    OfficeHour,
    Reply,
    Signal,
    SignalState,
    Source,
)
from people import codes
from people.log import log_act
from people.models import Person

RECEIPT_SIGNS = 20
"""95 random bits and a check sign: out of reach of guessing, also for who holds the digests."""


class WrongState(Exception):
    """The object moved on since the page was shown."""


class UnknownCode(LookupError):
    """No message belongs to this code."""


@transaction.atomic
def write_named(author: Person, subject: str, text: str) -> Message:
    """A message to the council under the writer's name."""
    return Message.objects.create(author=author, subject=subject, text=text)


@transaction.atomic
def write_anonymously(subject: str, text: str) -> tuple[Message, str]:
    """A message without an author, and the receipt code that opens it; the code is kept nowhere."""
    code = codes.new_code(RECEIPT_SIGNS)
    message = Message.objects.create(
        receipt_digest=codes.digest(code, "message"), subject=subject, text=text
    )
    return message, code


def open_with_code(typed: str) -> Message:
    """The anonymous message of a receipt code.

    Raises ``people.codes.MistypedCode`` where it cannot be a code, ``UnknownCode`` where no message
    has it.
    """
    code = codes.read_code(typed, RECEIPT_SIGNS)
    found = Message.objects.filter(receipt_digest=codes.digest(code, "message")).first()
    if found is None:
        raise UnknownCode
    return found


@transaction.atomic
def answer(message: Message, by: Person, text: str) -> Reply:
    """The council answers; the message counts as answered until its writer adds to it."""
    reply = _add_reply(message, text, answered_by=by)
    message.state = MessageState.ANSWERED
    message.handled_by = by
    message.save(update_fields=["state", "handled_by"])
    emails.tell_writer(message)
    log_act(by, "listening.answer", message)
    return reply


@transaction.atomic
def continue_message(message: Message, text: str) -> Reply:
    """Its writer adds to a message; it waits for the council again."""
    reply = _add_reply(message, text, answered_by=None)
    message.state = MessageState.HANDLING if message.handled_by_id else MessageState.NEW
    message.council_told = False
    message.save(update_fields=["state", "council_told"])
    return reply


@transaction.atomic
def tell_council_of_new_messages() -> bool:
    """Mail the council that messages wait, where any came in since it was told; whether one did."""
    if not Message.objects.filter(council_told=False).update(council_told=True):
        return False
    emails.tell_council()
    return True


@transaction.atomic
def take_on(message: Message, by: Person) -> None:
    """A council member takes a message on."""
    message.state = MessageState.HANDLING
    message.handled_by = by
    message.save(update_fields=["state", "handled_by"])
    log_act(by, "listening.take_on", message)


@transaction.atomic
def plan_office_hour(office_hour: OfficeHour, hosts: list[Person], by: Person) -> OfficeHour:
    """Announce a time and place, with who will be there."""
    office_hour.save()
    office_hour.hosts.set(hosts)
    log_act(by, "listening.plan_office_hour", office_hour)
    return office_hour


@transaction.atomic
def cancel_office_hour(office_hour: OfficeHour, by: Person) -> None:
    """Call it off; it stays listed as cancelled, so that nobody comes for nothing."""
    office_hour.cancelled_at = timezone.now()
    office_hour.save(update_fields=["cancelled_at"])
    log_act(by, "listening.cancel_office_hour", office_hour)


@transaction.atomic
def note_conversation(note: ConversationNote, by: Person) -> ConversationNote:
    """Keep what was heard in a conversation."""
    note.noted_by = by
    note.save()
    log_act(by, "listening.note", note)
    return note


@transaction.atomic
def note_signal(signal: Signal, by: Person) -> Signal:
    """Write down a signal in the council's own words."""
    signal.noted_by = by
    signal.save()
    log_act(by, "listening.note_signal", signal)
    return signal


def signal_from_note(note: ConversationNote) -> Signal:
    """An unsaved signal that begins from a note, for its form."""
    return Signal(
        title=note.theme,
        text=note.text,
        source=note.source,
        unit=note.unit,
        dossier=note.dossier,
    )


def signal_from_message(message: Message) -> Signal:
    """An unsaved signal that begins from a message: its dossier and source, never its words."""
    return Signal(source=Source.MESSAGE, dossier=message.dossier)


@transaction.atomic
def pass_on(signal: Signal, by: Person) -> None:
    """Show the signal to the director."""
    _step(
        signal,
        SignalState.NOTED,
        state=SignalState.PASSED_ON,
        passed_on_on=timezone.localdate(),
    )
    log_act(by, "listening.pass_on", signal)


@transaction.atomic
def answer_signal(signal: Signal, by: Person, text: str) -> None:
    """The director answers a signal."""
    _step(
        signal,
        SignalState.PASSED_ON,
        state=SignalState.ANSWERED,
        director_answer=text,
        answered_by=by,
        answered_on=timezone.localdate(),
    )
    log_act(by, "listening.answer_signal", signal)


@transaction.atomic
def feed_back(signal: Signal, by: Person, text: str) -> None:
    """Tell staff what came of it; from now on they see the signal and the answer."""
    _step(
        signal,
        SignalState.ANSWERED,
        state=SignalState.FED_BACK,
        feedback=text,
        fed_back_on=timezone.localdate(),
    )
    log_act(by, "listening.feed_back", signal)


def forget_old_messages(keep_days: int) -> int:
    """Delete messages whose conversation has been answered and quiet for ``keep_days``; how many.

    A message filed under a dossier stays as long as that dossier is open.
    """
    before = timezone.localdate() - timedelta(days=keep_days)
    quiet = (
        Message.objects.filter(state=MessageState.ANSWERED)
        .exclude(dossier__closed_on=None, dossier__isnull=False)
        .annotate(last_written_on=Max("replies__written_on"))
        .filter(last_written_on__lt=before)
    )
    deleted, _per_model = Message.objects.filter(pk__in=quiet.values("pk")).delete()
    return deleted


def _add_reply(message: Message, text: str, answered_by: Person | None) -> Reply:
    locked = Message.objects.select_for_update().get(pk=message.pk)
    last = locked.replies.aggregate(last=Max("position"))["last"] or 0
    return Reply.objects.create(
        message=message, position=last + 1, answered_by=answered_by, text=text
    )


def _step(signal: Signal, expected: SignalState, **changes: object) -> None:
    """Move on by a conditional update: of two people pressing at once, one moves it."""
    moved = Signal.objects.filter(pk=signal.pk, state=expected).update(**changes)
    if not moved:
        raise WrongState
    signal.refresh_from_db()
