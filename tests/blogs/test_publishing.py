"""A post goes from draft to its readers and back, on the clock, and never past secrecy."""

import threading
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from blogs import actions
from blogs.lifecycle import FOLLOWS, State
from blogs.models import Post
from blogs.tasks import publish_due
from people.models import Act, Person
from tests.blogs.makers import keep_secret, later, make_dossier, make_post
from tests.cast import SignIn

pytestmark = pytest.mark.django_db


def test_every_state_says_what_may_follow_it() -> None:
    assert set(FOLLOWS) == set(State)


def test_a_draft_is_the_councils_alone(
    fatima: Person, joris: Person, sanne: Person, bakker: Person, wim: Person
) -> None:
    post = make_post(fatima, published=False)
    assert post in Post.objects.visible_to(joris)
    for person in (sanne, bakker, wim):
        assert post not in Post.objects.visible_to(person)


def test_a_published_post_is_everyones_but_the_directors(
    fatima: Person, sanne: Person, omar: Person, ineke: Person, bakker: Person, wim: Person,
    eva: Person,
) -> None:  # fmt: skip
    post = make_post(fatima)
    for person in (sanne, omar, ineke):
        assert post in Post.objects.visible_to(person)
    for person in (bakker, wim, eva):
        assert post not in Post.objects.visible_to(person)


def test_a_planned_post_appears_by_the_clock_without_any_worker(
    fatima: Person, sanne: Person
) -> None:
    post = make_post(fatima, published=False)
    at = later(hours=2)
    actions.schedule_post(post, fatima, at)
    assert post not in Post.objects.visible_to(sanne)
    with time_machine.travel(at + timedelta(seconds=1), tick=False):
        assert post in Post.objects.visible_to(sanne)
        assert post in Post.objects.published()


def test_the_sweep_marks_what_is_due_once(fatima: Person) -> None:
    post = make_post(fatima, published=False)
    at = later(hours=2)
    actions.schedule_post(post, fatima, at)
    publish_due()
    post.refresh_from_db()
    assert post.state == State.SCHEDULED
    with time_machine.travel(at, tick=False):
        publish_due()
        publish_due()
    post.refresh_from_db()
    assert (post.state, post.published_at) == (State.PUBLISHED, at)
    assert Act.objects.filter(verb="blogs.publish").count() == 1


def test_a_moment_that_has_passed_is_refused(fatima: Person) -> None:
    post = make_post(fatima, published=False)
    with pytest.raises(actions.PastMomentError):
        actions.schedule_post(post, fatima, timezone.now())


def test_nothing_is_published_under_secrecy(fatima: Person) -> None:
    dossier = make_dossier(fatima)
    post = make_post(fatima, published=False, dossier=dossier)
    secrecy = keep_secret(dossier, fatima)
    for act in (
        lambda: actions.publish_post(post, fatima),
        lambda: actions.schedule_post(post, fatima, later(days=1)),
    ):
        with pytest.raises(actions.UnderSecrecyError):
            act()
    secrecy.lifted_at = timezone.now()
    secrecy.save()
    assert actions.publish_post(post, fatima).is_live()


def test_secrecy_hides_a_published_post_from_all_who_are_not_exempt(
    fatima: Person, joris: Person, sanne: Person
) -> None:
    dossier = make_dossier(fatima)
    post = make_post(fatima, dossier=dossier)
    keep_secret(dossier, fatima)
    assert post in Post.objects.visible_to(fatima)
    assert post not in Post.objects.visible_to(joris)
    assert post not in Post.objects.visible_to(sanne)
    assert post not in Post.objects.for_everyone()


def test_a_planned_post_overtaken_by_secrecy_does_not_appear_when_it_is_lifted(
    fatima: Person, sanne: Person
) -> None:
    dossier = make_dossier(fatima)
    post = make_post(fatima, published=False, dossier=dossier)
    at = later(hours=1)
    actions.schedule_post(post, fatima, at)
    secrecy = keep_secret(dossier, fatima)
    with time_machine.travel(at, tick=False):
        publish_due()
        secrecy.lifted_at = timezone.now()
        secrecy.save()
        assert post not in Post.objects.visible_to(sanne)
    post.refresh_from_db()
    assert post.state == State.DRAFT


