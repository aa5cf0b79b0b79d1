"""A round of statements: made, added to, read and merged; and taken out of emptied envelopes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from people.log import log_act
from people.models import Person
from polls.actions.questionnaires import make_consultation, raise_revision
from polls.disclosure import participants_of
from polls.models import (
    MAX_SHOWN,
    MAX_STATEMENT,
    Consultation,
    ConsultationKind,
    State,
    Statement,
    StatementRound,
    StatementState,
)
from polls.statements.likeness import same
from polls.statements.shapes import AGREE
from polls.statements.voting import ADDED, ROOM, added_in, answers_of, put_before, votes_in
from polls.urn import Act, Envelope, shuffle


class RoundFull(Exception):
    """As many statements as fit are put to people already."""


class NotNow(Exception):
    """What is asked cannot be done with this statement as it and its round stand."""


def make_round(
    draft: Consultation, *, by: Person, title: str, introduction: str, seeds: Iterable[str]
) -> Consultation:
    """Save ``draft`` as a round with the council's own statements; its settings follow."""
    with transaction.atomic():
        draft.kind = ConsultationKind.STATEMENTS
        made = make_consultation(draft, by=by, title=title, introduction=introduction)
        StatementRound.objects.create(consultation=made)
        add_seeds(made, seeds, by)
    return made


def add_seeds(consultation: Consultation, texts: Iterable[str], by: Person) -> int:
    """Put the council's own statements to people, those that are there already left out; gives how
    many. Raises ``RoundFull`` and ``NotNow``."""
    with transaction.atomic():
        locked = _changeable(consultation)
        standing = list(Statement.objects.filter(consultation=locked).ever_shown())
        fresh: list[str] = []
        for text in texts:
            if not any(same(text, other) for other in (*fresh, *(row.text for row in standing))):
                fresh.append(text)
        if len(standing) + len(fresh) > MAX_SHOWN:
            raise RoundFull
        first = _next_number(locked)
        offered = participants_of(locked)
        Statement.objects.bulk_create(
            Statement(
                consultation=locked,
                number=number,
                code=f"s{number}",
                text=text[:MAX_STATEMENT],
                is_seed=True,
                state=StatementState.SHOWN,
                shown_after=offered,
            )
            for number, text in enumerate(fresh, start=first)
        )
        raise_revision(consultation.questionnaire)
        if locked.state == State.OPEN:
            log_act(by, "polls.add_statement", locked)
    return len(fresh)


def show_statement(statement: Statement, text: str, by: Person) -> None:
    """Put what a colleague added to everyone, in the words given (names taken out)."""
    with _deciding(statement, by, "polls.show_statement") as row:
        if row.state == StatementState.SHOWN:
            raise NotNow
        if (
            Statement.objects.filter(consultation=row.consultation).ever_shown().count()
            >= MAX_SHOWN
        ):
            raise RoundFull
        row.text = text[:MAX_STATEMENT]
        row.state = StatementState.SHOWN
        row.merged_into = None
        row.refusal = ""
        row.shown_after = participants_of(row.consultation)


def refuse_statement(statement: Statement, reason: str, by: Person) -> None:
    """Do not put it to people (any more); the reason stands in the report."""
    with _deciding(statement, by, "polls.refuse_statement") as row:
        row.state = StatementState.REFUSED
        row.merged_into = None
        row.refusal = reason[:300]


def merge_statement(statement: Statement, into: Statement, by: Person) -> None:
    """It says the same as ``into``: votes under it count there, one a person."""
    with _deciding(statement, by, "polls.merge_statement") as row:
        target = Statement.objects.filter(consultation=row.consultation).shown().get(pk=into.pk)
        if target.pk == row.pk:
            raise NotNow
        row.state = StatementState.MERGED
        row.merged_into = target
        Statement.objects.filter(merged_into=row).update(merged_into=target)


def reword_statement(statement: Statement, text: str, by: Person) -> None:
    """Put other words in place; whether that is allowed the caller has judged."""
    with _deciding(statement, by, "polls.edit") as row:
        row.text = text[:MAX_STATEMENT]


