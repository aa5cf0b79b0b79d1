"""The attack on what the planner keeps: samples of values outlive the rows they were taken from."""

from __future__ import annotations

import json
import secrets
from typing import Any

import pytest
from django.db import connection

from people.models import Person
from polls.actions.emptying import empty_urn
from polls.models import (
    AgreeSlip,
    Ballot,
    Consultation,
    NamedBallot,
    OpenAnswer,
    PaperEntry,
    Release,
    ReleaseAudience,
    UrnEntry,
)
from tests.polls.ballots import make_consultation, make_open, make_people, vote

pytestmark = pytest.mark.django_db(transaction=True)

VOTERS = 24


def samples() -> str:
    """Every value that the planner keeps of the tables of asking, after it looked at them anew."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT attname, most_common_vals::text, histogram_bounds::text"
                " FROM pg_stats WHERE tablename LIKE 'polls\\_%%'"
            )
            return json.dumps(cursor.fetchall())
        cursor.execute("SELECT name FROM sqlite_schema WHERE name LIKE 'sqlite_stat%%'")
        tables = [name for (name,) in cursor.fetchall()]
        found = []
        for table in tables:
            cursor.execute(f'SELECT * FROM "{table}"')
            found += [str(row) for row in cursor.fetchall()]
            # Else later tests would be planned by it.
            cursor.execute(f'DELETE FROM "{table}"')
        return json.dumps(found)


def test_no_sealed_envelope_or_ballot_is_among_what_is_sampled(fatima: Person) -> None:
    """With the key they could be opened long after they were destroyed."""
    people = make_people(VOTERS)
    consultation = make_open(fatima, "single")
    for person in people[:12]:
        vote(consultation, person, {"q1": "c1"})
    empty_urn(consultation.pk)
    for person in people[12:20]:
        vote(consultation, person, {"q1": "c2"})
    slips = [
        AgreeSlip.objects.create(
            consultation=consultation, lookup=secrets.token_hex(32), sealed=secrets.token_bytes(40)
        )
        for _each in range(12)
    ]
    papers = [
        PaperEntry.objects.create(
            consultation=consultation, lookup=secrets.token_hex(32), sealed=secrets.token_bytes(40)
        )
        for _each in range(12)
    ]
    rows: list[Any] = [*UrnEntry.objects.all(), *Ballot.objects.all(), *slips, *papers]
    assert len(rows) == 44
    kept = samples()
    if connection.vendor == "postgresql":
        assert rows[0].lookup in kept, "the planner did look at these rows"
    assert [row for row in rows if bytes(row.sealed).hex() in kept] == []


def test_no_text_or_named_answer_is_among_what_is_sampled(fatima: Person) -> None:
    """Else they would still be there when the portal has deleted them."""
    consultation: Consultation = make_consultation(fatima, "long_text")
    texts = [f"tekst-{secrets.token_hex(8)}" for _each in range(VOTERS)]
    for text, person in zip(texts, make_people(VOTERS), strict=True):
        OpenAnswer.objects.create(
            consultation=consultation, question="q1", text=text, redacted_text=f"{text}-weg"
        )
        NamedBallot.objects.create(
            consultation=consultation, person=person, answers={"q1": f"naam-{text}"}
        )
        Release.objects.create(
            consultation=make_consultation(fatima),
            audience=ReleaseAudience.STAFF,
            payload={},
            texts=[{"text": f"vrij-{text}"}],
        )
    kept = samples()
    assert [text for text in texts if text in kept] == []
