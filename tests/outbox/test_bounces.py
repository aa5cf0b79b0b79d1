"""Returned mail finds its row, says why, and stops mail to addresses that do not exist."""

import io
import sys
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.utils import timezone
from pytest_django import Settings

from outbox import bounces, tokens
from outbox.models import Bounce, BounceKind, Delivery, Lane, Mailing, State, Suppression
from tests.outbox.making import assert_counts_hold, deliver_all, make_mailing, row
from tests.outbox.servers import Script, misbehaving

pytestmark = pytest.mark.django_db

REPORT = """\
Return-Path: <>
Delivered-To: {to}
From: MAILER-DAEMON@relay.example (Mail Delivery System)
To: {to}
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b1"

--b1
Content-Type: text/plain; charset=us-ascii

This is the mail system at host relay.example.

<m3@delinde.example>: {diagnostic}

--b1
Content-Type: message/delivery-status

Reporting-MTA: dns; relay.example

Final-Recipient: rfc822; m3@delinde.example
Original-Recipient: rfc822;m3@delinde.example
Action: {action}
Status: {status}
Diagnostic-Code: smtp; {diagnostic}

--b1
Content-Type: text/rfc822-headers

From: OR <or@localhost>
Message-ID: <{message_id}>

--b1--
"""
ABSENT = """\
From: Sanne <m3@delinde.example>
To: {to}
Subject: Afwezig: Nieuws
Auto-Submitted: auto-replied

Ik ben met vakantie tot 7 december.
In-Reply-To: <{message_id}>
"""
COMPLAINT = """\
From: abuse@provider.example
To: or@localhost
Subject: complaint
MIME-Version: 1.0
Content-Type: multipart/report; report-type=feedback-report; boundary="b1"

--b1
Content-Type: message/feedback-report

Feedback-Type: abuse
Version: 1

--b1
Content-Type: message/rfc822

From: OR <or@localhost>
Message-ID: <{message_id}>

Nieuws
--b1--
"""


@pytest.fixture
def mailing(settings: Settings) -> Mailing:
    """Sent to ten, with a bounce mailbox configured."""
    settings.BOUNCE_ADDRESS = "bounces@or.example"
    with misbehaving(Script()) as server:
        settings.SMTP_URL = server.url
        mailing = make_mailing(10)
        deliver_all()
    return mailing


def report(
    delivery: Delivery,
    *,
    status: str = "5.1.1",
    action: str = "failed",
    diagnostic: str = "550 5.1.1 User unknown",
    by_address: bool = True,
    text: str = REPORT,
) -> bytes:
    token = tokens.mail_token(delivery.mailing, delivery.pk)
    to = f"bounces+{token}@or.example" if by_address else "bounces@or.example"
    message_id = "x@elsewhere.example" if by_address else f"{token}@localhost"
    filled = text.format(
        to=to, message_id=message_id, status=status, action=action, diagnostic=diagnostic
    )
    return filled.replace("\n", "\r\n").encode()


def test_each_mail_goes_out_under_a_bounce_address_of_its_own(settings: Settings) -> None:
    settings.BOUNCE_ADDRESS = "bounces@or.example"
    senders: list[str] = []

    def on_sender(line: str) -> None:
        senders.append(line)

    with misbehaving(Script(on_sender=on_sender)) as server:
        settings.SMTP_URL = server.url
        mailing = make_mailing(3)
        deliver_all()
    token = tokens.mail_token(mailing, row(mailing, 1).pk)
    assert f"MAIL FROM:<bounces+{token}@or.example>" in senders
    assert len(set(senders)) == 3


@pytest.mark.parametrize("by_address", [True, False])
def test_an_address_that_does_not_exist_fails_and_gets_no_more_mail(
    mailing: Mailing, by_address: bool
) -> None:
    bounce = bounces.take_in(report(row(mailing, 3), by_address=by_address))
    assert bounce is not None
    assert (bounce.kind, bounce.status) == (BounceKind.HARD, "5.1.1")
    returned = row(mailing, 3)
    assert returned.state == State.FAILED
    assert "User unknown" in returned.last_response
    assert Suppression.objects.get().address == "m3@delinde.example"
    assert_counts_hold(mailing)


