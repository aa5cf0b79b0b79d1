"""The pages of answering speak the language that is answered in, to the last word."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django.utils.translation import trans_real

from orportal.catalogues import ANSWERING_LANGUAGES, compile_stale
from people.models import Person
from polls.actions.codes import print_codes
from polls.actions.opening import open_consultation
from polls.languages import SPOKEN
from polls.models import Consultation, Mode, Questionnaire, Section, VotingCode, Wording
from polls.translating import texts_of
from tests.cast import SignIn
from tests.polls.ballots import add_question, close, make_consultation, make_people
from tests.polls.rounds import make_draft_round

KIOSK, ENTER = "/vragen/stem/scherm/", "/vragen/stem/"
KINDS = ("single", "multiple", "matrix", "scale", "number", "short_text", "long_text", "date")


def known(language: str, original: str) -> bool:
    """Whether ``language`` itself has words for ``original``: not the Dutch it falls back on."""
    words = trans_real.translation(language)._catalog  # type: ignore[attr-defined]
    return original in words or (original, 0) in words


class Listener:
    """Hears every text that is asked in a language that has no words for it."""

    def __init__(self) -> None:
        self.foreign: set[str] = set()

    def wrap(self, real: Callable[..., str]) -> Callable[..., str]:
        def hear(*texts: Any) -> str:
            said = real(*texts)
            language = translation.get_language() or ""
            original = next(text for text in texts if text)
            if language in ANSWERING_LANGUAGES and not known(language, original):
                self.foreign.add(str(said))
            return said

        return hear

    def read(self, response: Any, language: str) -> str:
        """The page, which must be in ``language`` and hold none of what was heard."""
        page = str(response.content.decode())
        direction = "rtl" if language == "ar" else "ltr"
        assert f'<html lang="{language}" dir="{direction}"' in page
        body = html.unescape(page)
        # A text with blanks is looked for by its longest piece without.
        pieces = {max(re.split(r"%\(\w+\)\w|%\w", said), key=len).strip() for said in self.foreign}
        assert [piece for piece in pieces if len(piece) > 2 and piece in body] == []
        return page


@pytest.fixture
def listener(monkeypatch: pytest.MonkeyPatch) -> Listener:
    compile_stale()
    made = Listener()
    for name in ("gettext", "ngettext"):
        real = getattr(trans_real, name)
        monkeypatch.setattr(f"django.utils.translation._trans.{name}", made.wrap(real))
    return made


@pytest.fixture(params=ANSWERING_LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def translate(questionnaire: Questionnaire, language: str) -> None:
    """Offer ``questionnaire`` in ``language`` too, every text as its ref."""
    questionnaire.languages = [language]
    questionnaire.revision += 1
    questionnaire.save()
    Wording.objects.bulk_create(
        Wording(questionnaire=questionnaire, language=language, ref=text.ref, text=f"‹{text.ref}›")
        for text in texts_of(questionnaire)
    )


def make_offered(by: Person, language: str, **fields: Any) -> Consultation:
    """Open, with a question of every kind in two parts, offered in ``language``."""
    make_people(12)
    draft = make_consultation(by, *KINDS, "ranking", **fields)
    ask = draft.questionnaire.questions
    ask.filter(code="q1").update(
        required=True, show_if=None, help_text="Denk aan je week", is_background=False
    )
    ask.filter(code="q2").update(settings={"at_least": 2, "at_most": 2})
    ask.filter(code="q5").update(settings={"minimum": 1, "maximum": 9})
    ask.filter(code="q8").update(settings={"earliest": "2026-01-01"})
    ask.filter(code="q7").update(settings={"ask_quote": True})
    ask.get(code="q1").choices.filter(code="c3").update(is_other=True)
    second = Section.objects.create(questionnaire=draft.questionnaire, position=1, title="Twee")
    if draft.mode == Mode.NAMED:
        draft.named_readers.add(by)
    condition = {"question": "q1", "op": "is", "value": "c1"}
    add_question(second, "q20", "yes_no", required=True)
    add_question(second, "q21", "yes_no", show_if=condition)
    translate(draft.questionnaire, language)
    return open_consultation(draft, by)


WRONG = {
    "q1": "c1",
    "q1.other": "toch anders",
    "q2": "c1",
    "q3.r1": "c9",
    "q4": "99",
    "q5": "veel",
    "q6": "x" * 900,
    "q8": "gisteren",
    "q9.c1": "1",
    "q9.c2": "1",
}
RIGHT = {"q1": "c1", "q5": "3", "q7": "Een lang verhaal"}


def test_a_language_is_spoken_that_has_a_catalogue() -> None:
    assert {*ANSWERING_LANGUAGES, *dict(settings.LANGUAGES)} == set(SPOKEN)


def test_a_text_without_words_of_its_own_stands_in_dutch() -> None:
    with translation.override("pl"):
        assert translation.gettext("On paper") == "Op papier"


def test_a_survey_from_first_page_to_receipt(
    language: str, listener: Listener, fatima: Person, sanne: Person, sign_in: SignIn
) -> None:
    survey = make_offered(fatima, language)
    address, client = survey.get_absolute_url(), sign_in(sanne)
    dutch = client.get(address).content.decode()
    assert '<html lang="nl" dir="ltr"' in dutch
    assert f'value="language-{language}"' in dutch, "a button, so without JavaScript too"
    first = listener.read(client.post(address, {"go": f"language-{language}"}), language)
    assert "‹title›" in first
    assert "‹question:q1:text›" in first
    here = {"language": language, "part": "0"}
    wrong = client.post(address, {**here, **WRONG, "go": "next"})
    assert wrong.status_code == 400
    listener.read(wrong, language)
    assert listener.read(client.post(address, {**here, "go": "next"}), language)
    second = client.post(address, {**here, **RIGHT, "go": "next"})
    assert "‹question:q20:text›" in listener.read(second, language)
    there = {**here, **RIGHT, "part": "1"}
    assert client.post(address, {**there, "go": "send"}).status_code == 400
    thanks = client.post(address, {**there, "q20": "yes", "go": "send"})
    page = listener.read(thanks, language)
    found = re.search(r'id="receipt-code" dir="ltr">([\w-]+)<', page)
    assert found
    assert f"?taal={language}" in page
    for asked in (client.get(f"{address}?taal={language}"), client.post(address, there)):
        listener.read(asked, language)

    # With the receipt, later, by somebody who need not sign in.
    own, mine = reverse("polls:own_answer", args=[survey.key]), {"code": found[1]}
    visitor = Client()
    listener.read(visitor.get(f"{own}?taal={language}"), language)
    for typed in ("zomaar", "0" * 20):
        refused = visitor.post(f"{own}?taal={language}", {"code": typed})
        assert refused.status_code == 400
        listener.read(refused, language)
    for go in ("show", "change", "withdraw"):
        listener.read(visitor.post(own, {**mine, "go": go}), language)
    listener.read(visitor.post(own, {**mine, "language": language}), language)
    close(survey)
    listener.read(visitor.post(f"{own}?taal={language}", mine), language)


def test_answering_under_a_name(
    language: str, listener: Listener, fatima: Person, sanne: Person, sign_in: SignIn
) -> None:
    survey = make_offered(fatima, language, mode="named")
    address, client = survey.get_absolute_url(), sign_in(sanne)
    listener.read(client.get(f"{address}?taal={language}"), language)
    sent = {"language": language, "part": "1", **RIGHT, "q20": "no", "go": "send"}
    listener.read(client.post(address, sent), language)


def test_a_form_that_went_stale(
    language: str, listener: Listener, fatima: Person, sanne: Person, sign_in: SignIn
) -> None:
    survey = make_offered(fatima, language)
    typed = {"language": language, "q1": "c1", "go": "next"}
    address = survey.get_absolute_url()
    listener.read(Client().post(address, typed), language)
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(sanne, backend=settings.AUTHENTICATION_BACKENDS[0])
    listener.read(strict.post(address, typed), language)
    for page in (ENTER, KIOSK, reverse("polls:own_answer", args=[survey.key])):
        listener.read(Client(enforce_csrf_checks=True).post(page, typed), language)


@pytest.mark.parametrize("page", [ENTER, KIOSK])
def test_with_a_code_on_the_own_phone_or_a_shared_screen(
    page: str, language: str, listener: Listener, fatima: Person, omar: Person, ineke: Person
) -> None:
    assert omar.email == ""
    survey = make_offered(fatima, language)
    (sheet,) = print_codes(survey, ineke)
    (code,) = sheet.codes
    client = Client()
    offered = client.get(page).content.decode()
    assert f'value="language-{language}"' in offered
    turned = client.post(page, {"go": f"language-{language}", "code": "7QK2"})
    assert 'value="7QK2"' in listener.read(turned, language), "what was typed is kept"
    here = {"taal": language}
    for typed in ("", "hallo", "0" * 12):
        listener.read(client.post(page, {**here, "code": typed}), language)
    asked = {"code": code, "language": language}
    assert "‹title›" in listener.read(client.post(page, {**here, "code": code}), language)
    listener.read(client.post(page, {**asked, **WRONG, "part": "0", "go": "next"}), language)
    sent = {**asked, **RIGHT, "part": "1", "q20": "yes", "go": "send"}
    assert 'id="receipt-code"' in listener.read(client.post(page, sent), language)
    listener.read(client.post(page, sent), language)
    VotingCode.objects.update(used=False)
    close(survey)
    listener.read(client.post(page, sent), language)


def test_a_round_of_statements(
    language: str, listener: Listener, fatima: Person, sanne: Person, sign_in: SignIn
) -> None:
    make_people(12)
    draft = make_draft_round(fatima, takes_statements=True, added_each=1)
    translate(draft.questionnaire, language)
    round_ = open_consultation(draft, fatima)
    address, client = round_.get_absolute_url(), sign_in(sanne)
    here = {"language": language, "on": "s1", "votes": "s1a.s2d"}
    listener.read(client.get(f"{address}?taal={language}"), language)
    listener.read(client.post(address, {**here, "votes": "", "go": "send"}), language)
    for go in ("agree", "list", "to-s1"):
        listener.read(client.post(address, {**here, "go": go}), language)
    for text in ("", "kort", "y " * 200, "Bel Fatima op 06-12345678 over de roosters"):
        listener.read(client.post(address, {**here, "go": "add", "statement": text}), language)
    full = {**here, "added": "De pauzes horen bij de diensttijd", "go": "add", "statement": "x y z"}
    listener.read(client.post(address, full), language)
    done = {**here, "votes": "s1a.s2a.s3a.s4a.s5a.s6a"}
    listener.read(client.post(address, {**done, "go": "on"}), language)
    listener.read(client.post(address, {**here, "go": "send"}), language)


def test_a_try_out(language: str, listener: Listener, fatima: Person, sign_in: SignIn) -> None:
    survey = make_offered(fatima, language)
    client, preview = sign_in(fatima), reverse("polls:preview", args=[survey.key])
    listener.read(client.get(f"{preview}?taal={language}"), language)
    sent = {"language": language, "part": "1", **RIGHT, "q20": "no", "go": "send"}
    listener.read(client.post(preview, sent), language)


def test_what_is_not_translated_is_said_to_be_in_the_original_language(
    fatima: Person, sanne: Person, sign_in: SignIn
) -> None:
    make_people(12)
    draft = make_consultation(fatima, "single")
    draft.questionnaire.language, draft.questionnaire.languages = "en", ["ar"]
    draft.questionnaire.save()
    survey = open_consultation(draft, fatima)
    page = sign_in(sanne).get(f"{survey.get_absolute_url()}?taal=ar").content.decode()
    assert "بعض النصوص لم تُترجم بعد، وهي معروضة بلغتها الأصلية: English." in page


def test_the_browser_s_language_is_taken_where_none_was_chosen(
    fatima: Person, sanne: Person, sign_in: SignIn
) -> None:
    survey = make_offered(fatima, "uk")
    client = sign_in(sanne)
    asks = {"Accept-Language": "uk-UA,uk;q=0.9,en;q=0.5"}
    address = survey.get_absolute_url()
    assert '<html lang="uk"' in client.get(address, headers=asks).content.decode()
    assert '<html lang="uk"' in Client().get(ENTER, headers=asks).content.decode()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "nl"
    assert '<html lang="nl"' in client.get(address, headers=asks).content.decode(), "chosen here"


def test_the_page_for_codes_offers_only_what_can_be_answered_now(fatima: Person) -> None:
    asks = {"Accept-Language": "pl"}
    make_offered(fatima, "tr")
    page = Client().get(ENTER, headers=asks).content.decode()
    assert '<html lang="nl"' in page
    assert "Türkçe" in page
    assert "Polski" not in page


def part_with(page: str, text: str) -> str:
    """The tag around ``text``."""
    found = re.search(
        rf"<[^<>]*>(?:<span class=\"nr\">\d+\.</span> )?{re.escape(text)}",
        page.partition("<main")[2],
    )
    assert found, text
    return found[0]


def test_around_a_language_that_the_portal_does_not_speak_stands_english_and_it_says_so(
    fatima: Person, sanne: Person, ineke: Person, omar: Person, sign_in: SignIn
) -> None:
    assert omar.email == ""
    survey = make_offered(fatima, "fa")
    Wording.objects.filter(ref="question:q2:text").delete()
    survey.questionnaire.revision += 1
    survey.questionnaire.save()
    address, client = survey.get_absolute_url(), sign_in(sanne)
    here = {"language": "fa", "part": "0"}
    (sheet,) = print_codes(survey, ineke)
    phone = {"taal": "fa", "code": sheet.codes[0]}
    pages = [
        client.get(f"{address}?taal=fa"),
        client.post(address, {**here, **WRONG, "go": "next"}),
        Client().post(ENTER, phone),
    ]
    for page in (html.unescape(response.content.decode()) for response in pages):
        assert '<html lang="en" dir="ltr"' in page
        assert "The questions are in فارسی. The buttons and notes around them are in English." in (
            page
        )
        assert ">Next " in page
        assert "Volgende" not in page
        foreign = ("‹title›", "‹question:q1:text›", "‹question:q1:help_text›")
        for text in (*foreign, "‹question:q1:choice:c1›", "‹question:q3:row:r1›"):
            assert 'lang="fa" dir="auto"' in part_with(page, text)
        left = survey.questionnaire.questions.get(code="q2").text
        assert 'lang="nl" dir="auto"' in part_with(page, left)
    sent = {**here, **RIGHT, "part": "1", "q20": "yes", "go": "send"}
    thanks = client.post(address, sent).content.decode()
    assert '<html lang="en" dir="ltr"' in thanks
    assert "Thank you" in thanks
    stale = Client().post(address, sent).content.decode()
    assert '<html lang="en" dir="ltr"' in stale
    found = re.search(r'id="receipt-code" dir="ltr">([\w-]+)<', thanks)
    assert found
    own = (
        Client()
        .post(reverse("polls:own_answer", args=[survey.key]), {"code": found[1]})
        .content.decode()
    )
    assert '<html lang="en" dir="ltr"' in own
    assert 'lang="fa" dir="auto"' in part_with(own, "‹question:q1:text›")


def test_where_the_portal_speaks_the_language_nothing_is_marked_as_foreign(
    fatima: Person, sanne: Person, sign_in: SignIn
) -> None:
    survey = make_offered(fatima, "ar")
    page = sign_in(sanne).get(f"{survey.get_absolute_url()}?taal=ar").content.decode()
    assert "buttons and notes" not in page
    assert ' lang="ar" dir="auto">‹' not in page


def test_headings_that_were_left_untranslated_tell_the_original_language(
    fatima: Person, sanne: Person, sign_in: SignIn
) -> None:
    survey = make_offered(fatima, "fa")
    asked = survey.questionnaire
    second = asked.sections.get(position=1)
    asked.sections.filter(pk=second.pk).update(text="Nog twee vragen")
    asked.introduction = "Waarom we dit vragen"
    asked.revision += 1
    asked.save()
    Wording.objects.filter(ref__in=["title", f"section:{second.pk}:title"]).delete()
    client, address = sign_in(sanne), survey.get_absolute_url()
    page = client.get(f"{address}?taal=fa").content.decode()
    assert 'lang="nl" dir="auto"' in part_with(page, asked.title)
    assert re.search(r'introduction" lang="nl" dir="auto">\s*<p>Waarom', page)
    sent = {"language": "fa", "part": "0", **RIGHT, "go": "next"}
    second_page = client.post(address, sent).content.decode()
    assert 'lang="nl" dir="auto"' in part_with(second_page, "Twee")
    assert re.search(r'prose" lang="nl" dir="auto">\s*<p>Nog twee', second_page)
    assert 'lang="fa" dir="auto"' in part_with(second_page, "‹question:q20:text›")
