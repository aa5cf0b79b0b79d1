"""A mail provider tells what came back: believed with its secret only, told twice counts once."""

import base64
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from outbox import tokens
from outbox.models import Bounce, BounceKind, Mailing, State, Suppression
from tests.outbox.making import assert_counts_hold, deliver_all, make_mailing, row
from tests.outbox.servers import Script, misbehaving

pytestmark = pytest.mark.django_db
SECRET = "portaal:een-lang-geheim"


@pytest.fixture
def mailing(settings: Settings) -> Mailing:
    """Sent to ten through a provider that tells of returned mail."""
    settings.MAIL_EVENTS_FROM, settings.MAIL_EVENTS_SECRET = "brevo", SECRET
    with misbehaving(Script()) as server:
        settings.SMTP_URL = server.url
        mailing = make_mailing(10)
        deliver_all()
    return mailing


def tell(event: Any, secret: str = SECRET) -> int:
    proof = base64.b64encode(secret.encode()).decode()
    client = Client(enforce_csrf_checks=True, headers={"authorization": f"Basic {proof}"})
    answer = client.post(reverse("outbox:events"), event, content_type="application/json")
    return answer.status_code


def brevo(kind: str, mailing: Mailing, number: int = 3, **more: Any) -> dict[str, Any]:
    """An event in the provider's words, about one mail."""
    delivery = row(mailing, number)
    token = tokens.mail_token(mailing, delivery.pk)
    return {
        "event": kind,
        "email": delivery.address,
        "message-id": f"<{token}@localhost>",
        "id": 12345,
        "ts_epoch": 1_795_600_000_000,
        **more,
    }


def test_a_hard_bounce_fails_the_mail_and_spares_the_address(mailing: Mailing) -> None:
    event = brevo("hard_bounce", mailing, reason="550 5.1.1 User unknown")
    assert tell(event) == 200
    assert row(mailing, 3).state == State.FAILED
    assert "User unknown" in row(mailing, 3).last_response
    assert Suppression.objects.get().address == "m3@delinde.example"
    assert tell(event) == 200
    assert Bounce.objects.count() == 1
    assert_counts_hold(mailing)


def test_a_full_mailbox_spares_nobody_yet(mailing: Mailing) -> None:
    assert tell(brevo("soft_bounce", mailing, reason="452 4.2.2 Mailbox full")) == 200
    assert Bounce.objects.get().kind == BounceKind.SOFT
    assert not Suppression.objects.exists()


def test_a_complaint_spares_the_address(mailing: Mailing) -> None:
    assert tell(brevo("spam", mailing)) == 200
    assert Suppression.objects.get().address == "m3@delinde.example"
    assert row(mailing, 3).state == State.SENT


@pytest.mark.parametrize("kind", ["delivered", "opened", "click", "request"])
def test_that_somebody_got_or_opened_a_mail_is_not_kept(mailing: Mailing, kind: str) -> None:
    assert tell(brevo(kind, mailing)) == 200
    assert not Bounce.objects.exists()
    assert row(mailing, 3).state == State.SENT


def test_a_provider_with_names_of_its_own_is_understood_by_the_address(
    mailing: Mailing, settings: Settings
) -> None:
    settings.MAIL_EVENTS_FROM = "postmark"
    event = {
        "RecordType": "Bounce",
        "Type": "HardBounce",
        "ID": 42,
        "MessageID": "00000000-0000-0000-0000-000000000000",
        "Email": "m3@delinde.example",
        "Details": "smtp;550 5.1.1 The email account does not exist",
        "BouncedAt": "2026-11-25T16:33:54Z",
    }
    assert tell(event) == 200
    assert row(mailing, 3).state == State.FAILED
    assert tell({**event, "Email": "niemand@elders.example"}) == 200
    assert Bounce.objects.count() == 1


@pytest.mark.parametrize("secret", ["", "portaal:mis", "portaal"])
def test_without_its_secret_nobody_is_believed(mailing: Mailing, secret: str) -> None:
    assert tell(brevo("hard_bounce", mailing), secret) == 400
    assert not Bounce.objects.exists()


@pytest.mark.parametrize("body", ["", "[1", "[]", "7", '{"event": {}}'])
def test_what_cannot_be_read_is_refused_and_changes_nothing(mailing: Mailing, body: str) -> None:
    assert tell(body) in (200, 400)
    assert not Bounce.objects.exists()


@pytest.mark.parametrize(("provider", "secret"), [("", SECRET), ("brevo", ""), ("ander", SECRET)])
def test_where_none_is_configured_there_is_no_such_page(
    mailing: Mailing, settings: Settings, provider: str, secret: str
) -> None:
    settings.MAIL_EVENTS_FROM, settings.MAIL_EVENTS_SECRET = provider, secret
    assert tell(brevo("hard_bounce", mailing)) == 404
