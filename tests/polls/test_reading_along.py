"""Answers that colleagues read along, and their marks of agreement, counted at the closing."""

from __future__ import annotations

import random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from people.models import Person
from polls.actions.casting import cast_ballot, change_ballot, withdraw_ballot
from polls.actions.emptying import empty_urn
from polls.actions.opening import CannotOpen, open_consultation
from polls.actions.releasing import release_results
from polls.actions.reviewing import review_answer
from polls.actions.sharing import MOST_MARKS, TooManyMarks, agree, marks_of
from polls.models import (
    AgreeSlip,
    Consultation,
    Mode,
    OpenAnswer,
    Question,
    ReleaseAudience,
    Review,
    UrnEntry,
)
from polls.rights import ElectorRight, NotInvited, NotOpen
from polls.urn import TooLong
from tests.cast import SignIn
from tests.polls.ballots import close, make_consultation, make_open_to_read, make_people, vote

pytestmark = pytest.mark.django_db

TEXTS = OpenAnswer._meta.db_table


@pytest.fixture(autouse=True)
def staff(db: None) -> list[Person]:
    """Enough colleagues, before anything is opened."""
    return make_people(60)


def askable(consultation: Consultation, count: int) -> list[Person]:
    """``count`` of the staff who have not answered yet."""
    waiting = consultation.electors.filter(took_part=False, person__given_name="Noor")
    return [each.person for each in waiting.select_related("person").order_by("person")[:count]]


def answer(consultation: Consultation, person: Person, text: str, *, shared: bool = True) -> str:
    return vote(consultation, person, {"q1": text, **({"q1.share": True} if shared else {})})


def fill(consultation: Consultation) -> None:
    """The ten answers that stay in until the closing."""
    for person in askable(consultation, 10):
        answer(consultation, person, f"Blijft tot de sluiting {person.pk}")
    assert empty_urn(consultation.pk) == 10
    assert not OpenAnswer.objects.filter(consultation=consultation).exists()


def shown(consultation: Consultation, count: int, by: Person) -> list[OpenAnswer]:
    """``count`` answers that colleagues read; the council allowed all of them."""
    fill(consultation)
    for number, person in enumerate(askable(consultation, count)):
        answer(consultation, person, f"Antwoord {number}")
    assert empty_urn(consultation.pk) == count
    rows = list(OpenAnswer.objects.filter(consultation=consultation).order_by("text"))
    for row in rows:
        review_answer(row, may_be_shown=True, redacted_text=row.text, by=by)
    return rows


def page(consultation: Consultation) -> str:
    return reverse("polls:colleagues", args=[consultation.key])


def test_answers_come_a_batch_at_a_time_and_only_those_whose_writers_allowed_it(
    fatima: Person,
) -> None:
    consultation = make_open_to_read(fatima)
    fill(consultation)
    people = askable(consultation, 12)
    for person in people[:9]:
        answer(consultation, person, f"Van {person.pk}")
        assert empty_urn(consultation.pk) == 0
    assert not OpenAnswer.objects.exists()
    answer(consultation, people[9], "Dit houd ik voor de OR", shared=False)
    assert empty_urn(consultation.pk) == 10
    rows = OpenAnswer.objects.filter(consultation=consultation)
    assert rows.count() == 9
    assert not rows.filter(text__contains="voor de OR").exists()
    assert {(row.group, row.review, row.is_shared) for row in rows} == {("", Review.WAITING, True)}


