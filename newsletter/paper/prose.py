"""Markdown as plain nodes that a typst template sets: only words, never code of its own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeAlias

from markdown_it.token import Token

from dossiers import markdown

Node: TypeAlias = dict[str, Any]
"""``kind`` and what belongs to it; see ``issue.typ``."""
LINKABLE = ("http://", "https://", "mailto:")


def nodes_of(text: str) -> list[Node]:
    """The text as paragraphs, headings, lists, quotes, tables and lines."""
    return list(_read(markdown.parse(text)))


def has_links(nodes: list[Node]) -> bool:
    """Whether something in it leads somewhere, which paper cannot."""
    return any(_leads(node) for node in nodes)


def _leads(value: Any) -> bool:
    if isinstance(value, dict):
        return bool(value.get("url")) or any(_leads(each) for each in value.values())
    return isinstance(value, list) and any(_leads(each) for each in value)


def _read(tokens: list[Token]) -> Iterator[Node]:
    at = 0
    while at < len(tokens):
        token, end = tokens[at], _end_of(tokens, at)
        inside = tokens[at + 1 : end]
        if token.type == "heading_open":
            yield {"kind": "heading", "inlines": _inlines(inside[0])}
        elif token.type == "paragraph_open":
            yield {"kind": "paragraph", "inlines": _inlines(inside[0])}
        elif token.type in ("bullet_list_open", "ordered_list_open"):
            yield _items(token, inside)
        elif token.type == "blockquote_open":
            yield {"kind": "quote", "nodes": list(_read(inside))}
        elif token.type in ("fence", "code_block"):
            yield {"kind": "code", "text": token.content.rstrip("\n")}
        elif token.type == "table_open":
            yield from _table(inside)
        elif token.type == "hr":
            yield {"kind": "line"}
        at = end + 1


def _items(token: Token, inside: list[Token]) -> Node:
    found, at = [], 0
    while at < len(inside):
        end = _end_of(inside, at)
        if inside[at].type == "list_item_open":
            found.append(list(_read(inside[at + 1 : end])))
        at = end + 1
    start = int(token.attrs.get("start", 1))
    return {"kind": "items", "ordered": token.tag == "ol", "start": start, "items": found}


def _table(inside: list[Token]) -> Iterator[Node]:
    rows: list[list[list[Node]]] = []
    for token in inside:
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline":
            rows[-1].append(_inlines(token))
    if rows:
        yield {"kind": "table", "header": rows[0], "rows": rows[1:]}


def _inlines(inline: Token) -> list[Node]:
    made: list[Node] = []
    bold = italic = 0
    url = ""
    for child in inline.children or []:
        if child.type in ("strong_open", "strong_close"):
            bold += child.nesting
        elif child.type in ("em_open", "em_close"):
            italic += child.nesting
        elif child.type == "link_open":
            href = str(child.attrs.get("href", ""))
            url = href if href.startswith(LINKABLE) else ""
        elif child.type == "link_close":
            url = ""
        elif child.type == "hardbreak":
            made.append({"kind": "break"})
        elif child.type == "softbreak":
            made.append({"kind": "text", "text": " ", "bold": False, "italic": False, "url": ""})
        elif child.type in ("text", "code_inline", "image") and child.content:
            made.append(
                {
                    "kind": "text",
                    "text": child.content,
                    "bold": bold > 0,
                    "italic": italic > 0,
                    "url": url,
                }
            )
    return made


def _end_of(tokens: list[Token], at: int) -> int:
    """The index of the token that closes the one at ``at``, itself where it opens nothing."""
    depth = 0
    for index in range(at, len(tokens)):
        depth += tokens[index].nesting
        if depth <= 0:
            return index
    return len(tokens) - 1
