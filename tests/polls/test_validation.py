"""Checking answers: every kind of question, right and wrong."""

from datetime import date

import pytest
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from polls.questions.posting import names_of, only_known, posted_of
from polls.questions.schema import Answer, Choice, Kind, Question, Settings
from polls.questions.validation import parse_date, parse_number, validate
from tests.polls.questionnaires import EVERY_KIND, ask, choices, one_section

OTHER = (*choices(2), Choice("c3", "Anders, namelijk", True))


def answer(question: Question, **posted: list[str]) -> dict[str, Answer]:
    """The answers taken; fails where something was refused."""
    names = {name.replace("__", "."): values for name, values in posted.items()}
    checked = validate(one_section(question), names)
    assert checked.errors == {}
    return checked.answers


def refusal(question: Question, **posted: list[str]) -> str:
    """What a refused answer is told, in English."""
    names = {name.replace("__", "."): values for name, values in posted.items()}
    with translation.override("en"):
        checked = validate(one_section(question), names)
    assert question.code not in checked.answers
    return checked.errors[question.code]


@pytest.mark.parametrize("kind", list(Kind))
def test_no_answer_is_fine_unless_required(kind: Kind) -> None:
    assert answer(ask("q", kind)) == {}
    assert refusal(ask("q", kind, required=True))


def test_single() -> None:
    assert answer(ask("q", Kind.SINGLE), q=["c2"]) == {"q": "c2"}
    assert "in the list" in refusal(ask("q", Kind.SINGLE), q=["c9"])


def test_other_namely_asks_for_words() -> None:
    question = ask("q", Kind.SINGLE, choices=OTHER)
    assert answer(question, q=["c3"], q__other=["de bus"]) == {"q": "c3", "q.other": "de bus"}
    assert answer(question, q__other=["de bus"]) == {"q": "c3", "q.other": "de bus"}
    assert "write what you mean" in refusal(question, q=["c3"], q__other=["  "])
    assert "one of the two" in refusal(question, q=["c1"], q__other=["de bus"])


def test_multiple_keeps_the_order_of_the_list_and_its_limits() -> None:
    question = ask("q", Kind.MULTIPLE, settings=Settings(at_least=2, at_most=2))
    assert answer(question, q=["c3", "c1", "c1"]) == {"q": ["c1", "c3"]}
    assert "at least 2" in refusal(question, q=["c1"])
    assert "at most 2" in refusal(question, q=["c1", "c2", "c3"])
    assert refusal(ask("q", Kind.MULTIPLE), q=["c1", "x"])


def test_multiple_with_other() -> None:
    question = ask("q", Kind.MULTIPLE, choices=OTHER)
    assert answer(question, q=["c1"], q__other=["fiets"]) == {"q": ["c1", "c3"], "q.other": "fiets"}


def test_scale_takes_its_own_points_only() -> None:
    question = ask("q", Kind.SCALE, settings=Settings(minimum=0, maximum=10))
    assert answer(question, q=["0"]) == {"q": 0}
    for wrong in ("11", "-1", "5.5", "vijf", "٣"):
        assert "from 0 to 10" in refusal(question, q=[wrong])


def test_matrix_is_complete_when_required() -> None:
    question = ask("q", Kind.MATRIX)
    assert answer(question, q__r1=["c2"]) == {"q": {"r1": "c2"}}
    assert "every row" in refusal(ask("q", Kind.MATRIX, required=True), q__r1=["c2"])
    assert refusal(question, q__r1=["c9"])


def test_ranking() -> None:
    question = ask("q", Kind.RANKING)
    ranked = answer(question, q__c1=["2"], q__c2=["3"], q__c3=["1"])
    assert ranked == {"q": ["c3", "c1", "c2"]}
    assert "place 1" in refusal(question, q__c1=["1"], q__c2=["1"], q__c3=["2"])
    assert "3 answers" in refusal(question, q__c1=["1"])
    top = ask("q", Kind.RANKING, settings=Settings(at_most=2))
    assert answer(top, q__c3=["1"]) == {"q": ["c3"]}
    assert "at most 2" in refusal(top, q__c1=["1"], q__c2=["2"], q__c3=["3"])


