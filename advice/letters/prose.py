"""Markdown of a section, with its citations, into blocks of a letter.

``[[bevinding:3]]`` writes the finding's sentence with a footnote; ``[[bevinding:3|tabel]]``,
``|afdelingen``, ``|grafiek`` and ``|citaat`` write its table, its breakdown, its chart or its
quote, below the paragraph. Several go together: ``[[bevinding:3|zin tabel grafiek]]``.
``[[bevinding:3|noot]]`` sets only the footnote, behind a sentence of one's own.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from markdown_it.token import Token

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
)
from dossiers import markdown

CITATION = re.compile(r"\[\[bevinding:(?P<number>\d{1,5})(?:\|(?P<forms>[a-z ]+))?\]\]")
FORMS = ("zin", "noot", "tabel", "afdelingen", "grafiek", "citaat")
_BLOCK_FORMS = frozenset({"tabel", "afdelingen", "grafiek", "citaat"})


@dataclass(frozen=True)
class Citation:
    """One citation as written: which finding, in which forms."""

    number: int
    forms: tuple[str, ...]

    @property
    def is_in_line(self) -> bool:
        """Whether it writes something inside the running text."""
        return bool({"zin", "noot"} & set(self.forms))


def citation_of(match: re.Match[str]) -> Citation:
    """The citation behind a match; unknown forms are dropped, none means a sentence."""
    forms = tuple(form for form in (match["forms"] or "").split() if form in FORMS)
    return Citation(int(match["number"]), forms or ("zin",))


def citations(text: str) -> list[Citation]:
    """Every citation in ``text``, in order."""
    return [citation_of(match) for match in CITATION.finditer(text)]


InlineWriter = Callable[[Citation], tuple[Inline, ...]]
BlockWriter = Callable[[Citation], tuple[Block, ...]]


def to_blocks(text: str, in_line: InlineWriter, as_blocks: BlockWriter) -> tuple[Block, ...]:
    """The blocks of a Markdown text; the two writers are asked for what citations become."""
    return tuple(_Reader(in_line, as_blocks).read(markdown.parse(text)))


class _Reader:
    """Walks markdown-it tokens once, front to back."""

    def __init__(self, in_line: InlineWriter, as_blocks: BlockWriter) -> None:
        self.in_line = in_line
        self.as_blocks = as_blocks

    def read(self, tokens: list[Token]) -> Iterator[Block]:
        at = 0
        while at < len(tokens):
            token = tokens[at]
            end = _end_of(tokens, at)
            inside = tokens[at + 1 : end]
            if token.type == "heading_open":
                yield Heading(2, _words(inside[0].children or []))
            elif token.type == "paragraph_open":
                yield from self.paragraph(inside[0])
            elif token.type in ("bullet_list_open", "ordered_list_open"):
                yield self.items(token, inside)
            elif token.type == "blockquote_open":
                yield Quote(" ".join(_plain(inside)))
            elif token.type in ("fence", "code_block"):
                yield Paragraph((Text(token.content.rstrip()),))
            elif token.type == "table_open":
                yield from self.rows(inside)
            at = end + 1

    def paragraph(self, inline: Token) -> Iterator[Block]:
        """The paragraph, and after it the tables, charts and quotes it cites."""
        inlines = tuple(self.inlines(inline.children or []))
        if any(not isinstance(item, Break) and _has_words(item) for item in inlines):
            yield Paragraph(_trimmed(inlines))
        for match in CITATION.finditer(inline.content):
            citation = citation_of(match)
            if _BLOCK_FORMS & set(citation.forms):
                yield from self.as_blocks(citation)

    def items(self, token: Token, inside: list[Token]) -> Items:
        found = []
        at = 0
        while at < len(inside):
            end = _end_of(inside, at)
            if inside[at].type == "list_item_open":
                found.append(tuple(self.read(inside[at + 1 : end])))
            at = end + 1
        start = int(token.attrs.get("start", 1) or 1)
        return Items(token.type == "ordered_list_open", tuple(found), start)

    def rows(self, inside: list[Token]) -> Iterator[Block]:
        """A table typed by hand becomes a list of lines: figures belong in findings."""
        for token in inside:
            if token.type == "inline":
                yield Paragraph(tuple(self.inlines(token.children or [])))

    def inlines(self, children: list[Token]) -> Iterator[Inline]:
        bold = italic = 0
        href = ""
        for child in children:
            if child.type == "strong_open":
                bold += 1
            elif child.type == "strong_close":
                bold -= 1
            elif child.type == "em_open":
                italic += 1
            elif child.type == "em_close":
                italic -= 1
            elif child.type == "link_open":
                href = str(child.attrs.get("href", ""))
            elif child.type == "link_close":
                href = ""
            elif child.type == "hardbreak":
                yield Break()
            elif child.type == "softbreak":
                yield Text(" ", bold > 0, italic > 0)
            elif child.type in ("text", "code_inline", "image"):
                if href.startswith(("http://", "https://", "mailto:")):
                    yield Link(child.content, href)
                else:
                    yield from self.words(child.content, bold > 0, italic > 0)

    def words(self, content: str, bold: bool, italic: bool) -> Iterator[Inline]:
        done = 0
        for match in CITATION.finditer(content):
            if match.start() > done:
                yield Text(content[done : match.start()], bold, italic)
            citation = citation_of(match)
            if citation.is_in_line:
                yield from self.in_line(citation)
            done = match.end()
        if done < len(content):
            yield Text(content[done:], bold, italic)


def _end_of(tokens: list[Token], at: int) -> int:
    """The index of the token that closes the one at ``at``, itself where it opens nothing."""
    depth = 0
    for index in range(at, len(tokens)):
        depth += tokens[index].nesting
        if depth <= 0:
            return index
    return len(tokens) - 1


def _words(children: list[Token]) -> str:
    return "".join(
        " " if child.type in ("softbreak", "hardbreak") else child.content
        for child in children
        if child.type in ("text", "code_inline", "softbreak", "hardbreak")
    )


def _plain(tokens: list[Token]) -> list[str]:
    return [_words(token.children or []) for token in tokens if token.type == "inline"]


def _has_words(item: Inline) -> bool:
    return isinstance(item, Note) or bool(getattr(item, "text", "").strip())


def _trimmed(inlines: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """Without the empty runs and breaks that a citation of a table leaves at the end."""
    kept = list(inlines)
    while kept and (isinstance(kept[-1], Break) or not _has_words(kept[-1])):
        kept.pop()
    if kept and isinstance(kept[-1], Text):
        last = kept[-1]
        kept[-1] = Text(last.text.rstrip(), last.bold, last.italic)
    return tuple(kept)
