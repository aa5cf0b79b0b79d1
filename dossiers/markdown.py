"""Text as people write it here, Markdown, made into HTML that is safe to show.

The parser knows no raw HTML and nh3 cleans what comes out, so either alone would do. Nothing is
loaded from outside: an image in the text becomes a link that says where it leads.
"""

import re
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import nh3
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt
from markdown_it.token import Token

_parser = MarkdownIt("commonmark", {"html": False, "typographer": False}).enable(
    ["table", "strikethrough"]
)
_TAGS = {
    *("p", "br", "hr", "strong", "em", "s", "code", "pre", "blockquote", "ul", "ol", "li"),
    *("h2", "h3", "h4", "h5", "h6", "a", "mark"),
    *("table", "thead", "tbody", "tr", "th", "td"),
}
_ATTRIBUTES = {"a": {"href", "title", "class"}, "mark": {"class", "title"}, "ol": {"start"}}
_SCHEMES = {"http", "https", "mailto", "tel"}
_LINKABLE = re.compile(
    r"(?P<url>https?://[^\s<>\"]+[^\s<>\".,;:!?')\]])"
    r"|(?<![\w#&/])#(?P<tag>[^\W\d_][\w-]{1,39})"
)

HashtagUrl = Callable[[str], str]
"""Gives the address of the list of what carries a hashtag, from its lower-case name."""


def to_html(text: str, *, top: int = 2, hashtag_url: HashtagUrl | None = None) -> SafeString:
    """Safe HTML for ``text``, its highest heading an ``<h{top}>``; hashtags linked where asked."""
    return render(parse(text), top=top, hashtag_url=hashtag_url)


def parse(text: str) -> list[Token]:
    """The text as markdown-it tokens, for who must look inside before rendering."""
    return _parser.parse(text)


def render(
    tokens: list[Token], *, top: int = 2, hashtag_url: HashtagUrl | None = None
) -> SafeString:
    """Safe HTML for tokens that ``parse`` gave; see ``to_html``."""
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(6, int(token.tag[1]) + top - 1)}"
        elif token.type == "inline" and token.children:
            token.children = list(_without_images(_with_links(token.children, hashtag_url)))
    html = _parser.renderer.render(tokens, _parser.options, {})
    clean = nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes=_SCHEMES,
        link_rel="noopener noreferrer nofollow",
    )
    return mark_safe(clean)  # noqa: S308 -- nh3 has just cleaned it


def to_text(text: str) -> str:
    """The words of ``text`` without its marks, one line per paragraph."""
    return "\n".join(block for block in blocks(text) if block)


def blocks(text: str, *, headings: bool = True) -> list[str]:
    """The plain words of each paragraph, list item, table cell and (where asked) heading."""
    found = []
    tokens = parse(text)
    for previous, token in zip([None, *tokens], tokens, strict=False):
        is_heading = previous is not None and previous.type == "heading_open"
        if token.type == "inline" and token.children and (headings or not is_heading):
            found.append("".join(map(_words_of, token.children)).strip())
    return found


def hashtags(text: str) -> list[str]:
    """The hashtags in ``text``, lower case, each once, in the order they appear."""
    found: dict[str, None] = {}
    for token in parse(text):
        for child in _linkable_texts(token.children or []):
            for match in _LINKABLE.finditer(child.content):
                if match["tag"]:
                    found[match["tag"].lower()] = None
    return list(found)


def _words_of(token: Token) -> str:
    if token.type in ("softbreak", "hardbreak"):
        return " "
    if token.type in ("text", "code_inline", "image"):
        return token.content
    return ""


def _linkable_texts(children: list[Token]) -> Iterator[Token]:
    """Text tokens outside links."""
    depth = 0
    for child in children:
        depth += {"link_open": 1, "link_close": -1}.get(child.type, 0)
        if child.type == "text" and depth == 0:
            yield child


def _with_links(children: list[Token], hashtag_url: HashtagUrl | None) -> Iterator[Token]:
    """The same tokens, with written addresses and hashtags made into links."""
    linkable = {id(child) for child in _linkable_texts(children)}
    for child in children:
        if id(child) not in linkable:
            yield child
            continue
        done = 0
        for match in _LINKABLE.finditer(child.content):
            if match["url"]:
                target = match["url"]
            elif hashtag_url:
                target = hashtag_url(match["tag"].lower())
            else:
                continue
            yield _text(child.content[done : match.start()])
            yield from _link(target, match[0], "hashtag" if match["tag"] else "")
            done = match.end()
        yield _text(child.content[done:])


def _without_images(children: Iterator[Token]) -> Iterator[Token]:
    """The same tokens, with each image replaced by a link that names its host."""
    for child in children:
        if child.type != "image":
            yield child
            continue
        source = str(child.attrs.get("src", ""))
        host = urlsplit(source).hostname or ""
        words = _("image: %(alt)s (opens on %(host)s)") if host else "%(alt)s"
        yield from _link(source, words % {"alt": child.content or source, "host": host}, "outside")


def _link(href: str, words: str, css_class: str) -> Iterator[Token]:
    attrs: dict[str, str | int | float] = {"href": href}
    if css_class:
        attrs["class"] = css_class
    yield Token("link_open", "a", 1, attrs=attrs)
    yield _text(words)
    yield Token("link_close", "a", -1)


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)
