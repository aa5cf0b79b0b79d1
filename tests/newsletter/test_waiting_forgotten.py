"""Whom a newsletter to "not answered yet" went to is forgotten with the marks of who had."""

import importlib

import pytest
from django.apps import apps
from django.urls import reverse
from django.utils import timezone

from newsletter.brought import IssueSource
from newsletter.models import Issue, Link
from newsletter.progress import progress_of
from outbox.models import Delivery, Mailing, MailingState, State
from people.models import Person
from polls.actions.retention import forget_marks
from polls.models import Consultation, Elector
from tests.cast import SignIn
from tests.newsletter.making import make_issue, send_out
from tests.polls.attacker import Dump, take_dump

pytestmark = pytest.mark.django_db

MAIL = ("outbox_", "newsletter_")


def who_had_not_answered(poll: Consultation) -> list[Person]:
    waiting = Elector.objects.filter(consultation=poll, took_part=False)
    return [elector.person for elector in waiting.select_related("person")]


def told_by_mail(people: list[Person]) -> list[Person]:
    """Those whom a dump of the outbox and the newsletters names in any way."""
    dump = take_dump()
    mail = Dump({name: rows for name, rows in dump.tables.items() if name.startswith(MAIL)})
    kept = mail.everything().decode("utf-8", "replace")
    return [
        person
        for person in people
        if any(word in kept for word in (person.email, person.key.hex, str(person.key)))
    ]


def let_fail(issue: Issue, failed: int, response: str = "") -> None:
    """So many of an issue's twelve mails came back."""
    assert issue.mailing is not None
    rows = issue.mailing.deliveries.order_by("pk").values("pk")[:failed]
    Delivery.objects.filter(pk__in=list(rows.values_list("pk", flat=True))).update(
        state=State.FAILED, last_response=response
    )
    Mailing.objects.filter(pk=issue.mailing.pk).update(sent=12 - failed, failed=failed)


def test_no_row_tells_who_had_not_answered(
    reminder: Issue, poll: Consultation, ineke: Person
) -> None:
    waiting = who_had_not_answered(poll)
    send_out(ineke, reminder)
    assert told_by_mail(waiting) == waiting
    forget_marks(poll, timezone.localdate())
    assert told_by_mail(waiting) == []


def test_what_still_waited_does_not_go_out(
    reminder: Issue, poll: Consultation, ineke: Person
) -> None:
    from newsletter import actions, mailing
    from tests.newsletter.making import deliver_all

    actions.send_issue(ineke, reminder)
    mailing.hand_over(reminder)
    forget_marks(poll, timezone.localdate())
    deliver_all()
    reminder.refresh_from_db()
    assert reminder.mailing is not None
    assert (reminder.mailing.state, reminder.mailing.sent) == (MailingState.CANCELLED, 0)


def test_the_mails_of_another_newsletter_stay(
    reminder: Issue, poll: Consultation, ineke: Person
) -> None:
    other = make_issue(ineke, "Voor iedereen")
    send_out(ineke, other)
    send_out(ineke, reminder)
    assert other.mailing is not None
    before = other.mailing.deliveries.count()
    forget_marks(poll, timezone.localdate())
    assert other.mailing.deliveries.count() == before > 0


def test_the_page_says_so_and_sends_to_nobody_again(
    reminder: Issue, poll: Consultation, ineke: Person, sign_in: SignIn
) -> None:
    send_out(ineke, reminder)
    let_fail(reminder, 12)
    browser = sign_in(ineke)
    page = reverse("newsletter:progress", args=[reminder.key])
    assert "Opnieuw versturen" in browser.get(page).content.decode()
    forget_marks(poll, timezone.localdate())
    told = browser.get(page).content.decode()
    assert "is vergeten" in told
    assert "Opnieuw versturen" not in told
    again = reverse("newsletter:again", args=[reminder.key])
    browser.post(again, {"stand": "failed"})
    assert not Delivery.objects.filter(mailing=reminder.mailing).exists()


def test_what_was_forgotten_before_this_rule_is_forgotten_by_the_update(
    reminder: Issue, poll: Consultation, ineke: Person
) -> None:
    other = make_issue(ineke, "Voor iedereen")
    send_out(ineke, other)
    send_out(ineke, reminder)
    update = importlib.import_module("newsletter.migrations.0008_forget_who_had_not_answered")
    update.forget(apps, None)
    assert Delivery.objects.filter(mailing=reminder.mailing).count() == 12
    Consultation.objects.filter(pk=poll.pk).update(marks_gone_on=timezone.localdate())
    update.forget(apps, None)
    assert not Delivery.objects.filter(mailing=reminder.mailing).exists()
    assert Delivery.objects.filter(mailing=other.mailing).exists()


def test_numbers_are_told_in_whole_tens(reminder: Issue, ineke: Person, sign_in: SignIn) -> None:
    send_out(ineke, reminder)
    assert reminder.mailing is not None
    assert reminder.mailing.sent == 12
    browser = sign_in(ineke)
    page = browser.get(reverse("newsletter:progress", args=[reminder.key])).content.decode()
    assert "minstens 10" in page
    assert "12 van 12" not in page
    assert ">12<" not in page
    listed = browser.get(reverse("newsletter:index")).content.decode()
    assert "12 mails" not in listed
    Link.objects.create(issue=reminder, target="https://voorbeeld.example/", clicks=17, readers=12)
    (brought,) = IssueSource().brought(ineke, {str(reminder.key)}).values()
    assert (brought.reach, brought.reactions) == (10, 10)


def test_why_mails_failed_is_not_told(reminder: Issue, ineke: Person, sign_in: SignIn) -> None:
    send_out(ineke, reminder)
    let_fail(reminder, 1, "552 mailbox full")
    browser = sign_in(ineke)
    words = browser.get(reverse("newsletter:progress", args=[reminder.key])).content.decode()
    assert "552" not in words
    assert "1 die mislukte" not in words
    assert "die mislukten" in words
    again = reverse("newsletter:again", args=[reminder.key])
    answered = browser.post(again, {"stand": "failed"}, follow=True).content.decode()
    assert "Ze gaan opnieuw de deur uit." in answered
    assert "1 mail" not in answered


def test_steps_of_progress_do_not_count_people(reminder: Issue, ineke: Person) -> None:
    send_out(ineke, reminder)
    assert reminder.mailing is not None
    reminder.mailing.sent = 7
    assert progress_of(reminder.mailing).percent == 58
    assert progress_of(reminder.mailing).tens_of_percent == 50


def test_the_plan_of_communication_counts_another_newsletter_exactly(ineke: Person) -> None:
    issue = make_issue(ineke)
    send_out(ineke, issue)
    assert issue.mailing is not None
    (brought,) = IssueSource().brought(ineke, {str(issue.key)}).values()
    assert brought.reach == issue.mailing.total
