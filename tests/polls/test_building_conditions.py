"""The builder's conditions and jumps: chosen from lists, kept, moved along, and told when wrong."""

import pytest
from django.test import Client
from django.urls import reverse

from people.models import Person
from polls.actions.building import (
    add_question_to,
    add_section,
    move_section,
    remove_section,
)
from polls.actions.questionnaires import NewQuestion
from polls.models import Consultation, Question
from polls.questions.schema import Kind
from tests.cast import SignIn
from tests.polls.ballots import make_consultation, make_people
from tests.polls.drafts import schema, url


@pytest.fixture
def draft(fatima: Person) -> Consultation:
    """A draft with a choice, a yes/no and a number in one part."""
    make_people(20)
    return make_consultation(fatima, "single", "yes_no", "number")


@pytest.fixture
def client(fatima: Person, sign_in: SignIn) -> Client:
    """A council member's browser."""
    return sign_in(fatima)


def test_taking_out_frees_nothing_that_depends_on_it(draft: Consultation, client: Client) -> None:
    client.post(url("edit_question", draft, "q3"), {"text": "Hoeveel?", "test0": "q2|is|yes"})
    client.post(url("remove_question", draft, "q2"))
    html = client.get(url("build", draft)).content.decode()
    assert "invalid-feedback" in html
    assert client.post(reverse("polls:open", args=[draft.key])).status_code == 409


def test_a_condition_is_chosen_from_earlier_questions_only(
    draft: Consultation, client: Client
) -> None:
    html = client.get(url("edit_question", draft, "q2")).content.decode()
    assert 'value="q1|is|c1"' in html
    assert 'value="q2|' not in html
    assert 'value="q3|' not in html
    later = client.post(url("edit_question", draft, "q2"), {"text": "x", "test0": "q3|is|"})
    assert later.status_code == 400


def test_conditions_are_joined_and_shown_again(draft: Consultation, client: Client) -> None:
    typed = {
        "text": "Hoeveel?",
        "test0": "q1|is|c2",
        "test1": "q2|is_not|no",
        "join": "any",
    }
    assert client.post(url("edit_question", draft, "q3"), typed).status_code == 302
    question = Question.objects.get(questionnaire=draft.questionnaire, code="q3")
    assert question.show_if == {
        "any": [
            {"question": "q1", "op": "is", "value": "c2"},
            {"question": "q2", "op": "is_not", "value": "no"},
        ]
    }
    html = client.get(url("edit_question", draft, "q3")).content.decode()
    assert 'value="q1|is|c2" selected' in html
    assert 'value="q2|is_not|no" selected' in html
    assert 'value="any" selected' in html


def test_a_comparison_with_a_number_needs_one(draft: Consultation, client: Client) -> None:
    client.post(url("add_question", draft, 0), {"kind": "long_text"})
    target = url("edit_question", draft, "q4")
    assert client.post(target, {"text": "En?", "test0": "q3|at_least|"}).status_code == 400
    assert client.post(target, {"text": "En?", "test0": "q3|at_least|", "value0": "12"})
    question = Question.objects.get(questionnaire=draft.questionnaire, code="q4")
    assert question.show_if == {"question": "q3", "op": "at_least", "value": 12}
    html = client.get(target).content.decode()
    assert 'value="q3|at_least|" selected' in html
    assert 'value="12"' in html


def test_what_is_wrong_with_a_condition_stands_at_its_row(
    draft: Consultation, client: Client
) -> None:
    client.post(url("add_question", draft, 0), {"kind": "long_text"})
    sent = {"text": "En?", "test0": "q2|is|no", "test1": "q3|at_least|", "value1": "veel"}
    refused = client.post(url("edit_question", draft, "q4"), sent)
    assert refused.status_code == 400
    page = refused.content.decode()
    first, second = page.split('name="test0"')[1].split('name="test1"')
    assert "invalid-feedback" not in first
    second = second.split('name="test2"')[0]
    assert 'id="id_test1_error"' in second
    assert 'aria-describedby="id_test1_error"' in second
    assert 'value="veel"' in second
    summary = page.split('id="error-summary"')[1].split("</ul>")[0]
    assert summary.count("<li>") == 1
    assert 'href="#id_value1"' in summary


