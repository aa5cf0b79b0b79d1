"""A letter as a tree of plain values, the same for the page, .docx, PDF and .odt.

Every node is a frozen dataclass with a ``kind``; ``to_json`` and ``from_json`` turn the whole into
JSON objects and back, so that a released letter is kept as it was.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, ClassVar


@dataclass(frozen=True)
class Text:
    """A run of words."""

    kind: ClassVar[str] = "text"
    text: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True)
class Link:
    """Words that lead to an address."""

    kind: ClassVar[str] = "link"
    text: str
    url: str


@dataclass(frozen=True)
class Break:
    """A new line within a paragraph."""

    kind: ClassVar[str] = "break"


@dataclass(frozen=True)
class Note:
    """A footnote reference; ``number`` counts from 1 and is an index into ``Tree.notes``."""

    kind: ClassVar[str] = "note"
    number: int


Inline = Text | Link | Break | Note


@dataclass(frozen=True)
class Heading:
    """A heading: level 1 is a section of the letter."""

    kind: ClassVar[str] = "heading"
    level: int
    text: str


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of inlines."""

    kind: ClassVar[str] = "paragraph"
    inlines: tuple[Inline, ...]


@dataclass(frozen=True)
class Items:
    """A list; each item is blocks."""

    kind: ClassVar[str] = "items"
    ordered: bool
    items: tuple[tuple[Block, ...], ...]
    start: int = 1


@dataclass(frozen=True)
class Quote:
    """Somebody's own words, with where they come from."""

    kind: ClassVar[str] = "quote"
    text: str
    source: str = ""


@dataclass(frozen=True)
class Table:
    """A table with one header row; the first column names the row, the others are figures."""

    kind: ClassVar[str] = "table"
    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""
    number: int = 0


@dataclass(frozen=True)
class Bar:
    """One bar: a share from 0 to 1, or None where it may not be shown; ``words`` stand beside."""

    kind: ClassVar[str] = "bar"
    label: str
    share: float | None
    words: str


@dataclass(frozen=True)
class Chart:
    """A bar chart with its caption and the words for who cannot see it."""

    kind: ClassVar[str] = "chart"
    caption: str
    alt: str
    bars: tuple[Bar, ...]
    number: int = 0


@dataclass(frozen=True)
class PageBreak:
    """What follows begins on a new page."""

    kind: ClassVar[str] = "page_break"


Block = Heading | Paragraph | Items | Quote | Table | Chart | PageBreak


@dataclass(frozen=True)
class Head:
    """What stands above a letter."""

    kind: ClassVar[str] = "head"
    sender: str
    organisation: str
    address: tuple[str, ...]
    email: str
    recipient: tuple[str, ...]
    place_and_date: str
    date: str
    reference: str
    subject: str
    draft: str = ""
    """The word that marks a letter that was not released, or empty."""


_MOST_AT_ONCE = 24
"""Tables and charts that are written in well under half a second."""


@dataclass(frozen=True)
class Tree:
    """A whole letter. ``language`` is a BCP 47 tag; ``notes`` are the footnotes in order."""

    kind: ClassVar[str] = "tree"
    language: str
    head: Head
    body: tuple[Block, ...]
    signature: tuple[str, ...]
    annex: tuple[Block, ...]
    notes: tuple[tuple[Inline, ...], ...]
    words: tuple[tuple[str, str], ...] = ()
    """Fixed words of the layout in the letter's language, by name (``subject``, ``page``)."""

    def word(self, name: str) -> str:
        """The fixed word of that name."""
        return dict(self.words)[name]

    @property
    def blocks(self) -> tuple[Block, ...]:
        """Body and annex in reading order."""
        return (*self.body, *self.annex)

    @property
    def charts(self) -> tuple[Chart, ...]:
        """Every chart in reading order."""
        return tuple(block for block in self.blocks if isinstance(block, Chart))

    @property
    def is_long(self) -> bool:
        """Whether writing it as a file is work for a worker rather than for a page."""
        return sum(isinstance(block, Chart | Table) for block in self.blocks) > _MOST_AT_ONCE


_NODES: dict[str, type] = {
    node.kind: node
    for node in (
        Text, Link, Break, Note, Heading, Paragraph, Items, Quote, Table, Bar, Chart, PageBreak,
        Head, Tree,
    )
}  # fmt: skip


def to_json(value: Any) -> Any:
    """A node, or tuples of nodes and plain values, as JSON objects, lists and values."""
    if is_dataclass(value) and not isinstance(value, type):
        named = {item.name: to_json(getattr(value, item.name)) for item in fields(value)}
        return {"kind": type(value).kind} | named  # type: ignore[attr-defined]
    if isinstance(value, tuple):
        return [to_json(item) for item in value]
    return value


def from_json(value: Any) -> Any:
    """What ``to_json`` gave. Raises KeyError for an unknown kind."""
    if isinstance(value, dict):
        node = _NODES[value["kind"]]
        return node(**{name: from_json(item) for name, item in value.items() if name != "kind"})
    if isinstance(value, list):
        return tuple(from_json(item) for item in value)
    return value


def tree_from_json(value: Any) -> Tree:
    """A letter that was kept as JSON."""
    tree = from_json(value)
    assert isinstance(tree, Tree)
    return tree


_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufdd0-\ufdef\ufeff\ufffe\uffff\ud800-\udfff]"
)
"""What no file may hold: XML 1.0 and PDF/UA-1 both refuse it."""


def printable(tree: Tree) -> Tree:
    """The same letter without characters that files cannot hold."""
    return replaced(tree, lambda words: _UNPRINTABLE.sub("", words))


def replaced(tree: Tree, change: Callable[[str], str]) -> Tree:
    """The same letter with every string changed."""

    def walk(value: Any) -> Any:
        if isinstance(value, str):
            return change(value)
        if isinstance(value, list):
            return [walk(item) for item in value]
        if isinstance(value, dict):
            return {key: item if key == "kind" else walk(item) for key, item in value.items()}
        return value

    return tree_from_json(walk(to_json(tree)))
