"""Throttles hold over any minute, per domain and in all, also after a restart."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outbox import claims, throttle
from outbox.models import Delivery, Lane, Spending, State, Throttle
from outbox.throttle import capacity, rate
from tests.outbox.making import make_mailing

BEGAN = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """The database's clock, in the test's hands."""
    now = [BEGAN]
    monkeypatch.setattr(claims, "database_now", lambda: now[0])
    return now


def claimed() -> int:
    """How many a claim gets; they count as sent."""
    token = claims.new_token()
    rows = claims.claim(Lane.BULK, token).rows
    Delivery.objects.filter(claimed_by=token).update(state=State.SENT)
    return len(rows)


def in_steps(clock: list[datetime], seconds: int) -> list[tuple[float, int]]:
    """Claim every second: (second, how many)."""
    found = []
    for second in range(seconds):
        clock[0] = BEGAN + timedelta(seconds=second)
        while count := claimed():
            found.append((float(second), count))
    return found


@pytest.mark.long
@pytest.mark.django_db
@pytest.mark.parametrize("limit", [1, 7, 60, 300])
def test_no_minute_sees_more_than_the_limit(clock: list[datetime], limit: int) -> None:
    Throttle.objects.create(domain="", per_minute=limit)
    make_mailing(1000)
    sent = in_steps(clock, 180)
    for begin in range(120):
        window = sum(count for second, count in sent if begin <= second < begin + 60)
        assert window <= limit
    assert sum(count for _second, count in sent) >= limit * 2


@given(limit=st.integers(1, 100_000))
def test_a_full_bucket_and_a_minute_of_filling_never_pass_the_limit(limit: int) -> None:
    # A mail goes when a whole token is there, so a minute that begins with a full bucket sees its
    # tokens and those that come whole before the minute is over.
    assert capacity(limit) + rate(limit) * 60 <= limit + 1 + 1e-6


@pytest.mark.django_db
def test_one_slow_domain_does_not_hold_up_the_others(clock: list[datetime]) -> None:
    Throttle.objects.create(domain="traag.example", per_minute=10)
    make_mailing(100, domain="traag.example")
    make_mailing(30, domain="snel.example")
    while claimed():
        pass
    sent = Delivery.objects.filter(state=State.SENT)
    assert sent.filter(domain="snel.example").count() == 30
    assert sent.filter(domain="traag.example").count() == 1


@pytest.mark.django_db
def test_a_star_limits_each_domain_without_a_line_of_its_own(clock: list[datetime]) -> None:
    Throttle.objects.create(domain="*", per_minute=10)
    Throttle.objects.create(domain="eigen.example", per_minute=1000)
    for domain in ("a.example", "b.example", "eigen.example"):
        make_mailing(20, domain=domain)
    while claimed():
        pass
    sent = Delivery.objects.filter(state=State.SENT)
    assert [sent.filter(domain=f"{name}.example").count() for name in ("a", "b", "eigen")] == [
        1,
        1,
        20,
    ]


@pytest.mark.django_db
def test_what_was_used_is_kept_in_rows_and_a_clock_set_back_gives_nothing(
    clock: list[datetime],
) -> None:
    Throttle.objects.create(domain="", per_minute=100)
    make_mailing(200)
    assert claimed() == 10
    assert claimed() == 0
    assert Spending.objects.get(subject=throttle.ALL).tokens == 0
    clock[0] = BEGAN - timedelta(hours=1)
    assert claimed() == 0


@pytest.mark.django_db
def test_a_clock_that_jumps_lets_no_burst_through_and_holds_nothing_up(
    clock: list[datetime],
) -> None:
    Throttle.objects.create(domain="", per_minute=100)
    make_mailing(200)
    assert claimed() == 10
    clock[0] = BEGAN - timedelta(hours=6)
    assert claimed() == 0
    clock[0] += timedelta(seconds=30)
    assert claimed() == 10
    clock[0] += timedelta(hours=12)
    assert claimed() == 10
    assert claimed() == 0


@pytest.mark.django_db
def test_a_mailing_s_own_limit_holds_for_it_alone(clock: list[datetime]) -> None:
    slow, fast = make_mailing(100), make_mailing(40)
    slow.per_minute = 10
    slow.save()
    while claimed():
        pass
    assert slow.deliveries.filter(state=State.SENT).count() == 1
    assert fast.deliveries.filter(state=State.SENT).count() == 40


@pytest.mark.django_db
def test_a_throttled_claim_says_when_to_come_back(clock: list[datetime]) -> None:
    Throttle.objects.create(domain="", per_minute=60)
    make_mailing(100)
    batch = claims.claim(Lane.BULK, claims.new_token())
    assert len(batch.rows) == 6
    assert not batch.full
    assert 0 < batch.wait < 2
