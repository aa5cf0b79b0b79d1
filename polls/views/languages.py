"""Which language a questionnaire is answered in, and which one the page around it speaks."""

from typing import TypedDict

from django.http import HttpRequest
from django.utils import translation
from django.utils.translation.trans_real import parse_accept_lang_header

from polls.languages import OWN_NAMES, offered
from polls.models import Consultation
from polls.questions.schema import Schema


class LanguageLink(TypedDict):
    """A language to switch to."""

    code: str
    name: str
    current: bool


def chosen_language(request: HttpRequest, consultation: Consultation) -> str:
    """The language asked for in the address, else the reader's, else what the browser prefers."""
    languages = offered(consultation.questionnaire)
    wanted = [request.GET.get("taal", ""), translation.get_language()]
    header = request.META.get("HTTP_ACCEPT_LANGUAGE", "")
    wanted += [code.split("-")[0] for code, _weight in parse_accept_lang_header(header)]
    return next((code for code in wanted if code in languages), languages[0])


def language_links(consultation: Consultation, schema: Schema) -> list[LanguageLink]:
    """The languages to choose from; none where there is nothing to choose."""
    languages = offered(consultation.questionnaire)
    if len(languages) < 2:
        return []
    return [
        {"code": code, "name": OWN_NAMES.get(code, code), "current": code == schema.language}
        for code in languages
    ]


def page_language(consultation: Consultation, schema: Schema) -> str:
    """The language of buttons and messages: the questionnaire's where one could choose it."""
    if len(offered(consultation.questionnaire)) > 1:
        return schema.language
    return translation.get_language() or schema.language
