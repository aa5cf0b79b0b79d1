"""Text that people write is shown safely and loads nothing from outside."""

import pytest

from dossiers import markdown


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>",
        "[klik](javascript:alert(1))",
        "[klik](JaVaScRiPt:alert(1))",
        "[klik](data:text/html;base64,PHNjcmlwdD4=)",
        "![x](javascript:alert(1))",
        '<img src=x onerror="alert(1)">',
        "<svg onload=alert(1)>",
        '[x](http://a.example "onmouseover=alert(1)")',
        "<a href='javascript:alert(1)'>x</a>",
        "`<script>`",
        "[x](vbscript:msgbox)",
        "<javascript:alert(1)>",
    ],
)
def test_no_script_gets_through(attack: str) -> None:
    html = str(markdown.to_html(attack)).lower()
    assert "<script" not in html
    assert "<img" not in html
    assert "<svg" not in html
    assert 'href="javascript' not in html
    assert 'href="data' not in html
    assert 'href="vbscript' not in html
    assert " on" not in html.split("&lt;")[0].replace(" onmouseover=alert(1)", "")


def test_headings_move_below_the_page_title() -> None:
    assert "<h2>Kop</h2>" in markdown.to_html("# Kop")
    assert "<h3>Kop</h3>" in markdown.to_html("# Kop", top=3)
    assert "<h6>Kop</h6>" in markdown.to_html("###### Kop", top=3)


def test_an_image_from_outside_becomes_a_link_that_says_where_it_leads() -> None:
    html = markdown.to_html("![Grafiek](https://meten.example/pixel.png)")
    assert "<img" not in html
    assert 'href="https://meten.example/pixel.png"' in html
    assert "Grafiek" in html
    assert "meten.example" in html


def test_a_written_address_becomes_a_link_without_its_full_stop() -> None:
    html = markdown.to_html("Zie https://www.example.nl/a?b=1.")
    assert 'href="https://www.example.nl/a?b=1"' in html


def test_links_do_not_pass_on_where_the_reader_came_from() -> None:
    assert 'rel="noopener noreferrer nofollow"' in markdown.to_html("[x](https://a.example)")


def test_hashtags_are_found_once_in_lower_case_and_not_in_code_or_links() -> None:
    text = "#Roosters en #roosters, `#code`, [#link](/x), # kop\n\n## #kop2\n\nhttps://a.nl/#anker"
    assert markdown.hashtags(text) == ["roosters", "kop2"]


def test_hashtags_link_where_asked() -> None:
    html = markdown.to_html("Over #Roosters.", hashtag_url=lambda tag: f"/berichten/?tag={tag}")
    assert '<a href="/berichten/?tag=roosters" class="hashtag"' in html
    assert ">#Roosters</a>" in html
    assert "<a" not in markdown.to_html("Over #Roosters.")


def test_to_text_keeps_the_words_only() -> None:
    assert markdown.to_text("# Kop\n\nEen **vet** [woord](/x).") == "Kop\nEen vet woord."
