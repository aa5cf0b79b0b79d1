"""Reports to the moderators, opening from outside, and what may leave the group."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from groups import aliases, emails, signals
from groups.models import Group, Message, Opening, QuoteState, Report, Signal
from people.log import log_act
from people.models import Person

OPEN_FOR = timedelta(days=7)


@transaction.atomic
def report_message(message: Message, person: Person, reason: str) -> Report:
    """Point the moderators to a message; they do not see by whom. Again renews the report."""
    report, _created = Report.objects.update_or_create(
        message=message,
        tag=aliases.report_tag(person, message.key.bytes),
        defaults={"reason": reason, "reported_on": timezone.localdate(), "handled_on": None},
    )
    moderators = message.thread.group.memberships.current().moderators()
    for membership in moderators.select_related("person"):
        emails.something_new(membership.person)
    return report


@transaction.atomic
def dismiss_reports(message: Message) -> None:
    """Close the reports and leave the message."""
    message.reports.filter(handled_on=None).update(handled_on=timezone.localdate())


@transaction.atomic
def ask_opening(group: Group, person: Person, reason: str) -> Opening:
    """Ask, as one council member, to open a group; nothing opens before a second agrees."""
    opening = Opening.objects.create(group=group, asked_by=person, reason=reason)
    log_act(person, "groups.ask_opening", group)
    return opening


@transaction.atomic
def second_opening(opening: Opening, person: Person) -> Opening:
    """Agree as the second: from now on the two may read, and the group sees that and why."""
    opening = Opening.objects.select_for_update().get(pk=opening.pk)
    if opening.seconded_by_id is not None:
        raise ValueError("this opening has its second already")
    now = timezone.now()
    opening.seconded_by, opening.seconded_at, opening.ends_at = person, now, now + OPEN_FOR
    opening.save(update_fields=["seconded_by", "seconded_at", "ends_at"])
    log_act(person, "groups.open", opening.group)
    for membership in opening.group.memberships.current().select_related("person"):
        emails.something_new(membership.person)
    return opening


@transaction.atomic
def end_opening(opening: Opening, person: Person) -> None:
    """Close the group again before its time."""
    opening.ends_at = timezone.now()
    opening.save(update_fields=["ends_at"])
    log_act(person, "groups.end_opening", opening.group)


@transaction.atomic
def write_signal(
    group: Group,
    person: Person,
    paraphrase: str,
    *,
    message: Message | None = None,
    quote: str = "",
) -> Signal:
    """Take something to the council in a paraphrase.

    With a ``quote`` out of someone else's ``message`` it waits for that writer's answer.
    """
    state = QuoteState.NONE
    if message is not None and quote:
        own = message.author_id == person.pk
        state = QuoteState.ALLOWED if own else QuoteState.ASKED
    signal = Signal.objects.create(
        group=group,
        paraphrase=paraphrase,
        written_by=person,
        quoted=message if quote else None,
        quote=quote if message is not None else "",
        quote_state=state,
    )
    if state == QuoteState.ASKED:
        assert message is not None
        assert message.author is not None
        emails.something_new(message.author)
    else:
        _send(signal)
    return signal


@transaction.atomic
def answer_quote(signal: Signal, *, allowed: bool) -> Signal:
    """The writer says whether the words may go along; without them the paraphrase goes."""
    signal = Signal.objects.select_for_update().get(pk=signal.pk)
    if signal.quote_state != QuoteState.ASKED:
        raise ValueError("this quote has its answer already")
    signal.quote_state = QuoteState.ALLOWED if allowed else QuoteState.REFUSED
    if not allowed:
        signal.quote = ""
    signal.save(update_fields=["quote_state", "quote"])
    _send(signal)
    return signal


def _send(signal: Signal) -> None:
    signal.sent_at = timezone.now()
    signal.save(update_fields=["sent_at"])
    signals.pass_on(signal)
