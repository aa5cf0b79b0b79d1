"""Results beside those of an earlier time: only what was released, and only real differences."""

import io
import json
import random
from dataclasses import replace
from math import sqrt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import strip_tags
from openpyxl import load_workbook
from scipy import stats  # type: ignore[import-untyped]

from dossiers.actions import impose_secrecy
from dossiers.models import Dossier
from people.models import Person
from polls.actions.comparing import CannotCompare, candidates, compare_with
from polls.actions.releasing import release_results
from polls.disclosure import Cell, Disclosure, ItemResult, QuestionResult, comparison_for
from polls.disclosure.comparing import (
    FEW,
    HIDDEN,
    HIGHER,
    LOWER,
    SAME,
    UNTESTED,
    Comparison,
    compare,
    wording,
)
from polls.disclosure.differences import Sample, mean_probability, share_probability
from polls.models import Choice, Consultation, OpenAnswer, Question, ReleaseAudience, Tally
from polls.questions.schema import Answers
from tests.cast import SignIn
from tests.polls.ballots import close, make_open, make_people, vote


def ask(by: Person, people: list[Person], *kinds: str, yes: int, **fields: object) -> Consultation:
    """Everyone answers; the first ``yes`` of them one thing, the others another."""
    consultation = make_open(by, *kinds, **fields)
    first: Answers = {"q1": "c1", "q2": 5, "q3": ["c1", "c2", "c3"]}
    other: Answers = {"q1": "c2", "q2": 2, "q3": ["c3", "c1", "c2"]}
    for at, person in enumerate(people):
        answers = first if at < yes else other
        vote(consultation, person, {f"q{n}": answers[f"q{n}"] for n in range(1, len(kinds) + 1)})
    return close(consultation)


@pytest.fixture
def people() -> list[Person]:
    return make_people(60)[:50]


@pytest.fixture
def twice(fatima: Person, people: list[Person]) -> tuple[Consultation, Consultation]:
    """Earlier 15 of 50 said yes, now 35 of 50; both released to staff and put side by side."""
    kinds = ("single", "scale", "ranking")
    then = ask(fatima, people, *kinds, yes=15)
    now = ask(fatima, people, *kinds, yes=35)
    for each in (then, now):
        release_results(each, ReleaseAudience.STAFF, fatima)
    compare_with(now, then, fatima)
    return then, now


def url(consultation: Consultation) -> str:
    return reverse("polls:trend", args=[consultation.key])


def disclosure(*questions: QuestionResult, invited: int = 400, **more: str) -> Disclosure:
    """A released result."""
    made = Disclosure("T", "survey", "anonymous", "2026-01", "", "", invited, 100, 100, 5, 10)
    return replace(made, questions=questions, **more)  # type: ignore[arg-type]


def single(text: str, *counts: int, labels: tuple[str, ...] = ("Ja", "Nee")) -> QuestionResult:
    n = sum(counts)
    cells = tuple(
        Cell(f"c{at}", label, count, count / n)
        for at, (label, count) in enumerate(zip(labels, counts, strict=True))
    )
    return QuestionResult("q1", "single", text, (ItemResult("q1", text, n, cells),))


def verdicts(found: Comparison) -> list[str]:
    return [line.verdict for each in found.questions for item in each.items for line in item.lines]


@pytest.mark.parametrize(
    ("then", "now", "alike"),
    [
        ("Bevalt je rooster?", "bevalt je  rooster", True),
        ("“Bevalt” je rooster?", "Bevalt je rooster!", True),
        ("Bevalt je rooster?", "Bevalt jouw rooster?", False),
        ("Café open?", "Café open?", True),
        ("Niveau 1?", "Niveau 2?", False),
    ],
)
def test_questions_are_alike_by_their_words(then: str, now: str, alike: bool) -> None:
    assert (wording(then) == wording(now)) is alike
    found = compare(disclosure(single(now, 60, 40)), disclosure(single(then, 40, 60)))
    assert bool(found.questions) is alike
    assert bool(found.added) is not alike


def test_other_answers_to_choose_from_are_not_compared_and_that_is_said() -> None:
    then = single("Bevalt het?", 40, 30, 30, labels=("Ja", "Nee", "Weet niet"))
    found = compare(disclosure(single("Bevalt het?", 60, 40)), disclosure(then))
    assert (found.questions, found.changed) == ((), ("Bevalt het?",))


