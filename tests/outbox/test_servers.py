"""Whatever a mail server does, nothing is lost or doubled, and every row says what it knows."""

import threading
from collections import Counter
from datetime import timedelta

import pytest
from django.db.models.functions import Now
from pytest_django import Settings

from outbox import delivering, transport
from outbox.models import Delivery, Lane, Outage, State
from outbox.transport import Server
from tests.outbox.making import (
    assert_counts_hold,
    deliver_all,
    let_time_pass,
    make_mailing,
    row,
    states,
)
from tests.outbox.servers import Script, misbehaving

pytestmark = pytest.mark.django_db


def greylisting() -> Script:
    """Refuses every recipient the first time."""
    seen: set[str] = set()

    def on_recipient(recipient: str) -> str | None:
        if recipient in seen:
            return None
        seen.add(recipient)
        return "451 4.7.1 Greylisted, try again later"

    return Script(on_recipient=on_recipient)


@pytest.mark.parametrize("extensions", [("PIPELINING",), ()])
def test_greylisted_mail_goes_out_at_the_second_attempt(
    settings: Settings, extensions: tuple[str, ...]
) -> None:
    script = greylisting()
    script.extensions = extensions
    with misbehaving(script) as server:
        settings.SMTP_URL = server.url
        mailing = make_mailing(5)
        deliver_all()
        assert states(mailing) == {State.QUEUED: 5}
        waiting = row(mailing, 1)
        assert waiting.attempts == 1
        assert "Greylisted" in waiting.last_response
        assert Delivery.objects.filter(next_attempt_at__gt=Now() + timedelta(seconds=60)).exists()
        let_time_pass(mailing)
        deliver_all()
        assert states(mailing) == {State.SENT: 5}
        assert sorted(server.recipients) == sorted(f"m{n}@delinde.example" for n in range(5))
        assert_counts_hold(mailing)


@pytest.mark.long
def test_attempts_are_spread_and_end_after_two_days(settings: Settings) -> None:
    with misbehaving(Script(on_recipient=lambda _who: "450 mailbox busy")) as server:
        settings.SMTP_URL = server.url
        mailing = make_mailing(20)
        deliver_all()
        moments = set(mailing.deliveries.values_list("next_attempt_at", flat=True))
        assert len(moments) > 10
        mailing.deliveries.update(first_tried_at=Now() - timedelta(days=2, seconds=1))
        let_time_pass(mailing)
        deliver_all()
        assert states(mailing) == {State.FAILED: 20}
        assert row(mailing, 3).last_response == "450 mailbox busy"
        assert_counts_hold(mailing)


@pytest.mark.long
@pytest.mark.parametrize("extensions", [("PIPELINING",), ()])
def test_every_tenth_is_refused_for_good_and_says_why(
    settings: Settings, extensions: tuple[str, ...]
) -> None:
    def on_recipient(recipient: str) -> str | None:
        return "550 5.1.1 no such user" if recipient.startswith(("m9", "m19")) else None

    with misbehaving(Script(on_recipient=on_recipient, extensions=extensions)) as server:
        settings.SMTP_URL = server.url
        mailing = make_mailing(20)
        deliver_all()
        assert states(mailing) == {State.SENT: 18, State.FAILED: 2}
        assert row(mailing, 19).last_response == "550 5.1.1 no such user"
        assert len(server.accepted) == 18
        assert_counts_hold(mailing)
        mailing.refresh_from_db()
        assert mailing.state == "done"


def test_content_refused_for_good_fails_and_the_next_goes_on(settings: Settings) -> None:
    def on_content(content: bytes) -> str | None:
        return "554 5.7.1 looks like spam" if b"\r\nM3=" in content else None

    with misbehaving(Script(on_content=on_content)) as server:
        settings.SMTP_URL = server.url
        mailing = make_mailing(6)
        deliver_all()
        assert states(mailing) == {State.SENT: 5, State.FAILED: 1}
        assert row(mailing, 3).last_response == "554 5.7.1 looks like spam"


@pytest.mark.long
@pytest.mark.parametrize("cut", [1, 200, 5000])
def test_a_connection_closed_in_mid_content_is_tried_again_and_doubles_nothing(
    settings: Settings, cut: int
) -> None:
    script = Script(cut_data=lambda number: cut if number in (3, 4, 9) else None)
    with misbehaving(script) as server:
        settings.SMTP_URL = server.url
        mailing = make_mailing(12, text="lang " * 4000)
        deliver_all()
        assert states(mailing) == {State.SENT: 9, State.QUEUED: 3}
        let_time_pass(mailing)
        deliver_all()
        assert states(mailing) == {State.SENT: 12}
        assert set(Counter(server.recipients).values()) == {1}
        assert len(server.accepted) == 12
        assert_counts_hold(mailing)


def test_a_mail_taken_without_an_answer_is_unknown_and_not_sent_again(
    settings: Settings,
) -> None:
    with misbehaving(Script(silent_after_dot=lambda number: number == 4)) as server:
        settings.SMTP_URL = server.url
        mailing = make_mailing(10)
        deliver_all()
        let_time_pass(mailing)
        deliver_all()
        assert states(mailing) == {State.SENT: 9, State.UNKNOWN: 1}
        assert set(Counter(server.recipients).values()) == {1}
        assert len(server.accepted) == 10
        assert_counts_hold(mailing)
        mailing.refresh_from_db()
        assert mailing.state == "done"