def remove_statement(statement: Statement) -> None:
    """Take a statement out of a draft."""
    with transaction.atomic():
        locked = _changeable(statement.consultation)
        if locked.state != State.DRAFT:
            raise NotNow
        Statement.objects.filter(pk=statement.pk).delete()
        raise_revision(statement.consultation.questionnaire)


def reasons_not_to_start(consultation: Consultation) -> list[str]:
    """What stands in the way of opening a round, besides what does for every consultation."""
    reasons = []
    if not Statement.objects.filter(consultation=consultation).shown().exists():
        reasons.append(_("Write at least one statement to begin with."))
    if not consultation.is_anonymous:
        reasons.append(_("Statements are voted on anonymously. Set the mode to anonymous."))
    return reasons


def freeze_round(consultation: Consultation) -> None:
    """At the opening, before it is saved: the envelope's length, and the group threshold where the
    round asks for a higher one."""
    consultation.envelope_size = ROOM
    least = consultation.round.least_group
    consultation.group_threshold = max(consultation.group_threshold, least)


def take_out_statements(consultation: Consultation, ballots: dict[str, Envelope]) -> None:
    """Inside an emptying: make rows of the statements that ``ballots`` add, and cut them loose.

    All of the batch together in random order. The ballot keeps that its voter agrees with what
    they wrote, and how many they added. What is there already, in the same words, gets that vote
    instead of a row of its own.
    """
    texts = [(lookup, text) for lookup, ballot in ballots.items() for text in _added(ballot)]
    shuffle(texts)
    by_text = {row.text: row.code for row in Statement.objects.filter(consultation=consultation)}
    number = _next_number(consultation)
    fresh = []
    agreed: dict[str, list[str]] = {}
    for lookup, text in texts:
        code = next((code for other, code in by_text.items() if same(text, other)), "")
        if not code:
            code = f"s{number}"
            fresh.append(Statement(consultation=consultation, number=number, code=code, text=text))
            by_text[text] = code
            number += 1
        agreed.setdefault(lookup, []).append(code)
    Statement.objects.bulk_create(fresh)
    for lookup, ballot in ballots.items():
        if ADDED not in ballot.answers:
            continue
        votes = dict.fromkeys(agreed.get(lookup, ()), AGREE) | votes_in(ballot.answers)
        put = put_before(ballot.answers) + len(agreed.get(lookup, ()))
        ballots[lookup] = replace(ballot, answers=answers_of(votes, put=put))


def keep_late(consultation: Consultation, texts: list[str]) -> None:
    """At the closing: what was added too late to be voted on, for the council to read."""
    shuffle(texts)
    number = _next_number(consultation)
    Statement.objects.bulk_create(
        Statement(consultation=consultation, number=at, code=f"s{at}", text=text)
        for at, text in enumerate(texts, start=number)
    )


def _added(ballot: Envelope) -> list[str]:
    return [] if ballot.act is Act.WITHDRAW else added_in(ballot.answers)


def _next_number(consultation: Consultation) -> int:
    rows = Statement.objects.filter(consultation=consultation)
    return int(rows.aggregate(last=Max("number"))["last"] or 0) + 1


def _changeable(consultation: Consultation) -> Consultation:
    """Inside a transaction: the round, locked against others who number statements."""
    locked = Consultation.objects.select_for_update(no_key=True).get(pk=consultation.pk)
    if locked.state in (State.CLOSING, State.CLOSED):
        raise NotNow
    return locked


@contextmanager
def _deciding(statement: Statement, by: Person, verb: str) -> Iterator[Statement]:
    """A transaction in which one statement is changed, logged, and everyone's page made stale.

    Raises ``NotNow`` once the round is being counted.
    """
    with transaction.atomic():
        locked = _changeable(statement.consultation)
        row = Statement.objects.select_related("consultation__questionnaire").get(
            pk=statement.pk, consultation=locked
        )
        yield row
        row.save()
        raise_revision(row.consultation.questionnaire)
        log_act(by, verb, row.consultation)
    statement.refresh_from_db()
