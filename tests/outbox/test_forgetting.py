"""Mail does not become a record of who was at the portal and when."""

import datetime as dt

import pytest
from django.utils import timezone

from outbox import actions, claims, forgetting, tasks
from outbox.models import Delivery, Lane, Mailing, Rendering, State

pytestmark = pytest.mark.django_db

ADDRESS = "sanne.dewit@delinde.example"


def sent(lane: Lane, days_ago: int, state: State = State.SENT) -> Mailing:
    mailing = actions.queue_single(
        subject="Je inlogcode",
        body=b"Code: 7QK2-93HD",
        recipients=[actions.Recipient(ADDRESS)],
        lane=lane,
    )
    moment = timezone.now() - dt.timedelta(days=days_ago)
    mailing.deliveries.update(state=state, settled_at=moment)
    claims.count(mailing.pk, {state: 1})
    claims.finish([mailing.pk])
    Mailing.objects.filter(pk=mailing.pk).update(finished_at=moment)
    return mailing


@pytest.mark.parametrize("lane", [Lane.URGENT, Lane.NORMAL])
@pytest.mark.parametrize("state", [State.SENT, State.FAILED, State.UNKNOWN])
def test_a_mail_to_one_person_leaves_nothing_after_two_days(lane: Lane, state: State) -> None:
    sent(lane, days_ago=2, state=state)
    tasks.forget()
    left = [model.objects.count() for model in (Mailing, Rendering, Delivery)]
    assert left == [0, 0, 0]


def test_todays_mail_mail_that_waits_and_bulk_mail_stay() -> None:
    today, bulk = sent(Lane.URGENT, days_ago=0), sent(Lane.BULK, days_ago=30)
    waiting = actions.queue_single(
        subject="Je inlogcode",
        body=b"Code",
        recipients=[actions.Recipient(ADDRESS)],
        lane=Lane.URGENT,
    )
    assert forgetting.forget_singles() == 0
    assert set(Mailing.objects.all()) == {today, bulk, waiting}
