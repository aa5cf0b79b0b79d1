"""What a password must be is told in the portal's own words, and checked."""

import pytest
from django.contrib.auth.password_validation import (
    password_validators_help_texts,
    validate_password,
)
from django.core.exceptions import ValidationError
from django.utils import translation

from people.models import Person


def test_the_words_are_ours_in_both_languages() -> None:
    with translation.override("nl"):
        assert password_validators_help_texts() == [
            "Niet je eigen naam, adres of personeelsnummer.",
            "Minstens 10 tekens. Een korte zin onthoud je makkelijk.",
            "Geen wachtwoord dat veel mensen gebruiken.",
        ]
    with translation.override("en"):
        assert "At least 10 characters" in password_validators_help_texts()[1]


@pytest.mark.parametrize("weak", ["kort", "1234567890", "sanne.dewit@delinde"])
def test_a_weak_password_is_refused(sanne: Person, weak: str) -> None:
    with pytest.raises(ValidationError):
        validate_password(weak, sanne)


def test_a_sentence_is_accepted(sanne: Person) -> None:
    validate_password("de fiets staat buiten", sanne)
