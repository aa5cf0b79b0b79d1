"""The builder: parts and questions written, ordered, copied, made conditional, and corrected."""

import io
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from people.models import Act, Person
from polls.actions.building import (
    NotADraft,
    remove_section,
)
from polls.actions.opening import open_consultation
from polls.models import Choice, Consultation, Question
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


def order(draft: Consultation) -> list[list[str]]:
    """The codes, part by part."""
    return [[question.code for question in part.questions] for part in schema(draft).sections]


def form(**changes: Any) -> dict[str, Any]:
    """A question of one choice as it is typed."""
    return {"text": "Wat wil je?", "choices": "Dit\nDat", "test0": "", **changes}


def test_the_page_shows_every_question(draft: Consultation, client: Client) -> None:
    html = client.get(url("build", draft)).content.decode()
    assert [f'id="q-q{n}"' in html for n in (1, 2, 3)] == [True] * 3


def test_adding_a_question_leads_to_writing_it(draft: Consultation, client: Client) -> None:
    response = client.post(url("add_question", draft, 0), {"kind": "ranking"})
    assert response["Location"] == url("edit_question", draft, "q4")
    saved = client.post(url("edit_question", draft, "q4"), form(choices="A\nB\nC"))
    assert saved["Location"] == url("build", draft) + "#q-q4"
    question = schema(draft).by_code["q4"]
    assert question.kind is Kind.RANKING
    assert [choice.text for choice in question.choices] == ["A", "B", "C"]


def test_an_unknown_kind_adds_nothing(draft: Consultation, client: Client) -> None:
    client.post(url("add_question", draft, 0), {"kind": "sms"})
    assert order(draft) == [["q1", "q2", "q3"]]


def test_moving_by_buttons_goes_into_the_next_part_at_the_edge(
    draft: Consultation, client: Client
) -> None:
    client.post(url("add_section", draft))
    steps = [
        ("q1", "down", [["q2", "q1", "q3"], []]),
        ("q3", "down", [["q2", "q1"], ["q3"]]),
        ("q3", "up", [["q2", "q1", "q3"], []]),
        ("q2", "up", [["q2", "q1", "q3"], []]),
    ]
    for code, step, expected in steps:
        client.post(url("move_question", draft, code), {"step": step})
        assert order(draft) == expected


def test_moving_by_dragging(draft: Consultation, client: Client) -> None:
    client.post(url("add_section", draft))
    client.post(url("move_question", draft, "q1"), {"section": "1", "to": "0"})
    assert order(draft) == [["q2", "q3"], ["q1"]]
    client.post(url("move_question", draft, "q3"), {"section": "0", "to": "0"})
    assert order(draft) == [["q3", "q2"], ["q1"]]
    client.post(url("move_question", draft, "q3"), {"section": "9", "to": "x"})
    assert order(draft) == [["q3", "q2"], ["q1"]], "nonsense moves nothing"


def test_script_gets_the_parts_and_a_browser_without_gets_a_page(
    draft: Consultation, client: Client
) -> None:
    plain = client.post(url("move_question", draft, "q1"), {"step": "down"})
    assert plain.status_code == 302
    parts = client.post(
        url("move_question", draft, "q1"), {"step": "up"}, headers={"hx-request": "true"}
    )
    assert parts.status_code == 200
    assert "<html" not in parts.content.decode()


@pytest.mark.parametrize(
    ("name", "form", "shown"),
    [
        ("duplicate_question", {}, ["q1", "q4", "q2", "q3"]),
        ("move_question", {"step": "down"}, ["q2", "q1", "q3"]),
        ("remove_question", {}, ["q2", "q3"]),
    ],
)
def test_script_gets_the_questions_as_they_are_after_the_change(
    name: str, form: dict[str, str], shown: list[str], draft: Consultation, client: Client
) -> None:
    client.get(url("build", draft))
    changed = client.post(url(name, draft, "q1"), form, headers={"hx-request": "true"})
    assert changed.status_code == 200
    numbered = re.findall(r'id="q-(\w+)".*?class="nr">(\d+)\.', changed.content.decode(), re.S)
    assert numbered == [(code, str(n)) for n, code in enumerate(shown, start=1)]


