"""Markdown with citations into blocks."""

import pytest

from advice.letters import prose
from advice.letters.prose import Citation
from advice.letters.tree import (
    Block,
    Break,
    Heading,
    Inline,
    Items,
    Link,
    Note,
    Paragraph,
    Quote,
    Text,
    from_json,
    to_json,
)


def in_line(citation: Citation) -> tuple[Inline, ...]:
    return (Text(f"zin {citation.number}"), Note(citation.number))


def as_blocks(citation: Citation) -> tuple[Block, ...]:
    return tuple(Quote(f"{form} {citation.number}") for form in citation.forms if form != "zin")


def blocks(text: str) -> tuple[Block, ...]:
    return prose.to_blocks(text, in_line, as_blocks)


@pytest.mark.parametrize(
    ("written", "number", "forms"),
    [
        ("[[bevinding:3]]", 3, ("zin",)),
        ("[[bevinding:12|tabel]]", 12, ("tabel",)),
        ("[[bevinding:1|zin tabel grafiek]]", 1, ("zin", "tabel", "grafiek")),
        ("[[bevinding:1|onzin]]", 1, ("zin",)),
        ("[[bevinding:1|noot onzin]]", 1, ("noot",)),
    ],
)
def test_a_citation_is_read(written: str, number: int, forms: tuple[str, ...]) -> None:
    assert prose.citations(f"Zie {written}.") == [Citation(number, forms)]


@pytest.mark.parametrize("written", ["[bevinding:3]", "[[bevinding:x]]", "[[bevinding]]", "3"])
def test_what_is_no_citation_stays_as_it_is(written: str) -> None:
    assert prose.citations(written) == []


def test_a_citation_in_a_sentence_writes_its_words_and_note() -> None:
    assert blocks("Wij hoorden: [[bevinding:2]] Dat weegt.") == (
        Paragraph((Text("Wij hoorden: "), Text("zin 2"), Note(2), Text(" Dat weegt."))),
    )


def test_tables_and_charts_stand_below_their_paragraph() -> None:
    assert blocks("Tekst. [[bevinding:1|tabel grafiek]]") == (
        Paragraph((Text("Tekst."),)),
        Quote("tabel 1"),
        Quote("grafiek 1"),
    )


def test_a_citation_alone_leaves_no_empty_paragraph() -> None:
    assert blocks("[[bevinding:1|tabel]]") == (Quote("tabel 1"),)


def test_everything_a_section_may_hold_is_kept() -> None:
    text = (
        "## Kop\n\n**Vet** en *schuin* en [de wet](https://wetten.overheid.nl).\\\nRegel twee.\n\n"
        "3. drie\n4. vier\n   - genest\n\n> Een citaat\n\n`code` blijft tekst"
    )
    heading, paragraph, items, quote, code = blocks(text)
    assert heading == Heading(2, "Kop")
    assert isinstance(paragraph, Paragraph)
    assert Text("Vet", bold=True) in paragraph.inlines
    assert Text("schuin", italic=True) in paragraph.inlines
    assert Link("de wet", "https://wetten.overheid.nl") in paragraph.inlines
    assert Break() in paragraph.inlines
    assert isinstance(items, Items)
    assert (items.ordered, items.start, len(items.items)) == (True, 3, 2)
    assert isinstance(items.items[1][1], Items)
    assert quote == Quote("Een citaat")
    assert code == Paragraph((Text("code"), Text(" blijft tekst")))


def test_html_and_script_links_are_words_only() -> None:
    made = blocks("<script>alert(1)</script> [klik](javascript:alert(1))")
    assert "Link" not in str(made)
    assert "<script>" in str(made), "words, escaped by whatever writes them out"


def test_blocks_survive_being_stored() -> None:
    made = blocks("Een **vet** woord [[bevinding:1]]\n\n- een\n- twee")
    assert from_json(to_json(made)) == made
