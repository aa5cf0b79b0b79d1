"""What is shown of a closed consultation, to whom, and that a release stays as it was."""

from __future__ import annotations

import pytest
from pytest_django import DjangoAssertNumQueries

from people.models import Act, Person
from polls.actions.casting import cast_named
from polls.actions.opening import open_consultation
from polls.actions.releasing import NothingToRelease, release_results
from polls.disclosure import Disclosure, disclose, released, released_texts, shown_to
from polls.models import (
    Consultation,
    Elector,
    Mode,
    OpenAnswer,
    Release,
    ReleaseAudience,
    Review,
    Tally,
)
from polls.questions.schema import Answers
from tests.polls.ballots import close, make_consultation, make_open, make_people, vote

pytestmark = pytest.mark.django_db


def run(by: Person, answers: list[Answers], *kinds: str, **fields: object) -> Consultation:
    """A consultation that was answered so and closed."""
    people = make_people(len(answers), str(fields.pop("unit", "Verpleging")))
    consultation = make_open(by, *kinds, **fields)
    for person, given in zip(people, answers, strict=True):
        vote(consultation, person, given)
    return close(consultation)


def test_each_kind_of_question_gets_its_figure(fatima: Person) -> None:
    first: Answers = {
        "q1": "c1",
        "q2": ["c1", "c2"],
        "q3": "yes",
        "q4": 4,
        "q5": {"r1": "c1", "r2": "c2"},
        "q6": ["c2", "c1", "c3"],
        "q7": 32.0,
        "q8": "2026-12-01",
        "q9": "Eerder het rooster",
    }
    second: Answers = {**first, "q1": "c2", "q2": ["c1"], "q4": 2, "q6": ["c1", "c2", "c3"]}
    second |= {"q7": 36.0, "q9": "Minder weekenden"}
    closed = run(
        fatima,
        [first] * 6 + [second] * 3 + [{"q1": "c1"}],
        *("single", "multiple", "yes_no", "scale", "matrix", "ranking", "number", "date"),
        "long_text",
    )
    found = disclose(closed)
    assert (found.invited, found.took_part, found.counted) == (11, 10, 10)
    by = {question.code: question for question in found.questions}
    assert [(c.code, c.count) for c in by["q1"].cells] == [("c1", 7), ("c2", 3), ("c3", 0)]
    assert by["q1"].cells[0].share == pytest.approx(0.7)
    assert by["q2"].n == 9
    assert [c.percentage for c in by["q2"].cells] == pytest.approx([100, 200 / 3, 0])
    assert by["q3"].cells[0].count == 9
    assert by["q4"].first.mean == pytest.approx(30 / 9)
    assert by["q4"].first.median == 4
    assert [item.cells[0].count for item in by["q5"].items] == [9, 0]
    best = by["q6"].cells[0]
    assert best.count == 6
    assert best.score == pytest.approx((6 * 2 + 3 * 1) / 9)
    assert [cell.code for cell in by["q6"].cells] == ["c2", "c1", "c3"]
    assert by["q7"].first.mean == pytest.approx((6 * 32 + 3 * 36) / 9)
    assert sum(cell.count or 0 for cell in by["q7"].cells) == 9
    assert [(c.code, c.count) for c in by["q8"].cells] == [("2026-12-01", 9)]
    assert by["q9"].open_count == 9
    assert Disclosure.from_json(found.to_json()) == found


def test_below_the_threshold_nothing_is_kept_and_the_page_can_say_so(fatima: Person) -> None:
    make_people(5)
    closed = run(fatima, [{"q1": "c1", "q2": "Hier"}] * 4, "single", "short_text")
    found = disclose(closed)
    assert (found.suppressed_reason, found.questions, found.counted) == ("few", (), 4)
    assert not Tally.objects.exists()
    assert not OpenAnswer.objects.exists()
    with pytest.raises(NothingToRelease):
        release_results(closed, ReleaseAudience.STAFF, fatima)


def test_a_running_one_shows_the_response_alone(fatima: Person) -> None:
    people = make_people(12)
    consultation = make_open(fatima, "single")
    for person in people:
        vote(consultation, person, {"q1": "c1"})
    found = disclose(consultation)
    assert (found.took_part, found.suppressed_reason, found.questions) == (12, "running", ())


