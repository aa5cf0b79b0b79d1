"""An attacker with the whole database, who knows who was online when, tries to unmask aliases.

The attacker is given every row of every table in its physical order, system columns included, and
the exact order in which the members were at the portal and wrote. docs/aliases.md has the design.
"""

import datetime as dt
import hashlib
import itertools
import random
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.apps import apps
from django.contrib.auth import HASH_SESSION_KEY as HASH
from django.contrib.auth import SESSION_KEY
from django.db import connection
from django.urls import reverse

from groups import actions
from groups.models import Alias, Group, Message, SealedLetter, Thread
from groups.tasks import empty_letterbox, send_notices
from people.models import Person, Session
from people.sign_in.sessions import SessionStore
from tests.cast import SignIn, make_people
from tests.groups.makers import make_group, make_thread

Row = dict[str, Any]
Dump = dict[str, list[Row]]
HERE = ZoneInfo("Europe/Amsterdam")
ROUNDS = 8
MEMBERS = 8


def dump() -> Dump:
    """Every table, rows in physical order, with the columns that the database keeps by itself."""
    postgres = connection.vendor == "postgresql"
    system = "ctid::text AS _ctid, xmin::text::bigint AS _xmin" if postgres else "rowid AS _rowid"
    order = "ctid" if postgres else "rowid"
    found: Dump = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            name = connection.ops.quote_name(table)
            cursor.execute(f"SELECT {system}, * FROM {name} ORDER BY {order}")
            columns = [column[0] for column in cursor.description]
            rows = [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]
            found[table] = [{**row, "_place": place} for place, row in enumerate(rows)]
    return found


def in_order(rows: list[Row], column: str) -> list[Row]:
    """The rows by one column; numbers by their size, all else as text."""
    return sorted(rows, key=lambda row: str(row[column]).zfill(12))


class Office:
    """A group at work: each day all members come by in a random order and write one letter."""

    def __init__(self, sign_in: SignIn, group: Group, thread: Thread, members: list[Person]):
        self.group, self.thread, self.members = group, thread, members
        self.visit = sign_in
        self.orders: list[list[Person]] = []
        self.midday: list[Dump] = []
        self.truth: dict[str, Person] = {}

    def work(self, rounds: int) -> Dump:
        """Live through the rounds; the dump at the end."""
        for number in range(rounds):
            day = dt.datetime(2026, 3, 2 + number, 8, 0, tzinfo=HERE)
            order = random.sample(self.members, len(self.members))
            self.orders.append(order)
            for minute, person in enumerate(order):
                with time_machine.travel(day + dt.timedelta(minutes=20 * minute), tick=False):
                    self._come_by(person, f"Brief {number} {person.pk} {random.random()}")
                    send_notices()
            self.midday.append(dump())
            with time_machine.travel(day.replace(hour=13, minute=3), tick=False):
                empty_letterbox()
        return dump()

    def _come_by(self, person: Person, body: str) -> None:
        client = self.visit(person)
        client.get(self.thread.get_absolute_url())
        client.get("/groepen/")
        typed = {"body": body, "writer": "alias"}
        client.post(reverse("groups:write", args=[self.thread.key]), typed)
        client.get(self.thread.get_absolute_url())
        self.truth[body] = person


@pytest.fixture
def office(db: None, sign_in: SignIn, sanne: Person) -> Office:
    """A group with aliases that has talked under names before."""
    with time_machine.travel(dt.datetime(2026, 3, 1, 12, 0, tzinfo=HERE), tick=False):
        members = make_people(MEMBERS)
        group = make_group(sanne, *random.sample(members, len(members)), alias=True)
        thread = make_thread(group, sanne)
    return Office(sign_in, group, thread, members)


@pytest.mark.long
def test_no_order_in_the_database_is_the_order_of_writing(office: Office) -> None:
    """Matching the i-th message of a round with the i-th person online is a guess, by any order."""
    found = office.work(ROUNDS)
    messages = [row for row in found["groups_message"] if row["alias_id"] is not None]
    assert len(messages) == ROUNDS * MEMBERS
    rounds = [list(rows) for _at, rows in itertools.groupby(messages, key=lambda row: row["at"])]
    assert [len(rows) for rows in rounds] == [MEMBERS] * ROUNDS
    columns = set(messages[0]) - {"body", "at", "state", "hidden_reason", "edited_at"}
    aliases = {row["id"]: row for row in found["groups_alias"]}
    for row in messages:
        alias = aliases[row["alias_id"]]
        row |= {f"alias {name}": alias[name] for name in ("_place", "id", "key", "tag", "name")}
    columns |= {name for name in messages[0] if name.startswith("alias ")}
    # By chance one of a round is right: 8 in all, and 24 or more in under one run of 100,000.
    for column in columns:
        hits = sum(
            office.truth[row["body"]] == person
            for rows, online in zip(rounds, office.orders, strict=True)
            for row, person in zip(in_order(rows, column), online, strict=True)
        )
        assert hits < 24, f"{column} tells who wrote: {hits} of {ROUNDS * MEMBERS}"


@pytest.mark.long
def test_one_round_is_one_transaction_and_one_moment(office: Office) -> None:
    found = office.work(2)
    for _at, grouped in itertools.groupby(
        [row for row in found["groups_message"] if row["alias_id"]], key=lambda row: row["at"]
    ):
        rows = list(grouped)
        if connection.vendor == "postgresql":
            assert len({row["_xmin"] for row in rows}) == 1
        assert len({row["at"] for row in rows}) == 1


