"""The right to put one ballot in the urn: an elector's, or a printed code's.

A right is all that casting knows about who votes. It is redeemed inside the transaction that puts
the envelope in, by a conditional update, so that of two attempts at the same moment one wins.
Another right (a blind signature made in the browser) can be added beside these two.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from dossiers.querysets import unlocked
from people.models import Person
from people.prepared import Prepared
from polls.models import Consultation, Elector, PaperEntry, VotingCode
from polls.models.keys import random_key
from polls.receipts import paper_lookup, read_voting_code, voting_code_hash


class CannotAnswer(Exception):
    """No answer can be taken; the subclass says why."""


class NotOpen(CannotAnswer):
    """The consultation takes no answers (yet, or any more)."""


class NotInvited(CannotAnswer):
    """This person is not in the electorate."""


class VotesByCode(CannotAnswer):
    """This person got a printed code, and answers with that."""


class AlreadyTookPart(CannotAnswer):
    """This right was used before."""


class UnknownCode(CannotAnswer):
    """No such voting code was ever printed, or its consultation is long over."""


class UnknownReceipt(CannotAnswer):
    """No ballot stands under this receipt."""


class Right(Protocol):
    """What entitles someone to put one ballot in the urn of ``consultation``."""

    @property
    def consultation(self) -> Consultation: ...

    def redeem(self) -> str:
        """Use the right up, inside the casting transaction; gives the group it belongs to.

        Raises ``AlreadyTookPart`` and its siblings, and then has written nothing.
        """
        ...


@dataclass(frozen=True)
class ElectorRight:
    """The right of someone who was invited and signed in.

    ``group`` is what their invitation said just now, where it was read: the envelope can then be
    sealed before the right is redeemed.
    """

    consultation: Consultation
    person: Person
    group: str | None = None

    def redeem_with(self, lookup: str, sealed: bytes) -> bool:
        """On PostgreSQL, all of casting in one statement: hold open, redeem, put in the urn.

        Nothing is written where that cannot be: closed, not invited, used before, by code, or the
        group is another by now. ``hold_open`` and ``redeem`` say which.
        """
        assert self.group is not None
        found = _cast.rows(
            pk=self.consultation.pk,
            now=timezone.now(),
            person=self.person.pk,
            group=self.group,
            key=random_key(),
            lookup=lookup,
            sealed=sealed,
        )
        return bool(found)

    def redeem(self) -> str:
        """See ``Right``."""
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE polls_elector SET took_part = %s WHERE consultation_id = %s"
                ' AND person_id = %s AND NOT took_part AND NOT by_code RETURNING "group"',
                [True, self.consultation.pk, self.person.pk],
            )
            row = cursor.fetchone()
        if row is None:
            raise self._refusal()
        return str(row[0])

    def _refusal(self) -> CannotAnswer:
        elector = Elector.objects.filter(consultation=self.consultation, person=self.person).first()
        if elector is None:
            return NotInvited()
        return VotesByCode() if elector.by_code else AlreadyTookPart()


@dataclass(frozen=True)
class CodeRight:
    """The right of whoever holds a printed code."""

    consultation: Consultation
    code_hash: str
    group: str

    @classmethod
    def of(cls, typed: str) -> CodeRight:
        """The right that a typed code gives.

        Raises ``people.codes.MistypedCode`` for what cannot be a code (nothing is looked up then),
        ``UnknownCode``, ``AlreadyTookPart`` where the code was used, and ``NotOpen``.
        """
        code_hash = voting_code_hash(read_voting_code(typed))
        codes = VotingCode.objects.select_related("consultation__questionnaire")
        code = codes.filter(unlocked(None, "consultation__dossier"), code_hash=code_hash).first()
        if code is None:
            raise UnknownCode
        if code.used:
            raise AlreadyTookPart
        if not code.consultation.is_open:
            raise NotOpen
        return cls(code.consultation, code_hash, code.group)

    def hold_unused(self) -> bool:
        """Inside a transaction: whether the code is unused, and stays so until its end."""
        codes = VotingCode.objects.filter(consultation=self.consultation, code_hash=self.code_hash)
        return codes.filter(used=False).select_for_update().values_list("pk").first() is not None

    def redeem(self) -> str:
        """See ``Right``."""
        won = VotingCode.objects.filter(
            consultation=self.consultation, code_hash=self.code_hash, used=False
        ).update(used=True)
        if not won:
            raise AlreadyTookPart
        # Typed once from paper meanwhile: this code has its ballot now.
        PaperEntry.objects.filter(
            consultation=self.consultation, lookup=paper_lookup(self.code_hash)
        ).delete()
        return self.group


def hold_open(consultation: Consultation) -> None:
    """Inside a transaction: make sure the consultation takes answers until this transaction ends.

    Closing waits for all that hold it, and those that come after it are refused: on PostgreSQL by
    a shared row lock (many cast at once), on SQLite because its writers queue. Raises ``NotOpen``.
    """
    assert connection.in_atomic_block
    if not _open.rows(pk=consultation.pk, now=timezone.now()):
        raise NotOpen


def _open_now(pk: int, now: datetime, **_rest: Any) -> QuerySet[Consultation, tuple[Any, ...]]:
    return Consultation.objects.open(now).filter(pk=pk).order_by().values_list("pk")


_open = Prepared(_open_now, lock="FOR KEY SHARE", pk=int, now=datetime)

# The three statements of casting as one: a row is redeemed only of a consultation that is held
# open, and goes into the urn only by a row that was redeemed. Each waits for whom it would alone.
_cast = Prepared(
    _open_now,
    lock="FOR KEY SHARE",
    around="""WITH held (id) AS MATERIALIZED ({query}), redeemed AS (
        UPDATE polls_elector SET took_part = true FROM held
        WHERE consultation_id = held.id AND person_id = %(person)s
        AND NOT took_part AND NOT by_code AND "group" = %(group)s
        RETURNING consultation_id
    )
    INSERT INTO polls_urnentry (id, consultation_id, lookup, is_first, sealed)
    SELECT %(key)s::bigint, consultation_id, %(lookup)s, true, %(sealed)s::bytea FROM redeemed
    RETURNING consultation_id""",
    pk=int,
    now=datetime,
    person=int,
    group=str,
    key=int,
    lookup=str,
    sealed=bytes,
)


def lock_for_closing(consultation: Consultation) -> Consultation:
    """Inside a transaction: the row, once nobody holds it open any more."""
    assert transaction.get_connection().in_atomic_block
    return Consultation.objects.select_for_update().get(pk=consultation.pk)