def test_where_everyone_answered_alike_the_whole_is_a_bound(fatima: Person) -> None:
    """The whole electorate took part and all chose c1: the figure would name everyone in it."""
    people = [fatima, *make_people(24)]
    consultation = make_open(fatima, "single")
    for person in people:
        vote(consultation, person, {"q1": "c1"})
    cells = disclose(close(consultation)).questions[0].cells
    assert [(cell.count, cell.bound) for cell in cells] == [
        (None, "over95"),
        (None, "under5"),
        (None, "under5"),
    ]


def test_a_unanimous_unit_is_a_bound_and_small_units_go_together(fatima: Person) -> None:
    units = {"Zorg": 12, "Keuken": 3, "Staf": 4, "Techniek": 14, "Nacht": 25}
    people = {name: make_people(size, name) for name, size in units.items()}
    consultation = make_open(fatima, "single", breakdown="unit")
    for name, colleagues in people.items():
        for number, person in enumerate(colleagues):
            choice = "c1" if name == "Nacht" or number % 2 else "c2"
            vote(consultation, person, {"q1": choice})
    found = disclose(close(consultation), by="group")
    groups = {group.label: group for group in found.questions[0].groups}
    assert "Keuken" not in groups
    assert "Staf" not in groups
    told = [group for group in groups.values() if not group.is_hidden]
    assert sum(group.is_hidden for group in groups.values()) == 1
    if not groups["Nacht"].is_hidden:
        assert groups["Nacht"].cells[0].bound == "over95"
        assert groups["Nacht"].cells[0].count is None
    assert all((group.n or 0) >= 10 for group in told)


def test_a_release_stays_as_it_was_whatever_is_changed_since(
    fatima: Person, bakker: Person, sanne: Person
) -> None:
    closed = run(fatima, [{"q1": "c1", "q2": "Bel Anna"}] * 12, "single", "long_text")
    OpenAnswer.objects.filter(pk__in=OpenAnswer.objects.values("pk")[:10]).update(
        review=Review.CLEARED, redacted_text="Bel …"
    )
    release = release_results(closed, ReleaseAudience.DIRECTOR, fatima)
    before = released(release)
    Tally.objects.update(count=1)
    OpenAnswer.objects.all().delete()
    again = release_results(closed, ReleaseAudience.DIRECTOR, fatima)
    assert again == release
    assert released(Release.objects.get()) == before
    shown = shown_to(bakker, closed)
    assert shown is not None
    assert shown.disclosure == before
    assert [text["text"] for text in released_texts(release, "q2")] == ["Bel …"] * 10
    assert shown_to(sanne, closed) is None
    assert Act.objects.filter(verb="polls.release").count() == 1


def test_the_council_reads_at_closing_and_staff_at_once_where_it_was_set(
    fatima: Person, sanne: Person, wim: Person
) -> None:
    closed = run(fatima, [{"q1": "c1"}] * 6, "single", released_at_closing=True)
    assert Release.objects.get().released_by is None
    assert shown_to(fatima, closed) is not None
    assert shown_to(sanne, closed) is not None
    assert shown_to(wim, closed) is None


def test_named_answers_are_changed_in_place_and_counted(fatima: Person) -> None:
    people = make_people(6)
    draft = make_consultation(fatima, "single", mode=Mode.NAMED)
    draft.named_readers.add(fatima)
    consultation = open_consultation(draft, fatima)
    for person in people:
        cast_named(consultation, person, {"q1": "c1"})
    cast_named(consultation, people[0], {"q1": "c2"})
    assert Elector.objects.filter(took_part=True).count() == 6
    cells = disclose(close(consultation)).questions[0].cells
    assert [cell.count for cell in cells] == [5, 1, 0]


def test_results_cost_the_same_however_many_questions_and_groups(
    fatima: Person, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    few = run(fatima, [{"q1": "c1"}, {"q1": "c2"}] * 6, "single", breakdown="unit")
    answers: list[Answers] = [
        {f"q{number}": f"c{at % 3 + 1}" for number in range(1, 11)} for at in range(60)
    ]
    many = run(fatima, answers, *["single"] * 10, breakdown="unit", unit="Zorg")
    for consultation in (few, many):
        disclose(consultation, by="group")
        with django_assert_num_queries(4):
            disclose(consultation, by="group")