def test_colleagues_read_what_the_council_allowed_in_the_words_it_allowed(
    fatima: Person, sanne: Person, sign_in: SignIn
) -> None:
    consultation = make_open_to_read(fatima)
    fill(consultation)
    people = askable(consultation, 10)
    for number, person in enumerate(people):
        text = "Vraag het aan Mila Brouwer" if number == 0 else f"Graag rust, {number}"
        answer(consultation, person, text)
    client = sign_in(sanne)
    assert "Nog niets te lezen" in client.get(page(consultation)).content.decode()
    empty_urn(consultation.pk)
    assert "Graag rust" not in client.get(page(consultation)).content.decode()
    council = sign_in(fatima)
    desk = council.get(reverse("polls:desk", args=[consultation.key])).content.decode()
    assert "10 te lezen" in desk
    texts = council.get(reverse("polls:texts", args=[consultation.key])).content.decode()
    assert texts.count("<article") == 10
    for row in OpenAnswer.objects.filter(consultation=consultation):
        words = row.text.replace("Mila Brouwer", "[naam]")
        go = "hold" if row.text.endswith(" 9") else "show"
        url = reverse("polls:review", args=[consultation.key, row.key])
        assert council.post(url, {"go": go, "text": words}).status_code == 302
    html = client.get(page(consultation)).content.decode()
    assert "Vraag het aan [naam]" in html
    assert "Brouwer" not in html
    assert html.count('name="agree"') == 9


def test_marks_are_kept_changed_and_shown_to_nobody_else(
    fatima: Person, sanne: Person, omar: Person, sign_in: SignIn
) -> None:
    consultation = make_open_to_read(fatima)
    first, second, third, *_rest = shown(consultation, 10, fatima)
    client = sign_in(sanne)
    read = [str(row.key) for row in (first, second, third)]
    sent = {"read": read, "agree": [str(first.key), str(second.key)]}
    response = client.post(page(consultation), sent, follow=True)
    assert "Bewaard. Je kunt het tot de sluiting nog veranderen." in response.content.decode()
    assert marks_of(consultation, sanne) == {first.pk, second.pk}
    client.post(page(consultation), {"read": [str(first.key)], "agree": []})
    assert marks_of(consultation, sanne) == {second.pk}
    assert client.get(page(consultation)).content.decode().count(" checked") == 1
    assert sign_in(omar).get(page(consultation)).content.decode().count(" checked") == 0
    assert AgreeSlip.objects.count() == 1


def test_a_mark_is_refused_for_what_is_not_shown_and_for_who_was_not_asked(
    fatima: Person, sanne: Person, joris: Person
) -> None:
    consultation = make_open_to_read(fatima)
    first, second, *_rest = shown(consultation, 10, fatima)
    review_answer(second, may_be_shown=False, redacted_text="", by=fatima)
    elsewhere = OpenAnswer.objects.create(
        consultation=make_open_to_read(fatima),
        question="q1",
        text="Elders",
        is_shared=True,
        review=Review.CLEARED,
    )
    asked = [first.pk, second.pk, elsewhere.pk]
    agree(consultation, sanne, asked, asked)
    assert marks_of(consultation, sanne) == {first.pk}
    consultation.electors.filter(person=joris).delete()
    with pytest.raises(NotInvited):
        agree(consultation, joris, asked, asked)
    close(consultation)
    with pytest.raises(NotOpen):
        agree(consultation, sanne, [], asked)


def test_a_slip_holds_a_hundred_marks_and_says_so_beyond(fatima: Person, sanne: Person) -> None:
    consultation = make_open_to_read(fatima)
    rows = OpenAnswer.objects.bulk_create(
        OpenAnswer(
            consultation=consultation,
            question="q1",
            text=f"Nummer {number}",
            is_shared=True,
            review=Review.CLEARED,
        )
        for number in range(MOST_MARKS + 1)
    )
    keys = [row.pk for row in rows]
    agree(consultation, sanne, keys[:MOST_MARKS], keys)
    assert len(marks_of(consultation, sanne)) == MOST_MARKS
    with pytest.raises(TooManyMarks):
        agree(consultation, sanne, keys, keys)
    assert len(marks_of(consultation, sanne)) == MOST_MARKS


