"""A consultation in a newsletter reaches those who were asked, and nobody else."""

import pytest

from newsletter import actions, mailing
from outbox.models import Rendering
from people.models import Person
from tests.newsletter.making import add, addresses, body, make_issue, make_poll, make_post, send_out
from tests.plugins.mail import SmtpServer

pytestmark = pytest.mark.django_db


def test_a_reader_gets_only_blocks_meant_for_them(
    sanne: Person, fatima: Person, ineke: Person, smtp_server: SmtpServer
) -> None:
    issue = make_issue(ineke)
    add(issue, "consultation", make_poll(fatima, [sanne], "Alleen voor Sanne"))
    add(issue, "post", make_post(fatima, "Voor allemaal"))
    send_out(ineke, issue)
    assert "Alleen voor Sanne" in body(smtp_server.to(sanne.email)[0], "plain")
    assert "Alleen voor Sanne" not in body(smtp_server.to(fatima.email)[0], "html")
    assert "Voor allemaal" in body(smtp_server.to(fatima.email)[0], "html")
    assert Rendering.objects.count() == 2


def test_who_would_get_an_empty_newsletter_gets_none(
    sanne: Person, fatima: Person, ineke: Person
) -> None:
    issue = make_issue(ineke)
    issue.blocks.all().delete()
    add(issue, "consultation", make_poll(fatima, [sanne]))
    actions.send_issue(ineke, issue)
    mailing.hand_over(issue)
    issue.refresh_from_db()
    assert addresses(issue) == {sanne.email}