def test_a_full_mailbox_is_given_three_days_of_chances(mailing: Mailing) -> None:
    returned = row(mailing, 3)
    today = timezone.localdate()
    for days_ago in (3, 2, 0):
        assert not Suppression.objects.exists()
        words = f"552 5.2.2 Mailbox full, {days_ago} days ago"
        bounce = bounces.take_in(report(returned, status="5.2.2", diagnostic=words))
        assert bounce is not None
        assert bounce.kind == BounceKind.SOFT
        Bounce.objects.filter(pk=bounce.pk).update(received_on=today - timedelta(days=days_ago))
    assert Suppression.objects.get().reason == "full"


def test_refused_content_says_nothing_about_the_address(mailing: Mailing) -> None:
    text = report(row(mailing, 3), status="5.7.1", diagnostic="550 5.7.1 Message rejected as spam")
    bounce = bounces.take_in(text)
    assert bounce is not None
    assert bounce.kind == BounceKind.SOFT
    assert row(mailing, 3).state == State.FAILED
    assert not Suppression.objects.exists()


def test_a_delay_changes_nothing(mailing: Mailing) -> None:
    text = report(
        row(mailing, 3), status="4.4.1", action="delayed", diagnostic="connection timed out"
    )
    bounce = bounces.take_in(text)
    assert bounce is not None
    assert bounce.kind == BounceKind.DELAYED
    assert row(mailing, 3).state == State.SENT


def test_an_out_of_office_is_no_bounce(mailing: Mailing) -> None:
    assert bounces.take_in(report(row(mailing, 3), text=ABSENT)) is None
    assert row(mailing, 3).state == State.SENT
    assert not Bounce.objects.exists()


def test_a_complaint_stops_mail(mailing: Mailing) -> None:
    bounce = bounces.take_in(report(row(mailing, 3), text=COMPLAINT, by_address=False))
    assert bounce is not None
    assert Suppression.objects.get().reason == "complaint"
    assert row(mailing, 3).state == State.SENT


def test_the_same_mail_taken_in_twice_counts_once(mailing: Mailing) -> None:
    text = report(row(mailing, 3))
    assert bounces.take_in(text) is not None
    assert bounces.take_in(text) is None
    assert Bounce.objects.count() == 1
    assert_counts_hold(mailing)


def test_a_made_up_bounce_changes_nothing(mailing: Mailing) -> None:
    genuine = report(row(mailing, 3))
    token = tokens.mail_token(mailing, row(mailing, 3).pk).encode()
    other = tokens.mail_token(mailing, row(mailing, 4).pk).encode()
    forged = genuine.replace(token, other.split(b".")[0] + b"." + token.split(b".")[1])
    assert bounces.take_in(forged) is None
    assert bounces.take_in(genuine.replace(token, b"ffffffffffffffff.0000000000000000")) is None
    assert not Suppression.objects.exists()


@pytest.mark.parametrize(
    "data", [b"", b"\x00\xff\xfe", b"To: x", b"Content-Type: multipart/report"]
)
def test_rubbish_is_ignored(data: bytes) -> None:
    assert bounces.take_in(data) is None


def test_the_command_reads_standard_input(
    mailing: Mailing, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    piped = SimpleNamespace(buffer=io.BytesIO(report(row(mailing, 3))))
    monkeypatch.setattr(sys, "stdin", piped)
    call_command("receive_mail")
    assert "hard 5.1.1" in capsys.readouterr().out
    assert Suppression.objects.exists()


def test_suppressed_addresses_still_get_sign_in_codes(settings: Settings) -> None:
    Suppression.objects.create(address="m0@delinde.example", reason="bounced")
    with misbehaving(Script()) as server:
        settings.SMTP_URL = server.url
        make_mailing(1, lane=Lane.URGENT)
        deliver_all(lane=Lane.URGENT)
        assert server.recipients == ["m0@delinde.example"]
