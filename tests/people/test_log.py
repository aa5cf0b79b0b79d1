"""The log of acts: one line, append-only, without content."""

import io
import os
import subprocess
import sys
import threading

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.db.models import F
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from people import log_triggers
from people.log import check_chain, log_act
from people.models import Act, LogHead, Person
from tests.cast import SignIn, make_people

VERB = "people.export_own_data"


def fill(person: Person, count: int = 5) -> list[Act]:
    return [log_act(person, VERB, person) for _number in range(count)]


def test_a_log_that_nobody_touched_holds(sanne: Person) -> None:
    fill(sanne)
    chain = check_chain()
    assert (chain.holds, chain.length) == (True, 5)
    out = io.StringIO()
    call_command("verify_log", stdout=out)
    assert chain.newest in out.getvalue()


def test_an_empty_log_holds(db: None) -> None:
    assert check_chain().holds


def test_an_act_without_a_registered_verb_is_refused(sanne: Person) -> None:
    with pytest.raises(ValueError, match="unregistered"):
        log_act(sanne, "people.gossip", sanne)


@pytest.mark.parametrize("change", ["update", "delete"])
def test_the_database_refuses_to_change_or_remove_a_row(sanne: Person, change: str) -> None:
    fill(sanne)
    rows = Act.objects.filter(pk=Act.objects.earliest("pk").pk)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        rows.delete() if change == "delete" else rows.update(verb="people.import_roster")
    assert check_chain().length == 5


def test_the_database_refuses_to_empty_the_log(sanne: Person) -> None:
    fill(sanne)
    empty = "TRUNCATE people_act" if connection.vendor == "postgresql" else "DELETE FROM people_act"
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(empty)


def tamper(how: str) -> None:
    """What somebody with the database's own keys could do."""
    log_triggers.drop(connection)
    acts = Act.objects.order_by("pk")
    second, last = acts[1], acts.reverse()[0]
    if how == "who":
        Act.objects.filter(pk=second.pk).update(actor_key="somebody else")
    elif how == "when":
        Act.objects.filter(pk=second.pk).update(at=F("at") + (last.at - second.at) * 2)
    elif how == "removed":
        second.delete()
    elif how == "cut off":
        last.delete()
    elif how == "added":
        Act.objects.create(at=last.at, verb=VERB, previous_hash=last.row_hash, row_hash="0" * 64)
    elif how == "swapped":
        verbs = {second.pk: "people.appoint_chair", last.pk: second.verb}
        for pk, verb in verbs.items():
            Act.objects.filter(pk=pk).update(verb=verb)
    log_triggers.create(connection)


@pytest.mark.parametrize("how", ["who", "when", "removed", "cut off", "added", "swapped"])
def test_tampering_is_found(sanne: Person, how: str) -> None:
    fill(sanne)
    tamper(how)
    assert not check_chain().holds
    with pytest.raises(CommandError):
        call_command("verify_log", stdout=io.StringIO())


@pytest.mark.django_db(transaction=True)
def test_acts_of_many_threads_at_once_form_one_line(sanne: Person) -> None:
    faults: list[Exception] = []
    ready = threading.Barrier(8)

    def act() -> None:
        try:
            ready.wait()
            for _number in range(10):
                log_act(sanne, VERB, sanne)
        except DatabaseError as fault:
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=act) for _number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    chain = check_chain()
    assert (chain.holds, chain.length) == (True, 80)


_PROCESS = """
import django
django.setup()
from people.log import log_act
for number in range(10):
    log_act(None, "people.export_own_data")
"""


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_acts_of_many_processes_at_once_form_one_line() -> None:
    name = str(connection.settings_dict["NAME"])
    url = f"sqlite:///{name}"
    if connection.vendor == "postgresql":
        base = os.environ["DATABASE_URL"].partition("?")
        url = f"{base[0].rpartition('/')[0]}/{name}{base[1]}{base[2]}"
    environment = {**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "orportal.settings"}
    processes = [
        subprocess.Popen([sys.executable, "-c", _PROCESS], cwd=settings.BASE_DIR, env=environment)
        for _number in range(3)
    ]
    assert [process.wait(60) for process in processes] == [0, 0, 0]
    chain = check_chain()
    assert (chain.holds, chain.length) == (True, 30)


def test_an_act_undone_with_its_transaction_leaves_no_gap(sanne: Person) -> None:
    fill(sanne, 1)
    with transaction.atomic():
        log_act(sanne, VERB, sanne)
        transaction.set_rollback(True)
    fill(sanne, 1)
    assert (check_chain().holds, check_chain().length) == (True, 2)
    assert LogHead.objects.get().row_hash == Act.objects.latest("pk").row_hash


def test_the_page_names_people_and_acts_newest_first(
    sanne: Person, fatima: Person, joris: Person, sign_in: SignIn
) -> None:
    log_act(joris, "people.appoint_member", sanne)
    log_act(joris, "people.print_codes", sanne.unit)
    log_act(None, "people.import_roster")
    page = sign_in(fatima).get(reverse("people:log")).content.decode()
    assert page.index("las de personeelslijst in") < page.index("maakte iemand OR-lid")
    assert "Joris van den Berg" in page
    assert "Sanne de Wit" in page
    assert "Verpleging" in page


def test_the_page_is_narrowed_by_person_part_and_period(
    sanne: Person, fatima: Person, joris: Person, sign_in: SignIn
) -> None:
    log_act(joris, "people.appoint_member", sanne)
    log_act(fatima, VERB, fatima)
    browser = sign_in(fatima)

    def rows(**query: str) -> int:
        page = browser.get(reverse("people:log"), query).content.decode()
        return page.count("<time datetime")

    assert rows() == 2
    assert rows(q="Sanne") == 1
    assert rows(app="people") == 2
    assert rows(app="dossiers") == 0
    assert rows(until="2001-01-01") == 0
    assert rows(since="2001-01-01") == 2
    assert browser.get(reverse("people:log"), {"since": "gisteren"}).status_code == 200


def test_a_page_of_the_log_costs_the_same_however_long_it_is(
    fatima: Person, sign_in: SignIn, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    browser = sign_in(fatima)
    browser.get(reverse("people:log"))
    people = make_people(60)
    costs = []
    for part in (people[:6], people[6:]):
        for person in part:
            log_act(person, VERB, person)
        with django_assert_max_num_queries(15) as queries:
            browser.get(reverse("people:log"))
        costs.append(len(queries))
    assert costs[0] == costs[1]