def test_another_kind_or_other_ends_of_a_scale_are_another_question() -> None:
    asked = single("Bevalt het?", 60, 40)
    assert compare(disclosure(asked), disclosure(replace(asked, kind="multiple"))).added
    cells = tuple(Cell(str(n), str(n), 20, 0.2) for n in range(1, 6))
    scale = QuestionResult(
        "q", "scale", "?", (ItemResult("q", "?", 100, cells, mean=3.0),), low_label="slecht"
    )
    assert compare(disclosure(scale), disclosure(scale)).questions
    assert not compare(disclosure(scale), disclosure(replace(scale, low_label="goed"))).questions


def test_the_order_of_the_answers_does_not_matter() -> None:
    turned = single("Bevalt het?", 60, 40, labels=("Nee", "Ja"))
    (question,) = compare(disclosure(single("Bevalt het?", 70, 30)), disclosure(turned)).questions
    yes, no = question.items[0].lines
    assert (yes.then, yes.now, no.then, no.now) == (0.4, 0.7, 0.6, 0.3)


@pytest.mark.parametrize(
    ("then", "now", "verdict"),
    [((15, 35), (35, 15), HIGHER), ((35, 15), (15, 35), LOWER), ((20, 30), (22, 28), SAME)],
)
def test_a_difference_is_one_only_where_chance_hardly_explains_it(
    then: tuple[int, int], now: tuple[int, int], verdict: str
) -> None:
    found = compare(disclosure(single("?", *now)), disclosure(single("?", *then)))
    assert verdicts(found)[0] == verdict
    assert found.tests == 2


def test_fewer_than_thirty_answers_say_too_little() -> None:
    found = compare(disclosure(single("?", 29, 0)), disclosure(single("?", 1, 60)))
    assert verdicts(found) == [FEW, FEW]
    assert {line.difference for line in found.questions[0].items[0].lines} == {None}
    assert verdicts(compare(disclosure(single("?", 25, 5)), disclosure(single("?", 5, 60)))) == [
        HIGHER,
        LOWER,
    ]


def test_a_rare_answer_says_too_little() -> None:
    found = compare(disclosure(single("?", 2, 98)), disclosure(single("?", 1, 99)))
    assert verdicts(found) == [FEW, FEW]


@pytest.mark.parametrize("bound", ["over95", "under5", "hidden"])
def test_no_difference_where_one_of_two_is_a_bound_or_hidden(bound: str) -> None:
    asked = single("?", 60, 40)
    cells = (Cell("c0", "Ja", None, None, bound), asked.cells[1])
    hidden = replace(asked, items=(replace(asked.first, cells=cells),))
    for now, then in ((hidden, asked), (asked, hidden), (hidden, hidden)):
        (question,) = compare(disclosure(now), disclosure(then)).questions
        line = question.items[0].lines[0]
        assert (line.verdict, line.difference, line.probability) == (HIDDEN, None, None)


def test_where_too_few_answered_one_of_both_there_is_nothing_to_compare() -> None:
    asked = single("?", 60, 40)
    few = replace(asked, items=(ItemResult("q1", "?", None),))
    found = compare(disclosure(few), disclosure(asked))
    assert (found.questions, found.changed) == ((), ())


def test_the_more_is_tested_the_surer_each_must_be() -> None:
    one = single("Vraag", 45, 55)
    then = single("Vraag", 30, 70)
    assert verdicts(compare(disclosure(one, invited=5000), disclosure(then, invited=5000))) == [
        SAME,
        SAME,
    ]
    assert (share_probability(45, 30, Sample(100, 5000), Sample(100, 5000)) or 1) < 0.05
    sure = [replace(each, items=each.items) for each in (single("Vraag", 51, 49), then)]
    found = compare(disclosure(sure[0], invited=5000), disclosure(sure[1], invited=5000))
    assert verdicts(found)[0] == HIGHER
    extra = [single(f"Nog {n}", 50, 50) for n in range(12)]
    many = compare(
        disclosure(sure[0], *extra, invited=5000), disclosure(sure[1], *extra, invited=5000)
    )
    assert verdicts(many)[0] == SAME


