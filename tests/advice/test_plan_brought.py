"""What the steps of the communication plan became, and what that brought."""

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from blogs.models import Post
from dossiers import brought
from dossiers.actions import impose_secrecy
from dossiers.models import Dossier, PlanStep
from people.models import Person
from polls.models import Consultation
from tests.cast import SignIn
from tests.polls.ballots import close, make_open, make_people, vote


def link(dossier: Dossier, reference: str) -> PlanStep:
    return PlanStep.objects.create(
        dossier=dossier, goal="Vragen", audience="x", channel="consultation", became=reference
    )


def test_a_step_is_linked_on_its_form_and_takes_the_channel_of_what_it_became(
    sign_in: SignIn, fatima: Person, dossier: Dossier, poll: Consultation
) -> None:
    client = sign_in(fatima)
    address = f"/dossiers/{dossier.key}/plan/stap/"
    assert f"consultation:{poll.key}" in client.get(address).content.decode()
    typed = {
        "goal": "Vragen",
        "audience": "allen",
        "channel": "poster",
        "state": "done",
        "hours_budgeted": "4",
        "hours_spent": "2.5",
        "became": f"consultation:{poll.key}",
    }
    client.post(address, typed)
    assert PlanStep.objects.get().channel == "consultation"
    wrong = client.post(address, typed | {"became": "consultation:0"})
    assert "became" in wrong.context["form"].errors


def test_the_plan_tells_whom_a_closed_poll_reached_and_how_groups_answered(
    sign_in: SignIn, fatima: Person, dossier: Dossier, poll: Consultation
) -> None:
    link(dossier, f"consultation:{poll.key}")
    response = sign_in(fatima).get(f"/dossiers/{dossier.key}/plan/")
    (sums,) = response.context["plan"].channels
    assert (sums.reach, sums.reactions) == (poll.electorate_size, 45)
    (thing,) = response.context["plan"].linked
    assert {(group.name, group.took_part) for group in thing.groups} == {
        ("Verpleging", 30),
        ("Facilitair", 15),
    }


def test_too_few_answers_and_a_running_poll_tell_no_number_of_answers(
    fatima: Person, dossier: Dossier
) -> None:
    people = make_people(30)
    running = make_open(fatima, "single", dossier=dossier)
    few = make_open(fatima, "single", dossier=dossier)
    for person in people[:3]:
        vote(few, person, {"q1": "c1"})
        vote(running, person, {"q1": "c1"})
    few = close(few)
    found = brought.of(fatima, [f"consultation:{row.key}" for row in (running, few)])
    assert len(found) == 2
    for row in found.values():
        assert row.reactions is None
        assert row.groups == ()


def test_what_became_secret_is_not_told_in_the_plan_of_the_year(
    fatima: Person, joris: Person, dossier: Dossier, poll: Consultation
) -> None:
    reference = f"consultation:{poll.key}"
    assert brought.of(fatima, [reference])
    impose_secrecy(joris, dossier, imposed_by="x", scope="x", until=None, exempt=[])
    assert not brought.of(fatima, [reference])


def test_two_steps_for_one_post_count_its_reactions_once_and_rows_cost_no_queries(
    sign_in: SignIn, fatima: Person, dossier: Dossier
) -> None:
    client = sign_in(fatima)

    def counted() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"/dossiers/{dossier.key}/plan/").status_code == 200
        return len(queries)

    def grow(count: int) -> None:
        for number in range(count):
            post = Post.objects.create(
                title=f"Bericht {number}", body="x", author=fatima, dossier=dossier,
                published_at=timezone.now(),
            )  # fmt: skip
            for _step in range(2):
                PlanStep.objects.create(
                    dossier=dossier, goal="x", audience="x", channel="post",
                    became=f"post:{post.key}", reactions=7,
                )  # fmt: skip

    grow(1)
    before = counted()
    grow(8)
    assert counted() == before
    (sums,) = client.get(f"/dossiers/{dossier.key}/plan/").context["plan"].channels
    assert (sums.steps, sums.reactions) == (18, 0), "the post tells it, not what was typed"