@pytest.mark.long
def test_a_server_that_closes_after_every_third_mail_gets_them_all(settings: Settings) -> None:
    with misbehaving(Script(close_after=3)) as server:
        settings.SMTP_URL = server.url
        mailing = make_mailing(30)
        for _round in range(5):
            deliver_all()
            let_time_pass(mailing)
        assert states(mailing) == {State.SENT: 30}
        assert set(Counter(server.recipients).values()) == {1}


def test_a_server_that_hangs_up_with_421_is_asked_again_later(settings: Settings) -> None:
    first: list[str] = []

    def on_recipient(recipient: str) -> str | None:
        first.append(recipient)
        return "421 4.3.2 shutting down" if len(first) == 3 else None

    with misbehaving(Script(on_recipient=on_recipient)) as server:
        settings.SMTP_URL = server.url
        mailing = make_mailing(6)
        deliver_all()
        assert states(mailing) == {State.SENT: 5, State.QUEUED: 1}
        let_time_pass(mailing)
        deliver_all()
        assert states(mailing) == {State.SENT: 6}


@pytest.mark.parametrize(
    ("script", "words"),
    [
        (Script(greeting="554 go away"), "554"),
        (Script(greeting="421 too busy"), "421"),
        (Script(on_sender=lambda _line: "550 5.7.1 sender not allowed"), "sender not allowed"),
    ],
)
def test_a_server_that_takes_nothing_costs_no_mail_an_attempt(
    settings: Settings, script: Script, words: str
) -> None:
    with misbehaving(script) as server:
        settings.SMTP_URL = server.url
        mailing = make_mailing(8)
        deliver_all()
        assert states(mailing) == {State.QUEUED: 8}
        assert set(mailing.deliveries.values_list("attempts", flat=True)) == {0}
        assert words in Outage.objects.get().reason
        before = server.connections
        deliver_all()
        assert server.connections == before  # left alone until its time


def test_an_outage_is_past_once_a_mail_goes_out(settings: Settings) -> None:
    settings.SMTP_URL = "smtp://127.0.0.1:1"
    mailing = make_mailing(3)
    deliver_all()
    assert Outage.objects.exists()
    with misbehaving(Script()) as server:
        settings.SMTP_URL = server.url
        Outage.objects.update(retry_at=Now() - timedelta(seconds=1))
        deliver_all()
    assert not Outage.objects.exists()
    assert states(mailing) == {State.SENT: 3}


def test_a_server_without_starttls_gets_no_mail_in_the_clear(settings: Settings) -> None:
    with misbehaving(Script()) as server:
        settings.SMTP_URL = server.url.replace("smtp://", "smtp+tls://")
        mailing = make_mailing(2)
        deliver_all()
        assert server.accepted == []
        assert states(mailing) == {State.QUEUED: 2}
        assert "STARTTLS" in Outage.objects.get().reason


def test_a_server_that_refuses_starttls_gets_no_mail_in_the_clear(settings: Settings) -> None:
    with misbehaving(Script(extensions=("STARTTLS", "PIPELINING"))) as server:
        settings.SMTP_URL = server.url.replace("smtp://", "smtp+tls://")
        mailing = make_mailing(2)
        deliver_all()
        assert server.accepted == []
        assert states(mailing) == {State.QUEUED: 2}
        assert "454" in Outage.objects.get().reason


def test_a_server_that_hangs_is_left_after_its_time(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transport, "COMMAND_TIMEOUT", 0.3)
    script = Script(hang=threading.Event())
    with misbehaving(script) as server:
        settings.SMTP_URL = server.url
        mailing = make_mailing(3)
        delivering.deliver_batch(Lane.BULK)
        assert states(mailing) == {State.QUEUED: 3}
        assert sorted(mailing.deliveries.values_list("attempts", flat=True)) == [0, 0, 1]
        assert script.hang is not None
        script.hang.set()
        let_time_pass(mailing)
        deliver_all()
        assert states(mailing) == {State.SENT: 3}


def test_a_server_that_never_answers_the_content_leaves_it_unknown(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transport, "ANSWER_TIMEOUT", 0.3)
    with misbehaving(Script(pause=1.0)) as server:
        settings.SMTP_URL = server.url
        mailing = make_mailing(1)
        deliver_all()
        assert states(mailing) == {State.UNKNOWN: 1}


def test_addresses_of_servers_are_taken_apart() -> None:
    assert Server.parse("smtp://relay.example") == Server("smtp", "relay.example", 25)
    assert Server.parse("smtps://u%40x:p%2Fw@relay.example:4650") == Server(
        "smtps", "relay.example", 4650, "u@x", "p/w"
    )
    assert Server.parse("smtp+tls://relay.example").port == 587
    for wrong in ("", "http://x", "smtp://", "smtp:relay"):
        with pytest.raises(ValueError, match="SMTP_URL"):
            Server.parse(wrong)
