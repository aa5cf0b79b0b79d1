"""A newsletter goes to whom it is for, once, with what each may see, and each state is known."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from newsletter import actions, mailing
from newsletter.models import Issue, IssueState, OptOut
from outbox.models import Delivery, State, Suppression
from people.models import Person
from tests.cast import make_people
from tests.newsletter.making import addresses, body, deliver_all, make_issue, send_out
from tests.plugins.mail import SmtpServer

pytestmark = pytest.mark.django_db


def test_everyone_with_an_address_gets_it_once(
    sanne: Person,
    omar: Person,
    fatima: Person,
    ineke: Person,
    bakker: Person,
    wim: Person,
    eva: Person,
    smtp_server: SmtpServer,
) -> None:
    issue = make_issue(fatima)
    send_out(ineke, issue)
    arrived = smtp_server.wait_for(3)
    assert sorted(each.recipients[0] for each in arrived) == sorted(
        [sanne.email, fatima.email, ineke.email]
    )
    assert addresses(issue) == {sanne.email, fatima.email, ineke.email}
    assert issue.state == IssueState.SENT
    assert issue.mailing is not None
    issue.mailing.refresh_from_db()
    assert (issue.mailing.state, issue.mailing.total, issue.mailing.sent) == ("done", 3, 3)


def test_handing_over_twice_queues_once(sanne: Person, ineke: Person) -> None:
    issue = make_issue(ineke)
    actions.send_issue(ineke, issue)
    assert mailing.hand_over(issue)
    assert not mailing.hand_over(issue)
    assert Delivery.objects.count() == 2


def test_a_scheduled_issue_waits_for_its_moment(sanne: Person, ineke: Person) -> None:
    issue = make_issue(ineke)
    later = timezone.now() + timedelta(hours=2)
    actions.send_issue(ineke, issue, later)
    assert not mailing.hand_over(issue)
    assert list(Issue.objects.due(later)) == [issue]
    assert actions.call_back(ineke, issue)
    issue.refresh_from_db()
    assert issue.is_draft


def test_each_mail_is_personal_and_lets_its_reader_leave(
    sanne: Person, ineke: Person, smtp_server: SmtpServer
) -> None:
    send_out(ineke, make_issue(ineke, text="Lees [het voorstel](https://voorbeeld.example/x)."))
    message = smtp_server.wait_for(1, sanne.email)[0].message
    assert message["To"] == f"{sanne.full_name} <{sanne.email}>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    link = message["List-Unsubscribe"].strip("<>")
    assert f"{sanne.key.hex}." in link
    text, html = body(message, "plain"), body(message, "html")
    assert "Hallo Sanne," in text
    assert "Hallo Sanne," in html
    assert link in text
    assert link in html
    assert "https://voorbeeld.example/x" in text
    assert "https://voorbeeld.example/x" not in html  # led past the counter
    assert "/nieuwsbrief/k/" in html


def test_readers_get_their_own_language(
    sanne: Person, ineke: Person, smtp_server: SmtpServer
) -> None:
    Person.objects.filter(pk=sanne.pk).update(language="en")
    issue = make_issue(ineke)
    issue.subject_en = "News from the council"
    issue.save()
    issue.blocks.update(text_en="Good news.")
    send_out(ineke, issue)
    english = smtp_server.to(sanne.email)[0]
    assert english["Subject"] == "News from the council"
    assert english["Content-Language"] == "en"
    assert "Good news." in body(english, "plain")
    assert "Hello Sanne," in body(english, "plain")
    assert "Goed nieuws." in body(smtp_server.to(ineke.email)[0], "plain")


def test_unsubscribed_and_suppressed_addresses_are_left_out(
    sanne: Person, fatima: Person, ineke: Person
) -> None:
    OptOut.objects.create(address=sanne.email.upper())
    Suppression.objects.create(address=fatima.email, reason="bounced")
    issue = make_issue(ineke)
    actions.send_issue(ineke, issue)
    mailing.hand_over(issue)
    issue.refresh_from_db()
    assert addresses(issue) == {ineke.email}


def test_units_and_sites_narrow_each_other(
    sanne: Person, joris: Person, fatima: Person, ineke: Person
) -> None:
    issue = make_issue(ineke)
    assert sanne.unit is not None
    issue.units.add(sanne.unit)
    actions.send_issue(ineke, issue)
    mailing.hand_over(issue)
    issue.refresh_from_db()
    assert addresses(issue) == {sanne.email, fatima.email}


def test_an_issue_needs_a_second_pair_of_eyes_where_that_is_asked(
    fatima: Person, ineke: Person
) -> None:
    issue = make_issue(ineke)
    issue.needs_approval = True
    issue.save()
    with pytest.raises(ValidationError):
        actions.send_issue(ineke, issue)
    actions.approve_issue(fatima, issue)
    actions.send_issue(ineke, issue)
    issue.refresh_from_db()
    assert issue.state == IssueState.SCHEDULED


def test_changing_an_approved_issue_takes_the_approval_away(fatima: Person, ineke: Person) -> None:
    issue = make_issue(ineke)
    issue.needs_approval = True
    issue.save()
    actions.approve_issue(fatima, issue)
    actions.move_block(issue.blocks.get(), up=True)
    issue.refresh_from_db()
    assert issue.is_approved is True or issue.approved_by is None
    assert issue.approved_by is None


def test_a_name_with_a_line_break_fails_with_words_and_sends_nothing(
    sanne: Person, ineke: Person, smtp_server: SmtpServer
) -> None:
    Person.objects.filter(pk=sanne.pk).update(given_name="Sanne\r\nBcc: x@y.example")
    issue = make_issue(ineke)
    send_out(ineke, issue)
    row = Delivery.objects.get(address=sanne.email)
    assert row.state == State.FAILED
    assert "regeleinde" in row.last_response
    assert smtp_server.to(sanne.email) == []
    assert smtp_server.to("x@y.example") == []


def test_queueing_takes_the_same_queries_for_ten_times_the_readers(ineke: Person) -> None:
    counts = []
    for size in (10, 100):
        make_people(size)
        issue = make_issue(ineke)
        actions.send_issue(ineke, issue)
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert mailing.hand_over(issue)
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_sending_again_reaches_only_who_did_not_get_it(
    sanne: Person, ineke: Person, smtp_server: SmtpServer
) -> None:
    issue = make_issue(ineke)
    send_out(ineke, issue)
    Delivery.objects.filter(address=sanne.email).update(state=State.FAILED)
    assert issue.mailing is not None
    type(issue.mailing).objects.update(sent=1, failed=1)
    assert actions.send_again(ineke, issue, [State.FAILED]) == 1
    deliver_all()
    assert len(smtp_server.to(sanne.email)) == 2
    assert len(smtp_server.to(ineke.email)) == 1
    first, second = smtp_server.to(sanne.email)
    assert first["Message-ID"] == second["Message-ID"]
