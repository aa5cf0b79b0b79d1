"""The questions on paper: all of them, in each language, and no code."""

import io
import re

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from people.models import Person
from polls.actions.codes import print_codes
from polls.actions.opening import open_consultation
from polls.models import Consultation, Section, Wording
from polls.questions.schema import Kind
from polls.translating import texts_of
from tests.cast import SignIn
from tests.polls.ballots import add_question, make_consultation, make_people

KINDS = [kind.value for kind in Kind]


@pytest.fixture
def consultation(fatima: Person, omar: Person) -> Consultation:
    """Open, with every kind of question, a second part and a way past it; in Turkish too."""
    make_people(12)
    draft = make_consultation(fatima, *KINDS)
    questions = draft.questionnaire
    no = {"question": "q3", "op": "is", "value": "no"}
    questions.sections.update(jumps=[{"when": no, "to": 2}])
    consents = {"ask_quote": True, "ask_share": True}
    questions.questions.filter(kind=Kind.LONG_TEXT).update(settings=consents)
    second = Section.objects.create(questionnaire=questions, position=1, title="Je team")
    add_question(second, "q20", "yes_no", required=True, show_if={**no, "value": "yes"})
    questions.languages = ["tr"]
    questions.save()
    Wording.objects.bulk_create(
        Wording(questionnaire=questions, language="tr", ref=text.ref, text=f"Çeviri {n}")
        for n, text in enumerate(texts_of(questions))
    )
    return open_consultation(draft, fatima)


def pages_of(client: Client, consultation: Consultation, query: str = "") -> str:
    """The form as text, one blank between words; a file of PDF/UA."""
    response = client.get(reverse("polls:blank_form", args=[consultation.key]) + query)
    assert response["Content-Type"] == "application/pdf"
    document = PdfReader(io.BytesIO(response.content))
    assert document.root_object["/MarkInfo"]["/Marked"]  # type: ignore[index]
    return " ".join(" ".join(page.extract_text() for page in document.pages).split())


def test_every_question_is_on_it_with_its_answers_and_the_way_to_go(
    consultation: Consultation, fatima: Person, sign_in: SignIn
) -> None:
    text = pages_of(sign_in(fatima), consultation)
    for number, question in enumerate(consultation.questionnaire.questions.order_by("pk"), start=1):
        assert f"{number}. {question.text}" in text
    for words in ("Antwoord 3", "Rij 2", "Deel 2 van 2: Je team", "dag-maand-jaar"):
        assert words in text
    assert "De OR mag dit citeren, zonder mijn naam" in text
    assert "Collega’s mogen dit lezen, zonder mijn naam" in text
    assert "Nee” is: je bent klaar." in text
    assert re.search(r"Vul dit alleen in als .*Ja” is", text)


def test_it_comes_in_each_language_that_is_offered(
    consultation: Consultation, fatima: Person, sign_in: SignIn
) -> None:
    text = pages_of(sign_in(fatima), consultation, "?taal=tr")
    assert "Yanıtınızın kutusuna çarpı koyun." in text
    assert "Çeviri 1" in text
    assert "Vraag q1" not in text
    assert "Vraag q1" in pages_of(sign_in(fatima), consultation, "?taal=xx"), "else the original"


def test_it_holds_no_code(
    consultation: Consultation, fatima: Person, ineke: Person, sign_in: SignIn
) -> None:
    (sheet,) = print_codes(consultation, ineke)
    text = pages_of(sign_in(fatima), consultation)
    assert all(code not in text for code in sheet.codes)
    assert not re.search(r"\w{4}-\w{4}-\w{4}", text)


def test_the_page_for_paper_leads_to_it_in_each_language(
    consultation: Consultation, ineke: Person, sign_in: SignIn
) -> None:
    html = sign_in(ineke).get(reverse("polls:paper", args=[consultation.key])).content.decode()
    assert "formulier/?taal=nl" in html
    assert "formulier/?taal=tr" in html