def test_the_probabilities_are_those_of_a_statistics_library_with_the_correction() -> None:
    chance = random.Random(4)
    for _time in range(200):
        n, m = chance.randint(30, 300), chance.randint(30, 300)
        now, then = chance.randint(10, n - 10), chance.randint(10, m - 10)
        sizes = Sample(n, n + chance.randint(1, 400)), Sample(m, m + chance.randint(1, 400))
        ours = share_probability(now, then, *sizes)
        p = (now + then) / (n + m)
        error = sqrt(p * (1 - p) * sum(size.correction / size.n for size in sizes))
        assert ours == pytest.approx(2 * stats.norm.sf(abs(now / n - then / m) / error), abs=1e-9)
    huge = Sample(200, 10**9), Sample(150, 10**9)
    values = [{1.0: 80, 3.0: 70, 5.0: 50}, {1.0: 40, 3.0: 60, 5.0: 50}]
    flat = [[v for v, count in each.items() for _i in range(count)] for each in values]
    t = stats.ttest_ind(flat[0], flat[1], equal_var=False).statistic
    assert mean_probability(values[0], values[1], *huge) == pytest.approx(
        2 * stats.norm.sf(abs(t)), abs=1e-6
    )


def test_where_everyone_answered_both_times_every_difference_is_real() -> None:
    both = Sample(40, 40), Sample(40, 40)
    assert share_probability(21, 20, *both) == 0.0
    assert share_probability(20, 20, *both) == 1.0


def test_by_chance_alone_hardly_ever_a_difference_is_named() -> None:
    """Of 400 people who think the same both times, other 150 answer; six answers at once."""
    chance, wrong = random.Random(8), 0
    everyone = chance.choices(range(6), weights=(6, 5, 4, 3, 2, 2), k=400)
    for _round in range(400):
        found = compare(*(_drawn(chance.sample(everyone, 150)) for _time in range(2)))
        wrong += any(verdict in (HIGHER, LOWER) for verdict in verdicts(found))
    assert wrong / 400 < 0.05 + 3 * sqrt(0.05 * 0.95 / 400), "5%, and the chance of 400 rounds"


def _drawn(answers: list[int]) -> Disclosure:
    labels = tuple("abcdef")
    return disclosure(single("?", *(answers.count(n) for n in range(6)), labels=labels))


def test_what_is_compared_is_what_was_released_whatever_was_changed_since(
    twice: tuple[Consultation, Consultation], fatima: Person
) -> None:
    before = comparison_for(fatima, twice[1])
    assert before is not None
    assert verdicts(before)[:2] == [HIGHER, LOWER]
    Tally.objects.update(count=7, bound="")
    OpenAnswer.objects.all().delete()
    Question.objects.update(text="Iets anders")
    Choice.objects.update(text="Anders")
    assert comparison_for(fatima, twice[1]) == before


def test_scales_are_compared_by_mean_and_by_answer_and_rankings_by_points(
    twice: tuple[Consultation, Consultation], fatima: Person
) -> None:
    found = comparison_for(fatima, twice[1])
    assert found is not None
    mean, *points = found.questions[1].items[0].lines
    assert (mean.measure, round(mean.then or 0, 1), round(mean.now or 0, 1)) == ("mean", 2.9, 4.1)
    assert (mean.verdict, mean.difference) == (HIGHER, 1.2)
    assert len(points) == 5
    ranked = found.questions[2].items[0].lines
    assert {line.measure for line in ranked} == {"points"}
    assert found.question("q3") is found.questions[2]


def test_numbers_are_put_side_by_side_without_a_verdict() -> None:
    number = QuestionResult("q", "number", "Uren?", (ItemResult("q", "Uren?", 40, (), mean=12.0),))
    found = compare(disclosure(number), disclosure(number))
    assert verdicts(found) == [UNTESTED]
    assert found.tests == 0


def test_nothing_is_compared_until_both_were_released(
    fatima: Person, people: list[Person], sign_in: SignIn
) -> None:
    then = ask(fatima, people, "single", yes=20)
    now = ask(fatima, people, "single", yes=20)
    release_results(then, ReleaseAudience.STAFF, fatima)
    compare_with(now, then, fatima)
    assert comparison_for(fatima, now) is None
    assert "toen en nu" not in page(sign_in(fatima).get(url(now))).replace("toen en nu:", "")
    release_results(now, ReleaseAudience.DIRECTOR, fatima)
    assert comparison_for(fatima, now) is not None