def test_a_copy_stands_below_under_its_own_code(draft: Consultation, client: Client) -> None:
    client.post(url("duplicate_question", draft, "q1"))
    assert order(draft) == [["q1", "q4", "q2", "q3"]]
    copied = schema(draft).by_code["q4"]
    assert copied.choices == schema(draft).by_code["q1"].choices


def test_without_script_a_change_leads_back_to_its_place(
    draft: Consultation, client: Client
) -> None:
    page = url("build", draft)
    moved = client.post(url("move_question", draft, "q2"), {"step": "down"})
    assert moved["Location"] == f"{page}#q-q2"
    assert client.post(url("duplicate_question", draft, "q1"))["Location"] == f"{page}#q-q4"
    assert client.post(url("remove_question", draft, "q4"))["Location"] == f"{page}#deel-0"
    assert client.post(url("add_section", draft))["Location"] == f"{page}#deel-1"
    saved = client.post(url("edit_question", draft, "q2"), {"text": "En?"})
    assert saved["Location"] == f"{page}#q-q2"


def test_what_must_be_put_right_is_said_once_with_a_way_to_it(
    draft: Consultation, client: Client
) -> None:
    client.post(url("add_question", draft, 0), {"kind": "matrix"})
    html = client.get(url("build", draft)).content.decode()
    assert html.count("Vraag 4 mist nog tekst.") == 1
    assert "2 punten moeten nog goed" in html
    assert html.count('<a href="#q-q4">Vraag 4</a>') == 1


def test_a_part_without_questions_says_so(draft: Consultation, client: Client) -> None:
    assert "hieronder de eerste vraag toe" not in client.get(url("build", draft)).content.decode()
    client.post(url("add_section", draft))
    assert "hieronder de eerste vraag toe" in client.get(url("build", draft)).content.decode()


def test_what_cannot_move_further_has_no_button_for_it(draft: Consultation, client: Client) -> None:
    def disabled() -> list[str]:
        html = client.get(url("build", draft)).content.decode()
        return re.findall(r'aria-label="(Vraag \d \w+)" disabled', html)

    assert disabled() == ["Vraag 1 omhoog", "Vraag 3 omlaag"]
    client.post(url("add_section", draft))
    assert disabled() == ["Vraag 1 omhoog"]


def test_choices_keep_their_codes(draft: Consultation, client: Client) -> None:
    target = url("edit_question", draft, "q1")
    client.post(target, form(choices="Antwoord 3\nAntwoord 1 \nNieuw\nAntwoord twee"))
    choices = Choice.objects.filter(question__code="q1").order_by("position")
    codes = {choice.text: choice.code for choice in choices}
    assert codes["Antwoord 3"] == "c3"
    assert codes["Antwoord 1"] == "c1"
    assert sorted(codes.values()) == ["c1", "c3", "c4", "c5"], "a code is never given again"
    assert list(codes) == ["Antwoord 3", "Antwoord 1", "Nieuw", "Antwoord twee"]


def test_a_choice_reworded_in_place_keeps_its_code(draft: Consultation, client: Client) -> None:
    client.post(
        url("edit_question", draft, "q1"), form(choices="Antwoord 1\nAnders gezegd\nAntwoord 3")
    )
    question = schema(draft).by_code["q1"]
    assert [(c.code, c.text) for c in question.choices] == [
        ("c1", "Antwoord 1"),
        ("c2", "Anders gezegd"),
        ("c3", "Antwoord 3"),
    ]


