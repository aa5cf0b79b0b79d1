"""Several languages: offered, written beside the original, and counted together."""

from django.urls import reverse

from people.models import Person
from polls.actions.opening import open_consultation
from polls.models import Wording
from polls.questions.loading import schema_of
from polls.translating import texts_of
from tests.cast import SignIn
from tests.polls.ballots import make_consultation, make_people


def test_every_text_of_a_questionnaire_has_a_ref_that_is_read_back(fatima: Person) -> None:
    draft = make_consultation(fatima, "single", "matrix", "scale")
    questionnaire = draft.questionnaire
    questionnaire.introduction = "Waarom we dit vragen"
    questionnaire.languages = ["pl"]
    questionnaire.save()
    questionnaire.questions.filter(code="q3").update(
        settings={"low_label": "slecht", "high_label": "goed"}, help_text="Denk aan je week"
    )
    questionnaire.sections.update(title="Deel", text="Tekst")
    assert schema_of(questionnaire, "pl").untranslated == {t.ref for t in texts_of(questionnaire)}
    Wording.objects.bulk_create(
        Wording(questionnaire=questionnaire, language="pl", ref=text.ref, text=f"pl {text.ref}")
        for text in texts_of(questionnaire)
    )
    questionnaire.revision += 1
    questionnaire.save()
    polish = schema_of(questionnaire, "pl")
    assert polish.untranslated == frozenset()
    assert polish.by_code["q1"].choices[0].text == "pl question:q1:choice:c1"
    assert polish.by_code["q2"].rows[0].text == "pl question:q2:row:r1"
    assert polish.by_code["q3"].settings.low_label == "pl question:q3:low_label"


def test_offering_and_writing_a_language(fatima: Person, sign_in: SignIn) -> None:
    make_people(10)
    draft = make_consultation(fatima, "single")
    client = sign_in(fatima)
    languages = reverse("polls:languages", args=[draft.key])
    arabic = reverse("polls:translation", args=[draft.key, "ar"])
    assert client.get(arabic).status_code == 404, "not offered yet"
    assert client.post(languages, {"languages": ["xx"]}).status_code == 400
    assert client.post(languages, {"languages": ["ar", "pl"]}).status_code == 302
    html = client.get(arabic).content.decode()
    assert 'dir="rtl"' in html
    assert "Vraag q1?" in html
    client.post(arabic, {"t0": "استطلاع", "t1": "سؤال"})
    questionnaire = draft.questionnaire
    questionnaire.refresh_from_db()
    assert schema_of(questionnaire, "ar").by_code["q1"].text == "سؤال"
    client.post(arabic, {"t0": "", "t1": "سؤال آخر"})
    questionnaire.refresh_from_db()
    assert schema_of(questionnaire, "ar").title == draft.title, "an emptied one falls back"
    assert schema_of(questionnaire, "ar").by_code["q1"].text == "سؤال آخر"


def test_answers_stand_below_their_question_and_what_is_too_long_is_told_at_its_field(
    fatima: Person, sign_in: SignIn
) -> None:
    draft = make_consultation(fatima, "single")
    draft.questionnaire.languages = ["pl"]
    draft.questionnaire.save()
    polish = reverse("polls:translation", args=[draft.key, "pl"])
    client = sign_in(fatima)
    # The title and the question; then its three answers.
    assert client.get(polish).content.decode().count("translation is-answer") == 3
    refused = client.post(polish, {"t1": "x" * 4_001})
    assert refused.status_code == 400
    page = refused.content.decode()
    assert 'id="id_t1_error"' in page
    assert 'aria-describedby="id_t1_error"' in page
    assert 'href="#id_t1"' in page


def test_once_open_only_what_is_missing_is_added(fatima: Person, sign_in: SignIn) -> None:
    make_people(10)
    draft = make_consultation(fatima, "single")
    draft.questionnaire.languages = ["pl"]
    draft.questionnaire.save()
    Wording.objects.create(
        questionnaire=draft.questionnaire, language="pl", ref="title", text="Ankieta"
    )
    open_consultation(draft, fatima)
    polish = reverse("polls:translation", args=[draft.key, "pl"])
    client = sign_in(fatima)
    page = client.get(polish).content.decode()
    assert "wat vertaald is, blijft zo" in page
    standing, missing = page.split('name="t0"')[1].split('name="t1"')
    assert "disabled" in standing.split(">")[0]
    assert "disabled" not in missing.split(">")[0]
    assert client.post(polish, {"t0": "Inna", "t1": "Pytanie"}).status_code == 302
    texts = dict(Wording.objects.values_list("ref", "text"))
    assert texts == {"title": "Ankieta", "question:q1:text": "Pytanie"}
