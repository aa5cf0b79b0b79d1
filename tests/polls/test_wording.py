"""Hints for neutral questions."""

import pytest

from polls.questions.schema import Choice, Kind, Question, Settings
from polls.questions.wording import Hint, advise, hints_for_text
from tests.polls.questionnaires import ask, choices, one_section

VIEW = "Wat vind je van het voorstel?"


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("Vind je ook niet dat de roosters te laat komen?", Hint.LEADING),
        ("Ben je het ermee eens dat thuiswerken natuurlijk beter is?", Hint.LEADING),
        ("Hoe tevreden ben je over je rooster en je leidinggevende?", Hint.DOUBLE),
        ("Ben je niet ontevreden over het rooster?", Hint.DOUBLE_NEGATIVE),
        ("Moet de OR niet adviseren dat geen van de locaties sluit?", Hint.DOUBLE_NEGATIVE),
    ],
)
def test_a_question_that_steers_is_noticed(text: str, hint: Hint) -> None:
    assert hint in [found for found, _about in hints_for_text(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Hoe tevreden ben je over je rooster?",
        "Welke dag past jou het best?",
        "Werk je tussen 18.00 en 6.00 uur?",
        "Wat vind je van het voorstel?",
        "Op welke vestiging en afdeling werk je?",
    ],
)
def test_a_plain_question_gets_no_hint(text: str) -> None:
    assert hints_for_text(text) == []


def test_a_required_choice_without_a_way_out_is_noticed() -> None:
    forced = one_section(Question("q1", Kind.SINGLE, VIEW, required=True, choices=choices(3)))
    assert [advice.hint for advice in advise(forced)] == [Hint.NO_WAY_OUT]
    fact = one_section(ask("q1", Kind.SINGLE, required=True))
    assert advise(fact) == []
    free = one_section(
        Question(
            "q1",
            Kind.SINGLE,
            VIEW,
            required=True,
            choices=(Choice("c1", "Voor"), Choice("c2", "Tegen"), Choice("c3", "Weet ik niet")),
        )
    )
    assert advise(free) == []


def test_a_scale_with_one_named_end_is_noticed() -> None:
    lopsided = one_section(ask("q1", Kind.SCALE, settings=Settings(high_label="heel goed")))
    assert [advice.hint for advice in advise(lopsided)] == [Hint.UNBALANCED]
