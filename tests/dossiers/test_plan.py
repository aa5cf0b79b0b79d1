"""The communication plan: steps, board, hours, what is overdue, and its lock."""

from datetime import date, timedelta
from decimal import Decimal

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from dossiers import actions, due
from dossiers.models import Dossier, PlanStep
from dossiers.plan import plan_of
from people.models import Person
from tests.cast import SignIn

STEP = {
    "goal": "Horen wat de nacht vindt",
    "audience": "nachtdienst",
    "channel": "walk_round",
    "state": "planned",
    "hours_budgeted": "4",
    "hours_spent": "1.5",
}


def test_a_step_is_added_changed_and_taken_out(
    sign_in: SignIn, fatima: Person, rosters: Dossier
) -> None:
    client = sign_in(fatima)
    client.post(f"/dossiers/{rosters.key}/plan/stap/", STEP | {"planned_on": "2026-12-01"})
    step = PlanStep.objects.get()
    assert (step.dossier, step.planned_on) == (rosters, date(2026, 12, 1))
    client.post(f"/dossiers/plan/stap/{step.key}/", STEP | {"reach": "40", "state": "done"})
    step.refresh_from_db()
    assert (step.reach, step.state) == (40, "done")
    assert "nachtdienst" in client.get(f"/dossiers/{rosters.key}/plan/").content.decode()
    client.post(f"/dossiers/plan/stap/{step.key}/weg/")
    assert not PlanStep.objects.exists()


def test_negative_hours_are_refused(sign_in: SignIn, fatima: Person, rosters: Dossier) -> None:
    response = sign_in(fatima).post(
        f"/dossiers/{rosters.key}/plan/stap/", STEP | {"hours_spent": "-1"}
    )
    assert "hours_spent" in response.context["form"].errors
    assert not PlanStep.objects.exists()


def test_hours_reach_and_reactions_are_summed_by_channel() -> None:
    steps = [
        PlanStep(goal="a", audience="x", channel="post", state="done", reach=10, reactions=2,
                 hours_budgeted=Decimal(2), hours_spent=Decimal("1.5")),
        PlanStep(goal="b", audience="x", channel="post", state="idea", hours_budgeted=Decimal(1),
                 hours_spent=Decimal(0)),
        PlanStep(goal="c", audience="x", channel="poster", state="idea", hours_budgeted=Decimal(3),
                 hours_spent=Decimal(0)),
    ]  # fmt: skip
    plan = plan_of(steps)
    assert (plan.budgeted, plan.spent) == (Decimal(6), Decimal("1.5"))
    post, poster = plan.channels
    assert (post.steps, post.budgeted, post.reach, post.reactions) == (2, Decimal(3), 10, 2)
    assert (poster.steps, poster.reach) == (1, None), "not counted is not nought"
    assert [len(rows) for _state, rows in plan.columns] == [2, 0, 0, 1]


def test_an_overdue_step_is_due_for_its_owner_first(
    fatima: Person, joris: Person, rosters: Dossier
) -> None:
    today = timezone.localdate()
    actions.keep_plan_step(
        joris,
        PlanStep(
            dossier=rosters, goal="Poster", audience="x", channel="poster", owner=fatima,
            planned_on=today - timedelta(days=2),
        ),
    )  # fmt: skip
    first = due.of(fatima, today)[0]
    assert (first.what, first.mine, first.days_left(today)) == ("Poster", True, -2)
    PlanStep.objects.update(state="done")
    assert "Poster" not in [each.what for each in due.of(fatima, today)]


def test_the_plan_of_a_secret_dossier_is_locked_in_the_whole_plan_too(
    sign_in: SignIn, fatima: Person, joris: Person, secret: Dossier
) -> None:
    actions.keep_plan_step(
        joris,
        PlanStep(dossier=secret, goal="Geheime stap", audience="x", channel="post",
                 planned_on=timezone.localdate()),
    )  # fmt: skip
    assert "Geheime stap" not in sign_in(fatima).get("/dossiers/plan/").content.decode()
    assert "Geheime stap" in sign_in(joris).get("/dossiers/plan/").content.decode()
    assert not due.of(fatima, timezone.localdate())


def test_the_plan_takes_as_many_queries_for_ten_times_as_many_steps(
    sign_in: SignIn, fatima: Person, rosters: Dossier
) -> None:
    client = sign_in(fatima)

    def counted() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/dossiers/plan/").status_code == 200
        return len(queries)

    def grow(count: int) -> None:
        for _number in range(count):
            PlanStep.objects.create(
                dossier=rosters, goal="x", audience="x", channel="post", owner=fatima
            )

    grow(2)
    before = counted()
    grow(20)
    assert counted() == before


def test_the_months_squares_hold_the_steps_and_can_be_turned(
    sign_in: SignIn, fatima: Person, rosters: Dossier
) -> None:
    PlanStep.objects.create(
        dossier=rosters, goal="Poster ophangen", audience="x", channel="poster",
        planned_on=date(2026, 2, 28),
    )  # fmt: skip
    client = sign_in(fatima)
    response = client.get(f"/dossiers/{rosters.key}/plan/?maand=2026-02")
    squares = [day for week in response.context["weeks"] for day in week]
    assert [square.day.day for square in squares if square.steps] == [28]
    assert len([square for square in squares if square.inside]) == 28
    page = response.content.decode()
    assert "maand=2026-01" in page
    assert "maand=2026-03" in page
    for odd in ("2026-13", "0-1", "x", "99999-01", "²-1"):
        assert client.get("/dossiers/plan/", {"maand": odd, "jaar": odd}).status_code == 200


def test_the_plan_of_a_year_holds_that_year_and_this_one_what_has_no_day(
    sign_in: SignIn, fatima: Person
) -> None:
    this_year = timezone.localdate().year
    for goal, day in (("Vroeger", date(this_year - 1, 3, 2)), ("Ooit", None)):
        PlanStep.objects.create(goal=goal, audience="x", channel="poster", planned_on=day)
    client = sign_in(fatima)
    now = client.get("/dossiers/plan/").content.decode()
    then = client.get(f"/dossiers/plan/?jaar={this_year - 1}").content.decode()
    assert ("Vroeger" in now, "Ooit" in now) == (False, True)
    assert ("Vroeger" in then, "Ooit" in then) == (True, False)
