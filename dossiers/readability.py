"""Leesgemak: how easily a Dutch text reads, by Flesch-Douma, and which words and sentences weigh.

Douma's constants (1960): 206.835 - 0.93 x words per sentence - 77 x syllables per word; 60-70 is
normal, 45-60 fairly hard, 30-45 hard. It advises; it never blocks.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from markdown_it.token import Token

from dossiers import markdown

LONG_SENTENCE = 20
"""More words than this in one sentence is worth a second look."""
HARD_WORD = 4
"""A word of this many syllables is worth a second look."""
ENOUGH_WORDS = 30
"""Below this many words a score says nothing."""

_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
_NUCLEUS = re.compile(r"eau|aai|ooi|oei|eeu|ieu|aa|ee|oo|uu|ie|oe|eu|ui|ei|ij|au|ou|[aeiouy]")
_PLAIN = str.maketrans("áàâãåéèêíìîóòôõúùû", "aaaaaeeeiiioooouuu")
_TREMA = {"ä": "-a", "ë": "-e", "ï": "-i", "ö": "-o", "ü": "-u"}
_BORROWED = {
    "team": 1, "teams": 1, "deal": 1, "online": 2, "offline": 2, "website": 2, "manager": 3,
    "service": 2, "update": 2, "feedback": 2, "baseline": 2, "museum": 3, "petroleum": 4,
}  # fmt: skip
_ABBREVIATION = re.compile(
    r"(?:^|[\s(])(?:[a-z](?:\.[a-z])+|[A-Z]|art|artt|bijv|blz|ca|dhr|dr|drs|excl|incl|ing|ir|lid"
    r"|max|min|mevr|mr|nl|nr|nrs|o\.a|pag|prof|resp|st|tel|vgl|zgn|jl|a\.s)\.$",
    re.IGNORECASE,
)
_END = re.compile(r"[.!?…]+[\"'”’)\]]*(?=\s+[\"'“‘(\[]*[^\W_]|\s*$)")


class Ease(Enum):
    """The bands of the scale, in words."""

    EASY = "easy"
    NORMAL = "normal"
    FAIRLY_HARD = "fairly_hard"
    HARD = "hard"
    VERY_HARD = "very_hard"

    @property
    def label(self) -> str:
        """The band in words a writer understands."""
        return str(_EASE_LABELS[self])


_EASE_LABELS = {
    Ease.EASY: _("reads easily"),
    Ease.NORMAL: _("reads well"),
    Ease.FAIRLY_HARD: _("fairly hard to read"),
    Ease.HARD: _("hard to read"),
    Ease.VERY_HARD: _("very hard to read"),
}
_FLOORS = [(70, Ease.EASY), (60, Ease.NORMAL), (45, Ease.FAIRLY_HARD), (30, Ease.HARD)]


@dataclass(frozen=True)
class Reading:
    """What was measured: counts, the score (None below ``ENOUGH_WORDS`` words) and what weighs."""

    words: int
    sentences: int
    syllables: int
    long_sentences: list[str]
    """Sentences of more than ``LONG_SENTENCE`` words, the longest first."""
    hard_words: list[str]
    """Words of ``HARD_WORD`` syllables or more, each once, the longest first."""

    @property
    def score(self) -> int | None:
        """Flesch-Douma, held between 0 and 100."""
        if self.words < ENOUGH_WORDS:
            return None
        raw = 206.835 - 0.93 * self.words / self.sentences - 77 * self.syllables / self.words
        return max(0, min(100, round(raw)))

    @property
    def ease(self) -> Ease | None:
        """The band the score falls in."""
        if self.score is None:
            return None
        return next((ease for floor, ease in _FLOORS if self.score >= floor), Ease.VERY_HARD)

    @property
    def minutes(self) -> int:
        """Reading time at 200 words a minute, at least one."""
        return max(1, round(self.words / 200))


def measure(text: str) -> Reading:
    """Measure a Markdown text; headings are left out, since they are no sentences."""
    all_sentences = [
        sentence
        for block in markdown.blocks(text, headings=False)
        for sentence in sentences(block)
        if words(sentence)
    ]
    all_words = [word for sentence in all_sentences for word in words(sentence)]
    hard = {word.lower() for word in all_words if is_hard(word)}
    long = [sentence for sentence in all_sentences if is_long(sentence)]
    return Reading(
        words=len(all_words),
        sentences=len(all_sentences),
        syllables=sum(map(syllables, all_words)),
        long_sentences=sorted(long, key=lambda sentence: -len(words(sentence))),
        hard_words=sorted(hard, key=lambda word: (-syllables(word), word)),
    )


def words(text: str) -> list[str]:
    """The words of a text; what is joined by a hyphen or apostrophe is one word."""
    return _WORD.findall(text)


@lru_cache(maxsize=4096)
def syllables(word: str) -> int:
    """How many syllables a Dutch word has, at least one: idee 2, over 2, coördinatie 5.

    Counted by vowel sounds. A trema starts a new one, -tion is one, capitals are spelled out.
    """
    if len(word) > 1 and word.isupper() and word.isalpha():
        return len(word)
    plain = word.lower()
    if plain in _BORROWED:
        return _BORROWED[plain]
    plain = "".join(_TREMA.get(letter, letter) for letter in plain).translate(_PLAIN)
    plain = plain.replace("tion", "tjon")
    plain = re.sub(r"(^|[^a-z])y(?=[aeiou])", r"\1j", plain)
    plain = plain.replace("qu", "kw")
    return max(1, len(_NUCLEUS.findall(plain)))


def sentences(text: str) -> list[str]:
    """The sentences of a paragraph; abbreviations, initials and figures do not end one."""
    return [text[start:end].strip() for start, end in _sentence_spans(text)]


def is_long(sentence: str) -> bool:
    """Whether a sentence is worth a second look for its length."""
    return len(words(sentence)) > LONG_SENTENCE


def is_hard(word: str) -> bool:
    """Whether a word is worth a second look; figures and abbreviations in capitals are not."""
    return word.isalpha() and not word.isupper() and syllables(word) >= HARD_WORD


def to_marked_html(text: str, *, top: int = 2) -> SafeString:
    """Safe HTML for ``text`` in which long sentences and hard words stand in ``<mark>``."""
    tokens = markdown.parse(text)
    for previous, token in zip([None, *tokens], tokens, strict=False):
        is_heading = previous is not None and previous.type == "heading_open"
        if token.type == "inline" and token.children and not is_heading:
            token.children = list(_marked(token.children))
    return markdown.render(tokens, top=top)


def _sentence_spans(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in _END.finditer(text):
        rest = text[match.end() :].lstrip(" \n\t\"'“‘([")
        if match[0].startswith(".") and (
            rest[:1].islower() or _ABBREVIATION.search(text[start : match.start() + 1])
        ):
            continue
        yield start, match.end()
        start = match.end()
    if text[start:].strip():
        yield start, len(text)


def _marked(children: list[Token]) -> Iterator[Token]:
    """The tokens, their texts cut at the edges of what weighs, each piece in its own mark."""
    plain = "".join(_flat(child) for child in children)
    long = [(start, end) for start, end in _sentence_spans(plain) if is_long(plain[start:end])]
    hard = [match.span() for match in _WORD.finditer(plain) if is_hard(match[0])]
    edges = sorted({edge for span in long + hard for edge in span})
    at = 0
    for child in children:
        length = len(_flat(child))
        if child.type == "text":
            inner = [edge for edge in edges if at < edge < at + length]
            for left, right in zip([at, *inner], [*inner, at + length], strict=True):
                yield from _piece(plain[left:right], _inside(left, long), _inside(left, hard))
        else:
            yield child
        at += length


def _flat(token: Token) -> str:
    """What a token adds to the running text."""
    if token.type in ("softbreak", "hardbreak"):
        return " "
    return token.content if token.type in ("text", "code_inline", "image") else ""


def _inside(at: int, spans: list[tuple[int, int]]) -> tuple[int, int] | None:
    return next((span for span in spans if span[0] <= at < span[1]), None)


def _piece(
    content: str, long: tuple[int, int] | None, hard: tuple[int, int] | None
) -> Iterator[Token]:
    marks = []
    if long:
        marks.append('<mark class="reading-long">')
    if hard:
        count = syllables(content)
        title = ngettext("%(count)d syllable", "%(count)d syllables", count) % {"count": count}
        marks.append(f'<mark class="reading-hard" title="{title}">')
    if not content.strip():
        marks = []
    yield from (Token("html_inline", "", 0, content=mark) for mark in marks)
    yield Token("text", "", 0, content=content)
    yield from (Token("html_inline", "", 0, content="</mark>") for _mark in marks)
