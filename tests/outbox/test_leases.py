"""Leases, clocks, two workers: a row has one owner, and who knows what came of it says so."""

import json
import threading
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import OperationalError, connections
from django.db.models.functions import Now
from pytest_django import Settings

from outbox import actions, claims, delivering, journal
from outbox.filling import Form
from outbox.models import Delivery, Lane, State
from outbox.outcomes import Kind, Outcome
from tests.outbox.making import assert_counts_hold, deliver_all, make_mailing, row, states
from tests.outbox.servers import Script, misbehaving

pytestmark = pytest.mark.django_db(transaction=True)


def beside(work: Callable[[], object]) -> None:
    """Do ``work`` on a database connection of its own, as another process would."""

    def run() -> None:
        try:
            work()
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(30)


def expire() -> None:
    """The database's clock jumps an hour ahead: every lease is over."""
    Delivery.objects.filter(state=State.SENDING).update(lease_until=Now() - timedelta(hours=1))
    claims.give_up_expired()


def test_a_worker_whose_lease_was_cut_short_still_says_what_it_knows(
    settings: Settings,
) -> None:
    seen: list[dict[str, int]] = []

    def look() -> None:
        expire()
        seen.append(states(mailing))

    def on_content(_content: bytes) -> None:
        if not seen:
            beside(look)

    with misbehaving(Script(on_content=on_content)) as server:
        settings.SMTP_URL = server.url
        mailing = make_mailing(10)
        delivering.deliver_batch(Lane.BULK)
        deliver_all()
        assert seen[0] == {State.UNKNOWN: 10}
        assert states(mailing) == {State.SENT: 10}
        assert set(Counter(server.recipients).values()) == {1}
        assert_counts_hold(mailing)


def test_rows_that_somebody_took_over_are_left_alone(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivering, "LOOK_EVERY", 0.0)
    monkeypatch.setattr(claims, "RENEW", timedelta(0))
    taken: list[int] = []

    def take_over() -> None:
        expire()
        actions.send_again(mailing, [State.UNKNOWN])
        taken.extend(claimed.pk for claimed in claims.claim(Lane.BULK, "other").rows)

    def on_content(_content: bytes) -> None:
        if not taken:
            beside(take_over)

    with misbehaving(Script(on_content=on_content)) as server:
        settings.SMTP_URL = server.url
        mailing = make_mailing(10)
        delivering.deliver_batch(Lane.BULK)
        assert len(taken) == 10
        assert len(server.accepted) == 1  # the mail that was under way; no other after it
        assert states(mailing) == {State.SENDING: 10}
        assert set(mailing.deliveries.values_list("claimed_by", flat=True)) == {"other"}


def test_an_answer_under_another_token_changes_nothing() -> None:
    mailing = make_mailing(3)
    batch = claims.claim(Lane.BULK, "mine")
    answers = {claimed.pk: Outcome(Kind.SENT) for claimed in batch.rows}
    claims.settle("somebody-else", answers)
    claims.release("somebody-else", answers)
    assert states(mailing) == {State.SENDING: 3}
    claims.settle("mine", answers)
    claims.settle("mine", {pk: Outcome(Kind.FAILED, "late") for pk in answers})
    assert states(mailing) == {State.SENT: 3}
    assert_counts_hold(mailing)


def test_unknown_rows_are_sent_again_by_a_person_only(settings: Settings) -> None:
    with misbehaving(Script(silent_after_dot=lambda number: number == 1)) as server:
        settings.SMTP_URL = server.url
        mailing = make_mailing(2)
        for _time in range(3):
            deliver_all()
            claims.give_up_expired()
            delivering.recover()
        assert states(mailing) == {State.UNKNOWN: 1, State.SENT: 1}
        assert actions.send_again(mailing, [State.UNKNOWN], row=row(mailing, 0).pk) == 1
        deliver_all()
        assert states(mailing) == {State.SENT: 2}
        assert server.recipients.count("m0@delinde.example") == 2
        assert_counts_hold(mailing)


def test_what_was_sent_is_never_sent_again() -> None:
    mailing = make_mailing(1)
    with pytest.raises(ValueError, match="never sent again"):
        actions.send_again(mailing, [State.SENT])


