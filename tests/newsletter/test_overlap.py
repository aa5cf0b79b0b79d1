"""A thing that two newsletters hold is marked in both, before colleagues get it twice."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from newsletter import actions, repeating
from newsletter.checks import checks_of, outline_of
from newsletter.models import Issue
from people.models import Person
from tests.blogs.makers import keep_secret, make_dossier
from tests.cast import SignIn, make_people
from tests.newsletter.making import add, make_issue, make_poll, make_post, send_out
from tests.newsletter.test_repeating import make_series

pytestmark = pytest.mark.django_db


def marks(issue: Issue, reader: Person) -> dict[str, list[str]]:
    return {
        line.title: [other.subject for other in line.elsewhere]
        for line in outline_of(issue, reader)
        if line.elsewhere
    }


def test_the_next_draft_of_a_series_names_the_draft_that_was_forgotten(
    fatima: Person, ineke: Person, sign_in: SignIn
) -> None:
    series = make_series(ineke)
    make_post(fatima, "Zelf roosteren")
    forgotten = repeating.draft(series, timezone.localdate(), timezone.now())
    repeating.fill(forgotten, repeating.news_since(series, timezone.now()))
    Issue.objects.filter(pk=forgotten.pk).update(subject="De vergeten brief")
    make_post(fatima, "Nieuwe tilliften")
    following = repeating.draft(series, timezone.localdate(), timezone.now())
    repeating.fill(following, repeating.news_since(series, timezone.now()))
    assert marks(following, ineke) == {"Zelf roosteren": ["De vergeten brief"]}
    page = sign_in(ineke).get(reverse("newsletter:compose", args=[following.key]))
    assert page.content.decode().count("Staat ook in") == 1
    assert "1 onderdeel staat ook in" in page.content.decode()
    assert "1 onderdeel staat ook in" in (
        sign_in(ineke).get(reverse("newsletter:send", args=[following.key])).content.decode()
    )
    actions.delete_issue(ineke, forgotten)
    assert marks(following, ineke) == {}
    assert not checks_of(following).twice


def test_what_went_out_is_named_with_its_day_and_held_against_nobody(
    fatima: Person, ineke: Person, sign_in: SignIn
) -> None:
    post = make_post(fatima)
    first, second = make_issue(fatima, "Vorige week"), make_issue(fatima, "Deze week")
    for issue in (first, second):
        add(issue, "post", post)
    send_out(ineke, first)
    assert marks(second, ineke) == {"Zelf roosteren": ["Vorige week"]}
    page = sign_in(ineke).get(reverse("newsletter:compose", args=[second.key])).content.decode()
    assert "Stond in" in page
    assert not checks_of(second).twice


def test_a_reminder_to_who_has_not_answered_repeats_on_purpose(fatima: Person) -> None:
    poll = make_poll(fatima, make_people(12))
    first, reminder = make_issue(fatima, "Doe mee"), make_issue(fatima, "Doe je nog mee?")
    for issue in (first, reminder):
        add(issue, "consultation", poll)
    reminder.waiting_for = poll
    reminder.save()
    assert marks(reminder, fatima) == marks(first, fatima) == {}


def test_own_words_are_never_the_same_and_what_is_secret_is_not_named(
    fatima: Person, ineke: Person
) -> None:
    dossier = make_dossier(ineke)
    post = make_post(fatima, "Fusie", dossier)
    first, second = make_issue(fatima, "Een"), make_issue(fatima, "Twee")
    assert marks(second, ineke) == {}
    for issue in (first, second):
        add(issue, "post", post)
    keep_secret(dossier)
    assert marks(second, ineke) == {}


def test_it_takes_one_question_however_many_blocks_there_are(
    fatima: Person, ineke: Person, sign_in: SignIn
) -> None:
    first, second = make_issue(fatima, "Een"), make_issue(fatima, "Twee")
    client, counts = sign_in(ineke), []
    for number in range(2):
        for each in range(4 * number + 1):
            post = make_post(fatima, f"Nieuws {number} {each}")
            add(first, "post", post)
            add(second, "post", post)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get(reverse("newsletter:compose", args=[second.key]))
        counts.append(len(asked))
    assert counts[0] == counts[1]
