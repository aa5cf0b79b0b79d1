"""Typing errors put right, told from questions changed under the answers."""

import pytest

from polls.questions.corrections import is_correction


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Hoe tevreden ben je over je roooster?", "Hoe tevreden ben je over je rooster?"),
        ("hoe tevreden ben je", "Hoe tevreden ben je?"),
        ("Wat vind je van zomer rooster?", "Wat vind je van het zomerrooster?"),
        ("Wat vind je  van dit?", "Wat vind je van dit?"),
        ("Wat vindt je ervan?", "Wat vind je ervan?"),
    ],
)
def test_a_typing_error_may_be_put_right(before: str, after: str) -> None:
    assert is_correction(before, after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Ben je voor het voorstel?", "Ben je tegen het voorstel?"),
        ("Werk je wel eens 's nachts?", "Werk je niet 's nachts?"),
        ("Mag de OR instemmen?", "Moet de OR instemmen?"),
        ("Om 7.00 uur", "Om 8.00 uur"),
        ("Binnen 2 weken", "Binnen 20 weken"),
        ("Tevreden", "Ontevreden"),
        ("Meer vrije dagen", "Minder vrije dagen"),
        ("Wat vind je?", ""),
        ("", "Denk ook aan de kosten."),
        ("De vroege dienst", "De late dienst"),
    ],
)
def test_another_meaning_is_no_correction(before: str, after: str) -> None:
    assert not is_correction(before, after)