def abandoned(rows: list[claims.Claimed], token: str, head: str) -> None:
    """A journal as a dead worker leaves it: the first mail answered, the second open."""
    lines = [[head], [rows[0].pk], [rows[0].pk, "sent", ""], [rows[1].pk]]
    text = "".join(f"{json.dumps(line)}\n" for line in lines)
    (journal.folder() / f"{token}.journal").write_text(text + '[12, "se')


@pytest.mark.parametrize(
    ("head", "after"),
    [
        ("same boot", {State.SENT: 1, State.UNKNOWN: 1, State.QUEUED: 3}),
        ("another boot", {State.SENT: 1, State.UNKNOWN: 4}),
    ],
)
def test_a_journal_narrows_a_crash_to_one_mail_within_one_boot(
    head: str, after: dict[str, int]
) -> None:
    mailing = make_mailing(5)
    batch = claims.claim(Lane.BULK, "dead")
    host = journal.boot().split(" ")[0]
    abandoned(batch.rows, "dead", journal.boot() if head == "same boot" else f"{host} before")
    assert delivering.recover() == 1
    assert states(mailing) == after
    assert not list(journal.folder().iterdir())
    assert delivering.recover() == 0
    assert_counts_hold(mailing)


def test_a_claim_that_is_committed_after_its_worker_died_is_given_back() -> None:
    mailing = make_mailing(10)
    journal.Journal("late").abandon()
    assert delivering.recover() == 0  # it holds nothing yet: the database may be on its way
    claims.claim(Lane.BULK, "late")
    assert delivering.recover() == 1
    assert states(mailing) == {State.QUEUED: 10}
    assert not list(journal.folder().iterdir())


def test_the_journal_of_a_claim_that_never_came_is_thrown_away_in_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    journal.Journal("never").abandon()
    (path,) = journal.folder().glob("*.journal")
    assert delivering.recover() == 0
    assert path.exists()
    monkeypatch.setattr(journal, "SETTLED_AFTER", 0.0)
    delivering.recover()
    assert not path.exists()


def test_a_journal_that_lost_its_lines_with_the_power_leaves_its_mails_open() -> None:
    mailing = make_mailing(5)
    claims.claim(Lane.BULK, "dark")
    (journal.folder() / "dark.journal").touch()
    assert delivering.recover() == 1
    assert states(mailing) == {State.UNKNOWN: 5}
    assert not list(journal.folder().iterdir())


def test_a_database_that_goes_away_while_a_form_is_fetched_fails_no_mail(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    fetch, calls = delivering.form, []

    def away_once(rendering: int, mailing: UUID) -> Form:
        calls.append(rendering)
        if len(calls) == 1:
            raise OperationalError("the server closed the connection")
        return fetch(rendering, mailing)

    monkeypatch.setattr(delivering, "form", away_once)
    with misbehaving(Script()) as server:
        settings.SMTP_URL = server.url
        mailing = make_mailing(10)
        deliver_all()
    assert states(mailing) == {State.SENT: 10}


def test_another_host_s_journal_is_left_to_that_host() -> None:
    mailing = make_mailing(5)
    batch = claims.claim(Lane.BULK, "far")
    abandoned(batch.rows, "far", "another-host boot")
    assert delivering.recover() == 0
    assert states(mailing) == {State.SENDING: 5}
    assert len(list(journal.folder().iterdir())) == 1


def test_a_living_worker_s_journal_is_left_alone() -> None:
    mailing = make_mailing(5)
    held = journal.Journal("alive")
    claims.claim(Lane.BULK, "alive")
    assert delivering.recover() == 0
    assert states(mailing) == {State.SENDING: 5}
    held.abandon()
    assert delivering.recover() == 1
    assert states(mailing) == {State.QUEUED: 5}


def test_a_mailing_cancelled_while_a_batch_is_out_cancels_what_comes_back(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivering, "LOOK_EVERY", 0.0)
    done: list[int] = []

    def on_content(_content: bytes) -> None:
        if not done:
            beside(lambda: done.append(actions.cancel(mailing)))

    with misbehaving(Script(on_content=on_content)) as server:
        settings.SMTP_URL = server.url
        mailing = make_mailing(60)
        delivering.deliver_batch(Lane.BULK)
        assert done == [10]
        assert len(server.accepted) == 1
        assert states(mailing) == {State.SENT: 1, State.CANCELLED: 59}
        assert_counts_hold(mailing)
