"""Markdown as plain text for mail: lines of a fair length, lists as lists, links written out."""

import textwrap
from collections.abc import Sequence

from markdown_it.token import Token

from dossiers import markdown

WIDTH = 74


def to_plain(text: str) -> str:
    """The text as people would type it in a mail."""
    lines: list[str] = []
    bullets: list[int | None] = []
    heading = False
    first = ""
    for token in markdown.parse(text):
        if token.type == "bullet_list_open":
            bullets.append(None)
        elif token.type == "ordered_list_open":
            bullets.append(int(token.attrs.get("start", 1)) - 1)
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            bullets.pop()
            lines.append("")
        elif token.type == "list_item_open":
            first, bullets = next_bullet(bullets)
        elif token.type == "heading_open":
            heading = True
        elif token.type in ("fence", "code_block"):
            lines += [*token.content.rstrip("\n").split("\n"), ""]
        elif token.type == "inline":
            words = inline(token.children or [])
            words = words.upper() if heading else words
            indent = "  " * len(bullets)
            lines.append(wrapped(words, first or indent, indent))
            if not bullets:
                lines.append("")
            heading, first = False, ""
    return "\n".join(lines).strip("\n")


def next_bullet(bullets: list[int | None]) -> tuple[str, list[int | None]]:
    """What stands before the next item, and the lists' counts after it."""
    outer, last = bullets[:-1], bullets[-1]
    margin = "  " * len(outer)
    if last is None:
        return f"{margin}- ", bullets
    return f"{margin}{last + 1}. ", [*outer, last + 1]


def wrapped(words: str, first: str, rest: str) -> str:
    """One paragraph in lines; an address is never cut."""
    return "\n".join(
        textwrap.fill(
            line,
            WIDTH,
            initial_indent=first if at == 0 else rest,
            subsequent_indent=rest,
            break_long_words=False,
            break_on_hyphens=False,
        )
        for at, line in enumerate(words.split("\n"))
    )


def inline(children: Sequence[Token]) -> str:
    """The words of one paragraph, a link's address in brackets behind it."""
    made: list[str] = []
    targets: list[tuple[str, int]] = []
    for child in children:
        if child.type in ("text", "code_inline", "image"):
            made.append(child.content)
        elif child.type == "softbreak":
            made.append(" ")
        elif child.type == "hardbreak":
            made.append("\n")
        elif child.type == "link_open":
            targets.append((str(child.attrs.get("href", "")), len(made)))
        elif child.type == "link_close":
            target, began = targets.pop()
            if "".join(made[began:]) not in (target, target.removeprefix("mailto:")):
                made.append(f" ({target.removeprefix('mailto:')})")
    return "".join(made)
