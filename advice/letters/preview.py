"""A letter on the page: the same tree as safe HTML, for readers and for the drafting page."""

from collections.abc import Iterable

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from advice.letters.charts import drawing
from advice.letters.tree import (
    Block,
    Break,
    Chart,
    Heading,
    Inline,
    Items,
    Link,
    Note,
    Paragraph,
    Quote,
    Table,
    Text,
    Tree,
)

_ROOMY = 5
"""Columns that fit the page at their usual size; a table with more is set smaller."""


def to_html(tree: Tree) -> SafeString:
    """Body, annex and footnotes; its sections are ``<h2>``. The letterhead is the template's."""
    parts = [_blocks(tree.body)]
    if tree.signature:
        lines = format_html_join(mark_safe("<br>"), "{}", ((line,) for line in tree.signature))
        parts.append(format_html('<p class="letter-signature">{}</p>', lines))
    if tree.annex:
        parts.append(format_html('<div class="letter-annex">{}</div>', _blocks(tree.annex)))
    if tree.notes:
        notes = format_html_join(
            "",
            '<li id="noot-{0}">{1} <a href="#noot-{0}-terug" aria-label="{0} ↑">↑</a></li>',
            ((number, _inlines(note)) for number, note in enumerate(tree.notes, 1)),
        )
        parts.append(format_html('<ol class="letter-notes">{}</ol>', notes))
    return _joined(parts)


def _joined(parts: Iterable[SafeString]) -> SafeString:
    return mark_safe("".join(parts))  # noqa: S308 -- every part was made by format_html


def _blocks(blocks: Iterable[Block]) -> SafeString:
    return _joined(_block(block) for block in blocks)


def _block(block: Block) -> SafeString:
    if isinstance(block, Heading):
        level = mark_safe(str(min(block.level, 4) + 1))  # noqa: S308 -- a number
        return format_html("<h{0}>{1}</h{0}>", level, block.text)
    if isinstance(block, Paragraph):
        return format_html("<p>{}</p>", _inlines(block.inlines))
    if isinstance(block, Items):
        items = format_html_join("", "<li>{}</li>", ((_blocks(item),) for item in block.items))
        if block.ordered:
            return format_html('<ol start="{}">{}</ol>', block.start, items)
        return format_html("<ul>{}</ul>", items)
    if isinstance(block, Quote):
        return format_html(
            '<figure class="letter-quote"><blockquote><p>{}</p></blockquote>'
            "<figcaption>{}</figcaption></figure>",
            block.text,
            block.source,
        )
    if isinstance(block, Table):
        return _table(block)
    if isinstance(block, Chart):
        return format_html(
            '<figure class="letter-chart"><figcaption>{}</figcaption>{}</figure>',
            block.caption,
            drawing(block),
        )
    return SafeString("")


def _table(block: Table) -> SafeString:
    header = format_html_join(
        "",
        '<th scope="col" class="{}">{}</th>',
        (("num" if index else "", cell) for index, cell in enumerate(block.header)),
    )
    rows = format_html_join(
        "",
        '<tr><th scope="row">{}</th>{}</tr>',
        (
            (
                row[0],
                format_html_join("", '<td class="num">{}</td>', ((cell,) for cell in row[1:])),
            )
            for row in block.rows
        ),
    )
    return format_html(
        '<div class="scroll-x" tabindex="0"><table class="table{}"><caption>{}</caption>'
        '<thead><tr>{}</tr></thead><tbody>{}</tbody></table></div><p class="meta">{}</p>',
        " is-wide" if len(block.header) > _ROOMY else "",
        block.caption,
        header,
        rows,
        block.note,
    )


def _inlines(inlines: Iterable[Inline]) -> SafeString:
    return _joined(_inline(inline) for inline in inlines)


def _inline(inline: Inline) -> SafeString:
    if isinstance(inline, Text):
        made = format_html("{}", inline.text)
        if inline.bold:
            made = format_html("<strong>{}</strong>", made)
        if inline.italic:
            made = format_html("<em>{}</em>", made)
        return made
    if isinstance(inline, Link):
        return format_html('<a href="{}" rel="noopener noreferrer">{}</a>', inline.url, inline.text)
    if isinstance(inline, Note):
        return format_html(
            '<sup><a href="#noot-{0}" id="noot-{0}-terug">{0}</a></sup>', inline.number
        )
    assert isinstance(inline, Break)
    return SafeString("<br>")