def test_a_withdrawn_post_is_gone_for_readers_and_keeps_its_first_date_when_it_returns(
    fatima: Person, sanne: Person
) -> None:
    post = make_post(fatima)
    first = post.published_at
    actions.withdraw_post(post, fatima)
    assert post not in Post.objects.visible_to(sanne)
    with time_machine.travel(later(days=3)):
        assert actions.publish_post(post, fatima).published_at == first


def test_a_published_post_is_not_published_again(fatima: Person) -> None:
    post = make_post(fatima)
    with pytest.raises(ValueError):
        actions.publish_post(post, fatima)


def test_acts_are_logged_without_content(fatima: Person) -> None:
    post = make_post(fatima, title="Zeldzaam woord kwikstaart")
    actions.withdraw_post(post, fatima)
    rows = [str(vars(act)) for act in Act.objects.filter(object_type="blogs.post")]
    assert len(rows) == 2
    assert not any("kwikstaart" in row for row in rows)


@pytest.mark.django_db(transaction=True)
def test_two_who_publish_at_once_publish_once(fatima: Person, joris: Person) -> None:
    post = make_post(fatima, published=False)
    start = threading.Barrier(2)
    refused: list[Exception] = []

    def publish(person: Person) -> None:
        start.wait(timeout=10)
        try:
            actions.publish_post(post, person)
        except ValueError as error:
            refused.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=publish, args=(person,)) for person in (fatima, joris)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert len(refused) == 1
    assert Act.objects.filter(verb="blogs.publish").count() == 1


def test_employees_may_not_publish(sign_in: SignIn, fatima: Person, sanne: Person) -> None:
    post = make_post(fatima)
    assert sign_in(sanne).post(f"/berichten/{post.key}/intrekken/").status_code == 403


def test_unsafe_acts_refuse_get(sign_in: SignIn, fatima: Person) -> None:
    post = make_post(fatima, published=False)
    for act in ("publiceren", "uit-planning", "intrekken", "weggooien"):
        assert sign_in(fatima).get(f"/berichten/{post.key}/{act}/").status_code == 405


def test_planning_reads_the_moment_back_in_words_before_it_counts(
    sign_in: SignIn, fatima: Person
) -> None:
    post = make_post(fatima, published=False)
    client = sign_in(fatima)
    url = f"/berichten/{post.key}/inplannen/"
    with time_machine.travel("2026-11-20 10:00:00+01:00", tick=False):
        typed = {"day": "2026-11-23", "time": "09:00"}
        asked = client.post(url, typed)
        assert "maandag 23 november 2026 om 09.00 uur (over 3 dagen)" in asked.content.decode()
        post.refresh_from_db()
        assert post.state == State.DRAFT
        at = asked.context["at"]
        client.post(url, {**typed, "confirmed": at.isoformat()})
        post.refresh_from_db()
        assert (post.state, post.published_at) == (State.SCHEDULED, at)


def test_a_moment_changed_after_reading_it_back_is_read_back_again(
    sign_in: SignIn, fatima: Person
) -> None:
    post = make_post(fatima, published=False)
    url = f"/berichten/{post.key}/inplannen/"
    with time_machine.travel("2026-11-20 10:00:00+01:00", tick=False):
        stale = {"day": "2026-12-23", "time": "09:00", "confirmed": "2026-11-23T09:00:00+01:00"}
        sign_in(fatima).post(url, stale)
    post.refresh_from_db()
    assert post.state == State.DRAFT


def test_a_clock_time_that_does_not_exist_is_refused(sign_in: SignIn, fatima: Person) -> None:
    post = make_post(fatima, published=False)
    with time_machine.travel("2026-11-20 10:00:00+01:00", tick=False):
        refused = sign_in(fatima).post(
            f"/berichten/{post.key}/inplannen/", {"day": "2027-03-28", "time": "02:30"}
        )
    assert refused.status_code == 400