def page(response: object) -> str:
    """The words on a page."""
    text: str = response.content.decode()  # type: ignore[attr-defined]
    return " ".join(strip_tags(text.partition("<main")[2]).casefold().split())


def test_who_reads_it_reads_both(
    twice: tuple[Consultation, Consultation], sanne: Person, bakker: Person, sign_in: SignIn
) -> None:
    then, now = twice
    assert sign_in(sanne).get(url(now)).status_code == 200
    assert sign_in(bakker).get(url(now)).status_code == 200
    then.releases.update(audience=ReleaseAudience.DIRECTOR)
    then.electors.filter(person=sanne).delete()
    assert sign_in(sanne).get(url(now)).status_code == 404
    assert (
        reverse("polls:trend", args=[now.key])
        not in sign_in(sanne).get(reverse("polls:results", args=[now.key])).content.decode()
    )
    assert sign_in(bakker).get(url(now)).status_code == 200


def test_an_earlier_one_behind_a_lock_is_not_told_of(
    twice: tuple[Consultation, Consultation],
    fatima: Person,
    joris: Person,
    sanne: Person,
    sign_in: SignIn,
) -> None:
    then, now = twice
    dossier = Dossier.objects.create(title="Fusie", opened_by=fatima)
    Consultation.objects.filter(pk=then.pk).update(title="Geheim plan", dossier=dossier)
    impose_secrecy(fatima, dossier, imposed_by="x", scope="x", until=None, exempt=[fatima])
    assert sign_in(sanne).get(url(now)).status_code == 404
    answer = sign_in(joris).get(url(now))
    assert answer.status_code == 200
    assert "geheim plan" not in page(answer)
    assert "40%" not in page(answer)


def test_the_secretary_chooses_among_earlier_ones_that_asked_the_same(
    fatima: Person, joris: Person, people: list[Person], sign_in: SignIn
) -> None:
    then = ask(fatima, people, "single", yes=20)
    now = ask(fatima, people, "single", yes=30)
    later = ask(fatima, people, "single", yes=30)
    unreleased = candidates(now, joris)
    for each in (then, now, later):
        release_results(each, ReleaseAudience.STAFF, fatima)
    assert unreleased == []
    assert [each.consultation for each in candidates(now, joris)] == [then]
    client = sign_in(joris)
    assert client.post(url(now), {"earlier": str(later.key)}).status_code == 400
    assert client.post(url(now), {"earlier": str(then.key)}).status_code == 302
    now.refresh_from_db()
    assert now.compared_with == then
    text = page(client.get(url(now)))
    assert "40%" in text
    assert "60%" in text
    assert client.post(url(now), {"earlier": ""}).status_code == 302
    assert Consultation.objects.get(pk=now.pk).compared_with is None
    with pytest.raises(CannotCompare):
        compare_with(now, later, joris)


def test_the_figures_stand_in_every_export(
    twice: tuple[Consultation, Consultation], fatima: Person, sign_in: SignIn
) -> None:
    client = sign_in(fatima)
    files = {
        form: client.get(reverse("polls:export", args=[twice[1].key, form])).getvalue()
        for form in ("csv", "xlsx", "json")
    }
    lines = files["csv"].decode().splitlines()
    (line,) = [row for row in lines if row.startswith(f"{twice[0].wave};q1;") and ";c1;" in row]
    assert line.endswith("share;0,3;;0,7;;0,4;higher")
    book = load_workbook(io.BytesIO(files["xlsx"]))
    assert book.worksheets[2]["G2"].value == 0.3
    rows = json.loads(files["json"])["then-now"]
    assert (rows[0]["then"], rows[0]["now"], rows[0]["verdict"]) == (0.3, 0.7, HIGHER)


def test_the_page_costs_the_same_however_much_is_compared(
    fatima: Person, people: list[Person], twice: tuple[Consultation, Consultation], sign_in: SignIn
) -> None:
    client = sign_in(fatima)
    client.get(url(twice[1]))
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(url(twice[1]))
    for _more in range(3):
        again = ask(fatima, people, "single", "scale", yes=20)
        release_results(again, ReleaseAudience.STAFF, fatima)
        release_results(again, ReleaseAudience.DIRECTOR, fatima)
    compare_with(again, twice[1], fatima)
    with CaptureQueriesContext(connection) as many:
        client.get(url(again))
    assert len(many) == len(few) <= 16