def test_letters_that_wait_show_no_name_group_words_length_or_time(office: Office) -> None:
    office.work(1)
    (midday,) = office.midday
    letters = midday["groups_sealedletter"]
    assert len(letters) == MEMBERS
    assert set(letters[0]) - {"_ctid", "_xmin", "_rowid", "_place"} == {"key", "content"}
    contents = [bytes(row["content"]) for row in letters]
    assert len({len(content) for content in contents}) == 1
    for content, body in itertools.product(contents, office.truth):
        assert body.encode() not in content
    assert len({content[:16] for content in contents}) == MEMBERS


def test_emptied_letters_are_gone_from_the_database(office: Office) -> None:
    found = office.work(1)
    assert found["groups_sealedletter"] == []
    assert not SealedLetter.objects.exists()


def test_no_row_outside_the_key_holds_person_and_alias_together(office: Office) -> None:
    """No model leads from an alias to a person, directly or through a chain of rows of its own."""
    alias_tables = {Alias, SealedLetter}
    for model in alias_tables:
        related = {field.related_model for field in model._meta.get_fields() if field.is_relation}
        assert Person not in related
    found = office.work(1)
    for row in found["groups_message"]:
        assert (row["author_id"] is None) != (row["alias_id"] is None)


def test_a_tag_is_no_hash_that_can_be_tried_without_the_key(office: Office) -> None:
    found = office.work(1)
    tags = {row["tag"] for row in found["groups_alias"]}
    assert len(tags) == MEMBERS
    group = office.group
    parts = {
        person: [str(person.pk), str(person.key), person.key.hex, person.email, person.staff_number]
        for person in office.members
    }
    groups = ["", str(group.pk), str(group.key), group.key.hex]
    for person, names in parts.items():
        for one, two, glue in itertools.product(names, groups, ["", "|", ":", "-"]):
            for text in (f"{two}{glue}{one}", f"{one}{glue}{two}"):
                assert hashlib.sha256(text.encode()).hexdigest() not in tags, person
        raw = hashlib.sha256(group.key.bytes + person.key.bytes).hexdigest()
        assert raw not in tags


def opened(session_data: str) -> dict[str, Any]:
    """What a session holds but who it is of."""
    held: dict[str, Any] = SessionStore().decode(session_data)
    return {name: value for name, value in held.items() if name not in (SESSION_KEY, HASH)}


def traces(found: Dump, person: Person) -> dict[str, list[str]]:
    """All that the database holds of a person: rows that point at them, without random keys, and
    with their session opened (it is signed, and names who it is of)."""
    kept: dict[str, list[str]] = {}
    for model in apps.get_models():
        table = str(model._meta.db_table)
        points = [
            str(field.column)
            for field in model._meta.concrete_fields
            if field.is_relation and field.related_model is Person
        ]
        unlike = {"id", "key", "session_key", "_place", "_rowid", "_ctid", "_xmin", *points}
        rows = [row for row in found[table] if any(row[name] == person.pk for name in points)]
        if model is Session:
            rows = [{**row, "session_data": opened(row["session_data"])} for row in rows]
        kept[table] = sorted(
            str({name: value for name, value in row.items() if name not in unlike}) for row in rows
        )
    return kept


def test_who_wrote_and_who_only_read_leave_the_same_traces(office: Office, sign_in: SignIn) -> None:
    """Sessions, markers, notices, mail, the log: nothing tells a writer from a reader."""
    writers, readers = office.members[:4], office.members[4:]
    with time_machine.travel(dt.datetime(2026, 3, 2, 8, 0, tzinfo=HERE), tick=False):
        for person in writers:
            office._come_by(person, f"Van {person.pk}")
        for person in readers:
            client = sign_in(person)
            for url in (office.thread.get_absolute_url(), "/groepen/"):
                client.get(url)
        send_notices()
    for hour, day in ((13, 2), (7, 3), (13, 3)):
        with time_machine.travel(dt.datetime(2026, 3, day, hour, 2, tzinfo=HERE), tick=False):
            empty_letterbox()
            send_notices()
    found = dump()
    assert Message.objects.filter(alias__isnull=False).count() == len(writers)
    of_writers = [traces(found, person) for person in writers]
    of_readers = [traces(found, person) for person in readers]
    for trace in of_writers[1:] + of_readers:
        assert trace == of_writers[0]


def test_everyone_is_mailed_at_one_moment_the_writer_too(office: Office) -> None:
    with time_machine.travel(dt.datetime(2026, 3, 2, 8, 0, tzinfo=HERE), tick=False):
        for person in office.members[:3]:
            office._come_by(person, f"Van {person.pk}")
    before = set(_mailed(dump()))
    for hour, day in ((13, 2), (7, 3)):
        with time_machine.travel(dt.datetime(2026, 3, day, hour, 2, tzinfo=HERE), tick=False):
            empty_letterbox()
    mailed = [address for address in _mailed(dump()) if address not in before]
    with_address = {
        member.person.email
        for member in office.group.memberships.select_related("person")
        if member.person.email
    }
    assert sorted(mailed) == sorted(with_address)


def _mailed(found: Dump) -> list[str]:
    return [row["address"] for row in found["outbox_delivery"]]


def test_the_holder_of_the_key_can_work_it_out(office: Office) -> None:
    """What docs/aliases.md admits: with the key the tag of each member can be computed."""
    from groups.aliases import tag_of

    office.work(1)
    by_tag = {tag_of(person, office.group): person for person in office.members}
    for message in Message.objects.filter(alias__isnull=False).select_related("alias"):
        assert message.alias is not None
        assert by_tag[message.alias.tag] == office.truth[message.body]
    assert actions.own_letters(office.members[0], office.group) == []
