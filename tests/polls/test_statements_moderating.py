"""A council member makes a round in a minute, reads what colleagues add, and takes together."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from people.models import Act, Person
from polls.actions.emptying import empty_urn
from polls.actions.statements import RoundFull, add_seeds, show_statement
from polls.models import MAX_SHOWN, Consultation, Mode, Statement, StatementState
from polls.statements.voting import ROOM
from tests.cast import SignIn
from tests.polls.ballots import make_people
from tests.polls.rounds import SEEDS, cast, make_draft_round, make_open_round, statement

pytestmark = pytest.mark.django_db


def new(**more: object) -> dict[str, object]:
    """The form as it is filled in within a minute."""
    closes = timezone.localtime() + dt.timedelta(days=7)
    return {
        "text": "Hoe maken we de roosters beter?",
        "seeds": "\n".join(SEEDS) + "\n\n" + SEEDS[0].upper(),
        "takes_statements": "on",
        "audience": "everyone",
        "joiners": "left_out",
        "closes_at": closes.strftime("%Y-%m-%dT%H:%M"),
        "go": "open",
        **more,
    }


def test_a_round_is_made_and_opened_from_one_page(fatima: Person, sign_in: SignIn) -> None:
    make_people(12)
    answer = sign_in(fatima).post(reverse("polls:new_round"), new(least_group="15"))
    assert answer.status_code == 302
    made = Consultation.objects.get()
    assert made.is_open
    assert made.kind == "statements"
    assert made.mode == Mode.ANONYMOUS
    assert made.envelope_size == ROOM
    assert made.group_threshold == 15
    assert [row.text for row in Statement.objects.all()] == list(SEEDS)
    assert made.round.takes_statements


def test_what_is_wrong_is_said_and_nothing_typed_is_lost(fatima: Person, sign_in: SignIn) -> None:
    long = "Dit is een veel te lange stelling " * 6
    answer = sign_in(fatima).post(reverse("polls:new_round"), new(seeds=long))
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "onder de 140 tekens" in page
    assert long.strip() in page
    empty = sign_in(fatima).post(reverse("polls:new_round"), {})
    assert empty.status_code == 400
    assert not Consultation.objects.exists()


def test_too_few_to_ask_is_said_and_nothing_is_made(fatima: Person, sign_in: SignIn) -> None:
    answer = sign_in(fatima).post(reverse("polls:new_round"), new())
    assert answer.status_code == 400
    assert "anoniem" in answer.content.decode()
    assert not Consultation.objects.exists()


def test_a_draft_is_rewritten_freely_and_opens_from_its_desk(
    fatima: Person, sign_in: SignIn
) -> None:
    make_people(6)
    draft = make_draft_round(fatima)
    client = sign_in(fatima)
    page = reverse("polls:statements", args=[draft.key])
    one = statement(draft, "s1")
    at = reverse("polls:statement", args=[draft.key, one.key])
    client.post(at, {"go": "reword", "text": "Iets heel anders dan eerst"})
    client.post(
        reverse("polls:statement", args=[draft.key, statement(draft, "s2").key]), {"go": "remove"}
    )
    client.post(page, {"seeds": "Een nieuwe stelling erbij\nIets heel anders dan eerst"})
    texts = [row.text for row in Statement.objects.filter(consultation=draft)]
    assert texts[0] == "Iets heel anders dan eerst"
    assert texts[-1] == "Een nieuwe stelling erbij"
    assert SEEDS[1] not in texts
    assert len(texts) == 6
    assert client.post(reverse("polls:open", args=[draft.key])).status_code == 302
    assert Consultation.objects.get().is_open


def test_a_round_without_statements_does_not_open(fatima: Person, sign_in: SignIn) -> None:
    make_people(6)
    draft = make_draft_round(fatima, "Eén stelling maar")
    Statement.objects.all().delete()
    answer = sign_in(fatima).post(reverse("polls:open", args=[draft.key]))
    assert answer.status_code == 409
    assert "minstens één stelling" in answer.content.decode()


def test_settings_of_a_draft_keep_what_the_round_has(fatima: Person, sign_in: SignIn) -> None:
    make_people(6)
    draft = make_draft_round(fatima, takes_statements=False, added_each=5, least_group=20)
    client, url = sign_in(fatima), reverse("polls:settings", args=[draft.key])
    page = client.get(url).content.decode()
    assert 'name="mode"' not in page
    sent = new(title="Andere titel", introduction="", added_each="1", least_group="25")
    assert client.post(url, sent).status_code == 302
    draft.refresh_from_db()
    assert draft.title == "Andere titel"
    assert (draft.round.added_each, draft.round.least_group) == (1, 25)


def waiting_round(fatima: Person, *texts: str) -> Consultation:
    """A round in which colleagues added ``texts``, and the urn was emptied."""
    people = make_people(max(12, len(texts)))
    round_ = make_open_round(fatima)
    for number, person in enumerate(people):
        cast(round_, person, {"s1": "agree"}, *texts[number : number + 1])
    empty_urn(round_.pk)
    return round_


def test_what_colleagues_added_is_read_with_names_taken_out(
    fatima: Person, sign_in: SignIn
) -> None:
    round_ = waiting_round(fatima, "Yılmaz moet vaker op de werkvloer komen")
    client = sign_in(fatima)
    page = client.get(reverse("polls:statements", args=[round_.key])).content.decode()
    assert "[naam] moet vaker op de werkvloer komen" in page
    assert "misschien herkenbaar" in page
    row = Statement.objects.get(state=StatementState.WAITING)
    at = reverse("polls:statement", args=[round_.key, row.key])
    client.post(at, {"go": "show", "text": "De OR moet vaker op de werkvloer komen"})
    row.refresh_from_db()
    assert (row.state, row.text) == (
        StatementState.SHOWN,
        "De OR moet vaker op de werkvloer komen",
    )
    assert row.shown_after == 12
    assert "polls.show_statement" in Act.objects.values_list("verb", flat=True)


def test_what_says_the_same_is_offered_for_taking_together(fatima: Person, sign_in: SignIn) -> None:
    round_ = waiting_round(fatima, "Nachten draaien verdient een hogere toeslag")
    client = sign_in(fatima)
    page = client.get(reverse("polls:statements", args=[round_.key])).content.decode()
    assert f"Lijkt op: “{SEEDS[4]}”".replace("Lijkt op: ", "") in page
    row = Statement.objects.get(state=StatementState.WAITING)
    client.post(
        reverse("polls:statement", args=[round_.key, row.key]), {"go": "merge", "into": "s5"}
    )
    row.refresh_from_db()
    assert row.state == StatementState.MERGED
    assert row.merged_into == statement(round_, "s5")


def test_what_is_not_shown_has_its_reason_and_can_be_shown_after_all(
    fatima: Person, sign_in: SignIn
) -> None:
    round_ = waiting_round(fatima, "De baas is een prutser van jewelste")
    client = sign_in(fatima)
    row = Statement.objects.get(state=StatementState.WAITING)
    at = reverse("polls:statement", args=[round_.key, row.key])
    client.post(at, {"go": "refuse", "reason": "Kwetsend"})
    page = client.get(reverse("polls:statements", args=[round_.key])).content.decode()
    assert "Kwetsend" in page
    client.post(at, {"go": "show"})
    row.refresh_from_db()
    assert row.state == StatementState.SHOWN


def test_a_statement_that_was_voted_on_takes_typing_errors_only(
    fatima: Person, sign_in: SignIn
) -> None:
    make_people(6)
    round_ = make_open_round(fatima, "Ik wil mijn dinsten zelf kunnen kiezen")
    client = sign_in(fatima)
    at = reverse("polls:statement", args=[round_.key, statement(round_, "s1").key])
    client.post(at, {"go": "reword", "text": "Ik wil mijn diensten niet zelf kiezen"})
    assert statement(round_, "s1").text == "Ik wil mijn dinsten zelf kunnen kiezen"
    client.post(at, {"go": "reword", "text": "Ik wil mijn diensten zelf kunnen kiezen"})
    assert statement(round_, "s1").text == "Ik wil mijn diensten zelf kunnen kiezen"
    client.post(at, {"go": "remove"})
    assert Statement.objects.filter(consultation=round_).count() == 1


def test_a_statement_of_another_round_is_not_touched(fatima: Person, sign_in: SignIn) -> None:
    make_people(6)
    one, other = make_open_round(fatima), make_open_round(fatima)
    stranger = statement(other, "s1")
    url = reverse("polls:statement", args=[one.key, stranger.key])
    assert sign_in(fatima).post(url, {"go": "refuse"}).status_code == 404
    own = reverse("polls:statement", args=[one.key, statement(one, "s1").key])
    answer = sign_in(fatima).post(own, {"go": "merge", "into": "s1"})
    assert answer.status_code == 404


def test_a_round_holds_no_more_than_its_envelope_can(fatima: Person) -> None:
    round_ = waiting_round(fatima, "Nog eentje erbij graag")
    more = [f"Stelling met het volgnummer {n}" for n in range(MAX_SHOWN - len(SEEDS))]
    add_seeds(round_, more, fatima)
    with pytest.raises(RoundFull):
        add_seeds(round_, ["Nu past er echt geen meer bij"], fatima)
    with pytest.raises(RoundFull):
        show_statement(Statement.objects.get(state=StatementState.WAITING), "x", fatima)
    people = make_people(1)
    assert people
    everything = {f"s{n}": ("agree", "disagree", "pass")[n % 3] for n in range(1, 250)}
    from polls.models import Elector

    Elector.objects.create(consultation=round_, person=people[0])
    cast(round_, people[0], everything, *("é" * 139 + str(n) for n in range(5)))


def test_the_desk_says_how_many_wait_to_be_read(fatima: Person, sign_in: SignIn) -> None:
    round_ = waiting_round(fatima, "Deze wacht op de raad", "En deze ook nog even")
    page = sign_in(fatima).get(reverse("polls:desk", args=[round_.key])).content.decode()
    assert "2 te lezen" in page


def test_the_page_costs_the_same_however_many_wait(
    fatima: Person, sign_in: SignIn, django_assert_num_queries: object
) -> None:
    client = sign_in(fatima)
    few = waiting_round(fatima, "Eén stelling van een collega")
    many = waiting_round(fatima, *(f"Voorstel {n} van een van ons" for n in range(12)))
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    costs = []
    for one in (few, many):
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("polls:statements", args=[one.key]))
        costs.append(len(queries))
    assert costs[0] == costs[1]
