"""What answering costs: a fixed number of queries, whatever the questions, ballots or people."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from people.models import Person
from polls.actions.emptying import empty_urn
from polls.models import Consultation, UrnEntry
from tests.cast import SignIn
from tests.polls.ballots import make_open, make_people, vote

pytestmark = pytest.mark.django_db

AT_MOST = 8
ON_POSTGRESQL = 4
"""Session, person with roles, the way in, and one statement that casts."""
BOOKKEEPING = ("SAVEPOINT", "RELEASE SAVEPOINT", "BEGIN", "COMMIT")


def submit(
    sign_in: SignIn, person: Person, consultation: Consultation, form: dict[str, str]
) -> list[str]:
    """Send ``form`` as ``person``; gives the queries it took, all of them."""
    client = sign_in(person)
    url = consultation.get_absolute_url()
    client.get(url)
    before = UrnEntry.objects.count()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        response = client.post(url, {"go": "send", **form})
    assert response.status_code == 200
    assert UrnEntry.objects.count() == before + 1
    found = [query["sql"] for query in queries.captured_queries]
    return [sql for sql in found if not sql.startswith(BOOKKEEPING)]


def test_a_ballot_takes_at_most_eight_queries_session_person_and_roles_included(
    fatima: Person, sanne: Person, sign_in: SignIn
) -> None:
    make_people(8)
    consultation = make_open(fatima, "single")
    queries = submit(sign_in, sanne, consultation, {"q1": "c1"})
    assert len(queries) <= AT_MOST, "\n".join(queries)


def test_and_no_more_with_ten_times_the_questions_ballots_and_people(
    fatima: Person, sanne: Person, sign_in: SignIn
) -> None:
    people = make_people(80)
    one = make_open(fatima, "single")
    few = len(submit(sign_in, sanne, one, {"q1": "c1"}))
    ten = make_open(fatima, *["single"] * 10, breakdown="unit", background=True)
    for person in people[:40]:
        vote(ten, person, {"q1": "c1"})
    empty_urn(ten.pk)
    form = {f"q{number}": "c1" for number in range(1, 11)} | {"age": "b1"}
    assert len(submit(sign_in, sanne, ten, form)) == few <= AT_MOST


def test_on_postgresql_casting_is_one_statement(
    fatima: Person, sanne: Person, sign_in: SignIn
) -> None:
    make_people(8)
    consultation = make_open(fatima, "single", breakdown="unit")
    queries = submit(sign_in, sanne, consultation, {"q1": "c1"})
    wanted = ON_POSTGRESQL if connection.vendor == "postgresql" else AT_MOST
    asked = [sql for sql in queries if not sql.startswith("PREPARE")]
    assert len(asked) <= wanted, "\n".join(asked)
