"""The languages a questionnaire can be offered in."""

from polls.models import Questionnaire

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
RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur"})


def offered(questionnaire: Questionnaire) -> list[str]:
    """The languages of a questionnaire, its own first."""
    own = questionnaire.language
    return [own, *(code for code in questionnaire.languages if code != own)]
