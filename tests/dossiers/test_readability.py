"""Leesgemak against words and texts counted by hand."""

import pytest

from dossiers.readability import (
    Ease,
    is_hard,
    measure,
    sentences,
    syllables,
    to_marked_html,
    words,
)

COUNTED_BY_HAND = {
    "de": 1, "over": 2, "open": 2, "via": 2, "idee": 2, "ideeën": 3, "reünie": 3, "één": 1,
    "coördinatie": 5, "beïnvloeden": 4, "geëist": 2, "ruïne": 3, "januari": 4, "situatie": 4,
    "station": 2, "nationaal": 3, "officieel": 4, "beoordelen": 4, "bijeenkomst": 3, "mooie": 2,
    "groeien": 2, "nieuwe": 2, "eeuwen": 2, "cadeau": 2, "bureau": 2, "museum": 3, "theater": 3,
    "jij": 1, "yoga": 2, "OR": 2, "VGWM": 4, "medezeggenschap": 5, "reorganisatie": 6,
    "ondernemingsraad": 5, "advies": 2, "adviesaanvraag": 4, "collega's": 3, "zorg": 1, "werk": 1,
    "kwaliteit": 3, "aquarium": 4, "team": 1, "12": 1,
}  # fmt: skip


@pytest.mark.parametrize(("word", "count"), COUNTED_BY_HAND.items())
def test_syllables_agree_with_a_hand_count(word: str, count: int) -> None:
    assert syllables(word) == count


def test_score_is_flesch_douma() -> None:
    # 4 sentences of 8 words, 32 words; counted by hand 33 syllables.
    text = (
        "De bus gaat weg om acht uur precies. "
        "Wij gaan met de trein naar het werk. "
        "Het is een dag met zon en wind. "
        "De raad vraagt wat jij van ons vindt."
    )
    reading = measure(text)
    assert (reading.sentences, reading.words, reading.syllables) == (4, 32, 33)
    assert reading.score == min(100, round(206.835 - 0.93 * 8 - 77 * 33 / 32))
    assert reading.ease is Ease.EASY


def test_office_dutch_scores_as_hard() -> None:
    reading = measure(
        "De voorgenomen reorganisatie impliceert een heroverweging van de bestaande "
        "verantwoordelijkheidsverdeling, waarbij medezeggenschapsrechtelijke consequenties "
        "nadrukkelijk en volledig geïnventariseerd en gedocumenteerd dienen te worden alvorens "
        "besluitvorming plaatsvindt omtrent de implementatie van deze organisatiewijzigingen."
    )
    assert reading.score == 0
    assert reading.ease is Ease.VERY_HARD
    assert len(reading.long_sentences) == 1
    assert "reorganisatie" in reading.hard_words


def test_too_few_words_get_no_score() -> None:
    reading = measure("Morgen is er taart.")
    assert reading.score is None
    assert reading.ease is None


def test_an_empty_text_measures_as_nothing() -> None:
    reading = measure("")
    assert (reading.words, reading.sentences, reading.score) == (0, 0, None)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Dit is art. 25 van de wet. Dat weet je.", 2),
        ("Neem bijv. de bus o.a. naar Ede.", 1),
        ("J. de Vries komt om 9.30 uur. Kom ook!", 2),
        ("Wat vind je? Zeg het ons! Graag.", 3),
        ("Zij zei: “Dat kan.” Toen ging ze.", 2),
        ("Het kost 1.250,50 euro per jaar.", 1),
        ("Neem brood, melk enz. Vergeet de kaas niet.", 2),
    ],
)
def test_sentences_end_where_a_reader_hears_them_end(text: str, count: int) -> None:
    assert len(sentences(text)) == count


def test_each_list_item_is_read_on_its_own() -> None:
    assert measure("- brood\n- melk\n- kaas").sentences == 3


def test_headings_are_no_sentences() -> None:
    assert measure("## Wat er speelt\n\nEr is nieuws.").sentences == 1


def test_hyphen_and_apostrophe_keep_a_word_whole() -> None:
    assert words("OR-leden zien foto's.") == ["OR-leden", "zien", "foto's"]


def test_long_sentences_and_hard_words_are_marked_across_bold_and_links() -> None:
    long = "woord " * 12 + "**heel vet** en [een link](/x) " + "woord " * 9 + "reorganisatie."
    html = to_marked_html(long)
    assert '<strong><mark class="reading-long">heel vet</mark></strong>' in html
    assert '<mark class="reading-hard" title="6 ' in html
    assert html.count("<mark") == html.count("</mark>")


def test_marking_keeps_every_word_and_its_safety() -> None:
    html = to_marked_html("<script>alert(1)</script> " + "heel " * 30)
    assert "<script" not in html
    assert html.count("heel") == 30


def test_short_plain_text_carries_no_mark() -> None:
    assert "<mark" not in to_marked_html("Dit is kort. Dat is fijn.")


def test_figures_and_abbreviations_are_not_called_hard() -> None:
    assert not is_hard("VGWM")
    assert not is_hard("123456")