@pytest.mark.parametrize(
    ("kind", "wrong"),
    [
        ("single", {"choices": "Eén"}),
        ("single", {"text": " "}),
        ("multiple", {"at_most": "9"}),
        ("multiple", {"at_least": "2", "at_most": "1"}),
        ("scale", {"minimum": "5", "maximum": "1"}),
        ("scale", {"minimum": "0", "maximum": "50"}),
        ("scale", {"minimum": "0,5"}),
        ("number", {"minimum": "9", "maximum": "3"}),
        ("number", {"minimum": "veel"}),
        ("date", {"earliest": "2026-12-01", "latest": "2026-01-01"}),
        ("date", {"earliest": "morgen"}),
        ("matrix", {"rows": ""}),
        ("long_text", {"max_length": "0"}),
    ],
)
def test_a_question_that_cannot_work_is_refused_with_what_was_typed(
    kind: str, wrong: dict[str, str], draft: Consultation, client: Client
) -> None:
    client.post(url("add_question", draft, 0), {"kind": kind})
    typed = {**form(rows="Rij"), **wrong}
    response = client.post(url("edit_question", draft, "q4"), typed)
    assert response.status_code == 400
    assert 'id="error-summary"' in response.content.decode()


def picture() -> SimpleUploadedFile:
    """A small PNG."""
    content = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(content, "PNG")
    return SimpleUploadedFile("kaart.png", content.getvalue(), "image/png")


def test_an_image_needs_words_and_is_made_anew(
    draft: Consultation, client: Client, sanne: Person, fatima: Person, sign_in: SignIn
) -> None:
    target = url("edit_question", draft, "q1")
    assert client.post(target, form(image=picture())).status_code == 400
    assert client.post(target, form(image=picture(), image_alt="Een kaart")).status_code == 302
    image = url("image", draft, "q1")
    assert client.get(image)["Content-Type"] == "image/webp"
    assert sign_in(sanne).get(image).status_code == 404, "a draft is the council's"
    html = client.get(reverse("polls:preview", args=[draft.key])).content.decode()
    assert f'src="{image}"' in html
    assert 'alt="Een kaart"' in html
    open_consultation(draft, fatima)
    assert Client().get(image).status_code == 200, "people with a letter see it too"


@pytest.mark.parametrize("content", [b"<svg onload=alert(1)>", b"<html>", b""])
def test_what_is_no_image_is_refused(content: bytes, draft: Consultation, client: Client) -> None:
    upload = SimpleUploadedFile("plaatje.png", content, "image/png")
    response = client.post(url("edit_question", draft, "q1"), form(image=upload, image_alt="x"))
    assert response.status_code == 400
    assert Question.objects.get(code="q1").image == ""


def test_nothing_is_built_once_it_is_open(
    draft: Consultation, client: Client, fatima: Person
) -> None:
    section = draft.questionnaire.sections.get()
    open_consultation(draft, fatima)
    assert client.get(url("build", draft)).status_code == 403
    for name in ("move_question", "remove_question", "duplicate_question"):
        assert client.post(url(name, draft, "q1")).status_code == 403
    assert client.post(url("add_section", draft)).status_code == 403
    with pytest.raises(NotADraft):
        remove_section(section)


def test_a_typing_error_is_put_right_and_logged(
    draft: Consultation, client: Client, fatima: Person
) -> None:
    Question.objects.filter(code="q1").update(text="Wat wil je met het roooster?")
    open_consultation(draft, fatima)
    target = url("edit_question", draft, "q1")
    texts = {f"choice-c{n}": f"Antwoord {n}" for n in (1, 2, 3)}
    assert client.get(target).status_code == 200
    changed = client.post(target, {"text": "Wat wil je met de vakantie?", **texts})
    assert changed.status_code == 409
    corrected = client.post(target, {"text": "Wat wil je met het rooster?", **texts})
    assert corrected.status_code == 302
    assert schema(draft).by_code["q1"].text == "Wat wil je met het rooster?"
    assert Act.objects.filter(verb="polls.edit").count() == 1
    swapped = {**texts, "choice-c1": "Antwoord 2"}
    assert (
        client.post(target, {"text": "Wat wil je met het rooster?", **swapped}).status_code == 409
    )


def test_the_builder_costs_the_same_however_many_questions(
    draft: Consultation, client: Client, fatima: Person
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    costs = []
    for count in (2, 20):
        many = make_consultation(fatima, *["single"] * count)
        with CaptureQueriesContext(connection) as captured:
            client.get(url("build", many))
        costs.append(len(captured))
    assert costs[0] == costs[1]
