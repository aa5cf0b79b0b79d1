"""The languages a questionnaire can be offered in."""

from polls.models import Consultation, Mode, Questionnaire

OWN_NAMES = {
    "nl": "Nederlands",
    "en": "English",
    "pl": "Polski",
    "tr": "Türkçe",
    "uk": "Українська",
    "ar": "العربية",
    "de": "Deutsch",
    "fr": "Français",
    "es": "Español",
    "pt": "Português",
    "ro": "Română",
    "bg": "Български",
    "hu": "Magyar",
    "it": "Italiano",
    "ru": "Русский",
    "ti": "ትግርኛ",
    "so": "Soomaali",
    "fa": "فارسی",
}
"""Languages a questionnaire can be offered in, each by its own name."""
SPOKEN = ("nl", "en", "pl", "tr", "uk", "ar")
"""Languages that the pages of answering speak themselves: buttons, errors, promises and thanks.

In the others only what the council wrote is translated; the rest stands in ``INSTEAD``.
"""
INSTEAD = "en"
"""Whoever chooses one of the other languages reads no Dutch, and English sooner than that."""
RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur"})


def around(language: str) -> str:
    """The language of what stands around questions in ``language``."""
    return language if language in SPOKEN else INSTEAD


def offered(questionnaire: Questionnaire) -> list[str]:
    """The languages of a questionnaire, its own first."""
    own = questionnaire.language
    return [own, *(code for code in questionnaire.languages if code != own)]


def spoken_now() -> list[str]:
    """The languages of ``SPOKEN`` that something open to codes is offered in, in one query."""
    rows = Consultation.objects.for_everyone().open().filter(mode=Mode.ANONYMOUS)
    offers = rows.values_list("questionnaire__language", "questionnaire__languages").distinct()
    found = {code for own, others in offers for code in (own, *others)}
    return [code for code in SPOKEN if code in found]