def test_what_is_wrong_with_a_jump_stands_at_that_jump(draft: Consultation, client: Client) -> None:
    for _n in range(2):
        client.post(url("add_section", draft))
    sent = {"jump0-to": "2", "jump0-test0": "q2|is|no", "jump1-test0": "q1|is|c1"}
    refused = client.post(url("edit_section", draft, 0), sent)
    assert refused.status_code == 400
    before, after = refused.content.decode().split('name="jump1-to"')
    assert 'href="#id_jump1-to"' in before
    assert 'id="id_jump0-to_error"' not in before
    assert 'id="id_jump1-to_error"' in after


RICH = {
    "any": [
        {"question": "q1", "op": "is", "value": "c2"},
        {
            "all": [
                {"question": "q2", "op": "is", "value": "no"},
                {"question": "q1", "op": "is_not", "value": "c1"},
            ]
        },
    ]
}


def test_a_condition_that_the_lists_cannot_show_is_told_and_stays(
    draft: Consultation, client: Client
) -> None:
    questions = Question.objects.filter(questionnaire=draft.questionnaire)
    questions.filter(code="q3").update(show_if=RICH)
    target = url("edit_question", draft, "q3")
    page = client.get(target).content.decode()
    assert "Nu: alleen als het antwoord op vraag 1" in page
    assert " of (het antwoord op vraag 2" in page
    assert client.post(target, {"text": "Hoeveel dan?"}).status_code == 302
    assert questions.get(code="q3").show_if == RICH
    client.post(target, {"text": "Hoeveel?", "test0": "q2|is|yes"})
    assert questions.get(code="q3").show_if == {"question": "q2", "op": "is", "value": "yes"}
    questions.filter(code="q3").update(show_if=RICH)
    client.post(target, {"text": "Hoeveel?", "drop": "on"})
    assert questions.get(code="q3").show_if is None


def test_saving_a_part_keeps_every_jump_it_had(draft: Consultation, client: Client) -> None:
    for _n in range(3):
        client.post(url("add_section", draft))
    section = draft.questionnaire.sections.order_by("position")[0]
    section.jumps = [
        {"when": {"question": "q1", "op": "is", "value": "c1"}, "to": 2},
        {"when": {"question": "q1", "op": "is", "value": "c2"}, "to": 3},
        {"when": RICH, "to": 4},
    ]
    section.save()
    target = url("edit_section", draft, 0)
    sent = {
        "title": "Begin",
        **{f"jump{n}-to": str(jump["to"]) for n, jump in enumerate(section.jumps)},
        "jump0-test0": "q1|is|c1",
        "jump1-test0": "q1|is|c2",
    }
    assert 'name="jump2-to"' in client.get(target).content.decode()
    assert client.post(target, sent).status_code == 302
    kept = draft.questionnaire.sections.get(pk=section.pk).jumps
    assert kept == section.jumps


def test_a_jump_is_chosen_on_the_part(draft: Consultation, client: Client) -> None:
    for _n in range(2):
        client.post(url("add_section", draft))
    typed = {"title": "Begin", "jump0-to": "2", "jump0-test0": "q2|is|no"}
    assert client.post(url("edit_section", draft, 0), typed).status_code == 302
    (jump,) = schema(draft).sections[0].jumps
    assert jump.to == 2
    incomplete = client.post(url("edit_section", draft, 0), {"title": "x", "jump0-to": "2"})
    assert incomplete.status_code == 400
    backward = client.post(
        url("edit_section", draft, 2), {"jump0-to": "0", "jump0-test0": "q2|is|no"}
    )
    assert backward.status_code in (302, 400)
    assert schema(draft).sections[2].jumps == ()


def test_a_jump_keeps_its_target_when_parts_move(draft: Consultation) -> None:
    sections = [draft.questionnaire.sections.get()]
    sections += [add_section(draft.questionnaire, title) for title in ("B", "C", "D")]
    for section in sections[1:]:
        add_question_to(section, NewQuestion(Kind.YES_NO, "?"))
    first = sections[0]
    first.jumps = [{"when": {"question": "q2", "op": "is", "value": "no"}, "to": 2}]
    first.save()
    move_section(sections[2], 3)
    parts = schema(draft).sections
    assert [part.title for part in parts] == ["", "B", "D", "C"]
    assert parts[parts[0].jumps[0].to].title == "C"
    remove_section(sections[2])
    parts = schema(draft).sections
    assert parts[0].jumps[0].to == len(parts), "the end followed it"