def test_marks_are_counted_at_the_closing_and_the_slips_destroyed(fatima: Person) -> None:
    consultation = make_open_to_read(fatima)
    first, second, third, *_rest = shown(consultation, 10, fatima)
    for number, elector in enumerate(consultation.electors.order_by("person")[:10]):
        marks = [third.pk]
        marks += [first.pk] if number < 6 else []
        marks += [second.pk] if number < 4 else []
        agree(consultation, elector.person, marks, marks)
    closed = close(consultation)
    assert not AgreeSlip.objects.exists()
    for row in (first, second, third):
        row.refresh_from_db()
    assert (first.agreed, first.agreed_is_least) == (6, False)
    # Four are below the threshold of five; ten of ten would say that everyone agreed.
    assert (second.agreed, second.agreed_is_least) == (0, False)
    assert (third.agreed, third.agreed_is_least) == (8, True)
    release = release_results(closed, ReleaseAudience.STAFF, fatima)
    assert [text["agreed"] for text in release.texts][:3] == [8, 6, 0]


def test_slips_with_nothing_on_them_do_not_loosen_the_bound(fatima: Person) -> None:
    consultation = make_open_to_read(fatima)
    first, *_rest = shown(consultation, 10, fatima)
    for number, elector in enumerate(consultation.electors.all()[:12]):
        agree(consultation, elector.person, [first.pk] if number < 7 else [], [first.pk])
    close(consultation)
    first.refresh_from_db()
    assert (first.agreed, first.agreed_is_least) == (5, True)


def test_fewer_slips_than_the_threshold_count_as_none(fatima: Person) -> None:
    consultation = make_open_to_read(fatima)
    first, *_rest = shown(consultation, 10, fatima)
    for elector in consultation.electors.all()[:4]:
        agree(consultation, elector.person, [first.pk], [first.pk])
    close(consultation)
    first.refresh_from_db()
    assert (first.agreed, first.agreed_is_least) == (0, False)


def test_results_say_how_many_agree(fatima: Person, sanne: Person, sign_in: SignIn) -> None:
    consultation = make_open_to_read(fatima)
    first, second, *_rest = shown(consultation, 12, fatima)
    for number, elector in enumerate(consultation.electors.all()[:12]):
        marks = [first.pk] if number < 7 else [second.pk]
        agree(consultation, elector.person, marks, marks)
    release_results(close(consultation), ReleaseAudience.STAFF, fatima)
    html = sign_in(sanne).get(reverse("polls:results", args=[consultation.key])).content.decode()
    assert "7 collega’s zijn het hiermee eens" in html
    assert html.index("7 collega’s") < html.index("5 collega’s") < html.index("Antwoord 3")


def test_what_is_out_stays_and_nothing_new_comes_of_a_change(fatima: Person) -> None:
    consultation = make_open_to_read(fatima)
    fill(consultation)
    people = askable(consultation, 20)
    receipts = [answer(consultation, person, f"Eerst {person.pk}") for person in people[:10]]
    empty_urn(consultation.pk)
    change_ballot(consultation, receipts[0], {"q1": "Bij nader inzien", "q1.share": True})
    withdraw_ballot(consultation, receipts[1])
    for person in people[10:]:
        answer(consultation, person, f"Later {person.pk}")
    empty_urn(consultation.pk)
    assert OpenAnswer.objects.filter(consultation=consultation).count() == 20
    closed = close(consultation)
    texts = OpenAnswer.objects.filter(consultation=closed)
    # One a person; the change would name who made it.
    assert texts.count() == 30
    assert not texts.filter(text="Bij nader inzien").exists()
    assert closed.counted == 29


def test_who_answers_last_is_in_company_at_the_closing(fatima: Person) -> None:
    """A dump before and after the closing shows what is new; that is never the last one's alone."""
    consultation = make_open_to_read(fatima)
    people = askable(consultation, 31)
    for person in people[:30]:
        answer(consultation, person, f"Van {person.pk}")
        empty_urn(consultation.pk)
    before = set(OpenAnswer.objects.values_list("pk", flat=True))
    assert len(before) == 20
    answer(consultation, people[30], "Van de laatste")
    close(consultation)
    fresh = OpenAnswer.objects.exclude(pk__in=before)
    assert fresh.count() == 11
    assert {row.is_shared for row in fresh} == {True}
    # Alone in answering in Tigrinya? Nothing beside a text may tell in which language it was asked.
    assert not {field.name for field in OpenAnswer._meta.fields} & {"language", "locale"}