@pytest.mark.parametrize(
    ("typed", "decimals", "expected"),
    [
        ("12", 0, 12),
        ("-3", 0, -3),
        ("12,5", 1, 12.5),
        ("12.5", 1, 12.5),
        ("1.250", 0, 1250),
        ("1.250,50", 2, 1250.5),
        ("1 250", 0, 1250),
        ("1.250", 3, 1.25),
        ("1.250.000", 3, 1_250_000),
        ("12,5,3", 1, None),
        ("12.50,3", 1, None),
        ("twaalf", 0, None),
        ("1e5", 0, None),
        ("nan", 1, None),
        ("", 0, None),
        ("١٢", 0, None),
    ],
)
def test_numbers_as_people_type_them(typed: str, decimals: int, expected: float | None) -> None:
    assert parse_number(typed, decimals) == expected


def test_number_limits() -> None:
    question = ask("q", Kind.NUMBER, settings=Settings(minimum=0, maximum=40))
    assert answer(question, q=["36"]) == {"q": 36}
    assert "0 or more" in refusal(question, q=["-1"])
    assert "40 or less" in refusal(question, q=["41"])
    assert "whole number" in refusal(question, q=["3,5"])
    assert "not a number" in refusal(question, q=["veel"])


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("2026-12-01", date(2026, 12, 1)),
        ("1-12-2026", date(2026, 12, 1)),
        ("01/12/2026", date(2026, 12, 1)),
        ("31-02-2026", None),
        ("morgen", None),
    ],
)
def test_dates_as_people_type_them(typed: str, expected: date | None) -> None:
    assert parse_date(typed) == expected


def test_date_limits() -> None:
    limits = Settings(earliest="2026-01-01", latest="2026-12-31")
    question = ask("q", Kind.DATE, settings=limits)
    assert answer(question, q=["1-12-2026"]) == {"q": "2026-12-01"}
    assert "2026" in refusal(question, q=["2027-01-01"])
    assert refusal(question, q=["2025-12-31"])


def test_text_is_cleaned_of_what_a_database_or_file_cannot_hold() -> None:
    question = ask("q", Kind.LONG_TEXT)
    assert answer(question, q=["  Re\x00gel 1\r\nregel\u0301 2 \x1b "]) == {"q": "Regel 1\nregeĺ 2"}


def test_text_that_is_too_long_says_by_how_much() -> None:
    question = ask("q", Kind.SHORT_TEXT)
    assert "301 characters; at most 300" in refusal(question, q=["é" * 301])
    assert answer(question, q=["é" * 300])


def test_quoting_is_asked_beside_an_answer_only() -> None:
    question = ask("q", Kind.LONG_TEXT, settings=Settings(ask_quote=True))
    assert answer(question, q=["Ja"], q__quote=["1"]) == {"q": "Ja", "q.quote": True}
    assert answer(question, q__quote=["1"]) == {}
    assert answer(ask("q", Kind.LONG_TEXT), q=["Ja"], q__quote=["1"]) == {"q": "Ja"}


TYPED = st.one_of(
    st.sampled_from(
        ["", "c1", "c2", "c3", "c4", "1", "2", "3", "7", "yes", "no", "2026-12-01", "1,5"]
    ),
    st.text(max_size=8),
)


@pytest.mark.long
@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.fixed_dictionaries(
        {name: st.lists(TYPED, max_size=3) for q in EVERY_KIND for name in names_of(q)}
    )
)
def test_any_form_is_checked_and_what_is_taken_can_be_shown_again(
    form: dict[str, list[str]],
) -> None:
    checked = validate(EVERY_KIND, form)
    posted = posted_of(EVERY_KIND, checked.answers)
    again = validate(EVERY_KIND, posted)
    assert again.answers == checked.answers
    assert again.errors == {}
    assert only_known(EVERY_KIND, posted) == posted


def test_names_no_question_has_are_left_out() -> None:
    assert only_known(EVERY_KIND, {"q1": ["c1"], "csrfmiddlewaretoken": ["x"]}) == {"q1": ["c1"]}
