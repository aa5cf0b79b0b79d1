"""Which language a questionnaire is answered in, and which one the page around it speaks."""

from collections.abc import Iterable
from typing import TypedDict

from django.conf import settings
from django.http import HttpRequest
from django.utils import translation
from django.utils.translation.trans_real import parse_accept_lang_header

from polls.languages import OWN_NAMES, SPOKEN, around, offered, spoken_now
from polls.models import Consultation
from polls.questions.schema import Schema

SWITCH = "language-"
"""How the value of a button begins that asks for another language."""


class LanguageLink(TypedDict):
    """A language to switch to."""

    code: str
    name: str
    current: bool


def asked_language(request: HttpRequest) -> str:
    """The language somebody chose on a page of answering; empty where they chose none."""
    go = request.POST.get("go", "")
    switched = go.removeprefix(SWITCH) if go.startswith(SWITCH) else ""
    taal = request.POST.get("taal", "") or request.GET.get("taal", "")
    return switched or taal


def _preferred(request: HttpRequest) -> list[str]:
    """The language chosen in the portal, else what the browser asks for, else the portal's."""
    header = request.META.get("HTTP_ACCEPT_LANGUAGE", "")
    asked = [code.split("-")[0] for code, _weight in parse_accept_lang_header(header)]
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return [chosen, *asked, translation.get_language() or ""]


def chosen_language(request: HttpRequest, consultation: Consultation) -> str:
    """The language asked for, else the reader's, else what the browser prefers."""
    languages = offered(consultation.questionnaire)
    wanted = [asked_language(request), request.POST.get("language", ""), *_preferred(request)]
    return next((code for code in wanted if code in languages), languages[0])


def entry_language(request: HttpRequest) -> str:
    """The language of a page where it is not known yet what will be answered: the code's."""
    asked = asked_language(request) or request.POST.get("language", "")
    if asked in OWN_NAMES:
        return around(asked)
    known = {*spoken_now(), *dict(settings.LANGUAGES)}
    return next((code for code in _preferred(request) if code in known), settings.LANGUAGE_CODE)


def kept_language(request: HttpRequest) -> str:
    """The language of a page that only gives back what was posted from one of ours."""
    posted = request.POST.get("language", "")
    if posted in OWN_NAMES and posted not in dict(settings.LANGUAGES):
        return around(posted)
    return translation.get_language() or settings.LANGUAGE_CODE


def language_links(consultation: Consultation, schema: Schema) -> list[LanguageLink]:
    """The languages to choose from; none where there is nothing to choose."""
    return _links(offered(consultation.questionnaire), schema.language)


def offered_links(consultation: Consultation) -> list[LanguageLink]:
    """The languages it is offered in, its own among them."""
    languages = offered(consultation.questionnaire)
    return [
        {"code": code, "name": OWN_NAMES.get(code, code), "current": code == languages[0]}
        for code in languages
    ]


def entry_links(current: str) -> list[LanguageLink]:
    """The languages that something open is offered in, and the one the page is in."""
    now = spoken_now()
    return _links([code for code in SPOKEN if code in now or code == current], current)


def _links(languages: Iterable[str], current: str) -> list[LanguageLink]:
    links: list[LanguageLink] = [
        {"code": code, "name": OWN_NAMES.get(code, code), "current": code == current}
        for code in languages
    ]
    return links if len(links) > 1 else []


def page_language(consultation: Consultation, schema: Schema) -> str:
    """The language of buttons and messages: the questionnaire's where one could choose it and the
    portal speaks it."""
    if len(offered(consultation.questionnaire)) > 1:
        return around(schema.language)
    return translation.get_language() or schema.language


def unspoken(consultation: Consultation, schema: Schema) -> str:
    """The language that was chosen, by its own name, where the page around it cannot follow."""
    chose = len(offered(consultation.questionnaire)) > 1
    return OWN_NAMES.get(schema.language, "") if chose and schema.language not in SPOKEN else ""