def test_an_answer_that_fills_its_envelope_still_comes_out(fatima: Person) -> None:
    """The note that a text is out must find room in every ballot that was taken."""
    consultation = make_open_to_read(fatima)
    fill(consultation)
    signs = "".join(
        random.Random(1).choices([chr(code) for code in range(0x4E00, 0x9FFF)], k=5_000)
    )
    low, high, taken = 100, 5_000, 0
    people = iter(askable(consultation, 45))
    while high - low > 1:  # the longest text that the envelope takes
        middle = (low + high) // 2
        try:
            cast_ballot(
                ElectorRight(consultation, next(people)),
                {"q1": signs[:middle], "q1.share": True, "q1.quote": True},
                language="nl",
            )
        except TooLong:
            high = middle
        else:
            low, taken = middle, taken + 1
    assert high < 5_000
    for person in list(people)[:12]:
        answer(consultation, person, f"Kort {person.pk}")
    assert empty_urn(consultation.pk) >= 10
    assert not UrnEntry.objects.filter(consultation=consultation).exists()
    assert OpenAnswer.objects.filter(text__startswith=signs[:90]).count() == taken >= 1


def test_below_the_total_threshold_nothing_that_was_out_is_kept(fatima: Person) -> None:
    consultation = make_open_to_read(fatima)
    people = askable(consultation, 20)
    receipts = [answer(consultation, person, f"Van {person.pk}") for person in people]
    empty_urn(consultation.pk)
    assert OpenAnswer.objects.count() == 10
    for receipt in receipts[:16]:
        withdraw_ballot(consultation, receipt)
    close(consultation)
    assert not OpenAnswer.objects.exists()


def test_under_a_name_answers_are_not_read_along(fatima: Person) -> None:
    draft = make_consultation(fatima, "long_text", mode=Mode.NAMED)
    draft.named_readers.add(fatima)
    Question.objects.filter(questionnaire=draft.questionnaire).update(settings={"ask_share": True})
    with pytest.raises(CannotOpen, match="anoniem"):
        open_consultation(draft, fatima)


def test_the_page_costs_the_same_whatever_there_is_to_read(
    fatima: Person, sanne: Person, sign_in: SignIn
) -> None:
    costs = []
    for count in (10, 40):
        consultation = make_open_to_read(fatima)
        rows = shown(consultation, count, fatima)
        agree(consultation, sanne, [rows[0].pk], [rows[0].pk])
        client = sign_in(sanne)
        client.get(page(consultation))
        with CaptureQueriesContext(
            connection,
        ) as found:
            assert client.get(page(consultation)).status_code == 200
        costs.append(len(found))
    assert costs[0] == costs[1] <= 10


def test_one_mark_reads_one_answer_however_many_there_are(
    fatima: Person, sanne: Person, sign_in: SignIn
) -> None:
    costs = []
    for count in (10, 40):
        consultation = make_open_to_read(fatima)
        first, *_rest = shown(consultation, count, fatima)
        client = sign_in(sanne)
        sent = {"read": [str(first.key), "geen sleutel"], "agree": [str(first.key)]}
        client.post(page(consultation), sent)
        with CaptureQueriesContext(connection) as found:
            kept = client.post(page(consultation) + "?page=2", sent)
        assert kept.headers["Location"].endswith("?page=2")
        costs.append(len(found))
        assert marks_of(consultation, sanne) == {first.pk}
        asked = [query["sql"] for query in found if f'FROM "{TEXTS}"' in query["sql"]]
        assert asked
        for sql in asked:
            assert "COUNT" not in sql
            with connection.cursor() as cursor:
                cursor.execute(sql)
                assert len(cursor.fetchall()) == 1, sql
    assert costs[0] == costs[1] <= 12
