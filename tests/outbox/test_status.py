"""The administrator sees how the mail stands, and never to whom or about what."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db.models.functions import Now
from django.urls import reverse

from outbox import claims, relay
from outbox.models import Delivery, Lane
from people.models import Person
from tests.cast import SignIn
from tests.outbox.making import make_mailing

pytestmark = pytest.mark.django_db


def test_a_quiet_portal_is_well(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("outbox_status")
    out = capsys.readouterr().out
    assert "urgent: 0 waiting" in out
    assert "no SMTP_URL" in out


def test_a_sign_in_code_left_lying_is_reported(capsys: pytest.CaptureFixture[str]) -> None:
    make_mailing(1, lane=Lane.URGENT)
    Delivery.objects.update(next_attempt_at=Now() - timedelta(minutes=5))
    with pytest.raises(SystemExit) as ended:
        call_command("outbox_status")
    assert ended.value.code == 1
    assert "LATE: urgent" in capsys.readouterr().out


def test_an_outage_is_reported_with_its_reason(capsys: pytest.CaptureFixture[str]) -> None:
    relay.report("454 TLS not available")
    with pytest.raises(SystemExit):
        call_command("outbox_status")
    assert "OUTAGE" in capsys.readouterr().out


def test_a_paused_newsletter_is_not_late() -> None:
    mailing = make_mailing(3)
    mailing.state = "paused"
    mailing.save()
    Delivery.objects.update(next_attempt_at=Now() - timedelta(days=1))
    call_command("outbox_status")


def test_the_page_tells_numbers_and_no_address(wim: Person, sign_in: SignIn) -> None:
    make_mailing(7)
    claims.claim(Lane.BULK, "token", limit=3)
    page = sign_in(wim).get(reverse("outbox:status")).content.decode()
    assert '<td class="num">4</td>' in page
    assert '<td class="num">3</td>' in page
    assert "delinde.example" not in page
    assert "Nieuws</" not in page
