"""Watching a sending stays cheap, however many mails and failures there are."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from newsletter import actions, mailing, progress
from newsletter.models import Issue
from outbox.models import Delivery, Mailing, State
from people.models import Person
from tests.cast import SignIn, make_people
from tests.newsletter.making import make_issue

pytestmark = pytest.mark.django_db


def handed_over(sender: Person) -> Issue:
    issue = make_issue(sender)
    actions.send_issue(sender, issue)
    mailing.hand_over(issue)
    issue.refresh_from_db()
    return issue


def fail(issue: Issue, count: int) -> None:
    """Let so many fail, each server with words of its own."""
    assert issue.mailing is not None
    for delivery in issue.mailing.deliveries.all()[:count]:
        delivery.state = State.FAILED
        delivery.last_response = f"550 <{delivery.address}> unknown, id {delivery.pk:08d}"
        delivery.save()
    Mailing.objects.filter(pk=issue.mailing.pk).update(failed=count)


def look(browser: Client, issue: Issue) -> tuple[str, list[str]]:
    """The part of the page that refreshes itself, and what it asked the database."""
    with CaptureQueriesContext(
        connection,
    ) as asked:
        answer = browser.get(
            reverse("newsletter:progress", args=[issue.key]), headers={"HX-Request": "true"}
        )
    assert answer.status_code == 200
    return answer.content.decode(), [query["sql"] for query in asked.captured_queries]


def test_a_look_asks_the_same_of_ten_times_the_mails(ineke: Person, sign_in: SignIn) -> None:
    browser = sign_in(ineke)
    counts = []
    for size in (10, 90):
        make_people(size)
        issue = handed_over(ineke)
        fail(issue, size // 2)
        look(browser, issue)
        counts.append(len(look(browser, issue)[1]))
    assert counts[0] == counts[1]


def test_the_reasons_of_many_failures_are_counted_now_and_then_only(
    ineke: Person, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress, "MANY_FAILED", 5)
    browser = sign_in(ineke)
    make_people(10)
    issue = handed_over(ineke)
    fail(issue, 6)
    first, asked = look(browser, issue)
    assert "550 \u2026 unknown" in first
    grouped = [sql for sql in asked if "GROUP BY" in sql]
    assert grouped
    second, asked = look(browser, issue)
    assert "550 \u2026 unknown" in second
    assert not [sql for sql in asked if "GROUP BY" in sql and Delivery._meta.db_table in sql]
