"""Small makers for mailings in tests."""

from django.db.models import Count
from django.db.models.functions import Now

from outbox import actions, delivering
from outbox.composing import compose
from outbox.filling import placeholder
from outbox.models import Delivery, Lane, Mailing, State


def make_mailing(
    count: int = 10, *, lane: Lane = Lane.BULK, domain: str = "delinde.example", text: str = ""
) -> Mailing:
    """A mailing to ``count`` people, each greeted by name."""
    mailing = actions.open_mailing("Nieuws", lane=lane)
    body = compose(
        subject="Nieuws",
        sender="OR <or@delinde.example>",
        text=f"Dag {placeholder('given')},\n\n{text or 'Goed nieuws.'}",
        html=f"<p>Dag {placeholder('given')}</p>",
    )
    rendering = actions.add_rendering(mailing, "nl", subject="Nieuws", body=body)
    actions.queue(
        mailing,
        rendering,
        [
            actions.Recipient(
                f"m{number}@{domain}", name=f"M {number}", values={"given": f"M{number}"}
            )
            for number in range(count)
        ],
    )
    return mailing


def deliver_all(lane: Lane = Lane.BULK, most: int = 100) -> None:
    """Batch after batch until nothing is due."""
    for _batch in range(most):
        if not delivering.deliver_batch(lane).rows:
            return
    raise AssertionError("it never ends")


def states(mailing: Mailing) -> dict[str, int]:
    """How many mails are in each state, counted row by row."""
    counted = mailing.deliveries.order_by().values_list("state").annotate(Count("pk"))
    return dict(counted)


def assert_counts_hold(mailing: Mailing) -> None:
    """The mailing's own counts are those of its rows."""
    mailing.refresh_from_db()
    real = states(mailing)
    for state in (State.SENT, State.FAILED, State.UNKNOWN, State.CANCELLED):
        assert getattr(mailing, state.value) == real.get(state, 0), (state, real)
    assert mailing.total == sum(real.values())


def let_time_pass(mailing: Mailing) -> None:
    """What waits for later is due now."""
    mailing.deliveries.filter(state=State.QUEUED).update(next_attempt_at=Now())


def row(mailing: Mailing, number: int) -> Delivery:
    """The mail to one of its people."""
    return mailing.deliveries.get(address__startswith=f"m{number}@")
