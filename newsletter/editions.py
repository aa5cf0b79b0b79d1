"""An issue as its readers get it: one edition per language and per set of blocks they may see."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from html import escape, unescape
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.template import Context, Engine
from django.template.loader import get_template
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import override

from dossiers.markdown import to_html
from dossiers.querysets import unlocked
from newsletter import blocks
from newsletter.blocks import Card
from newsletter.models import Block, Issue
from newsletter.plain import to_plain
from newsletter.styling import styled
from outbox.filling import without_placeholders

LANGUAGES = ("nl", "en")
HREF = re.compile(r'href="(https?://[^"]*)"')
Rewrite = Callable[[str], str]
"""From a link's target to the address in the mail."""


@dataclass(frozen=True)
class Part:
    """A block with the thing it shows. ``readers`` narrows who may see it; None: everyone."""

    block: Block
    thing: Any | None
    readers: Q | None

    @property
    def card(self) -> Card | None:
        """Its words in the language in force; None for own text and images."""
        kind = blocks.kind_of(self.block.kind)
        return kind.card(self.thing) if kind and self.thing is not None else None

    @property
    def dossier(self) -> int | None:
        """The id of the dossier it is filed under."""
        kind = blocks.kind_of(self.block.kind)
        return kind.dossier(self.thing) if kind else self.block.dossier_id


@dataclass(frozen=True)
class Edition:
    """One edition: what mail programs list, and the two bodies."""

    language: str
    subject: str
    preview: str
    html: str
    text: str


@dataclass(frozen=True)
class Reader:
    """What is filled in for one reader: real words in a preview, placeholders in a mailing."""

    name: str
    token: str


def parts_of(issue: Issue) -> list[Part]:
    """The blocks that can be shown now; what is gone, withdrawn or under secrecy is left out."""
    all_blocks = list(issue.blocks.filter(unlocked(None)))
    things = blocks.things_of((block.kind, block.object_key) for block in all_blocks)
    found = []
    for block in all_blocks:
        kind = blocks.kind_of(block.kind)
        thing = things.get((block.kind, block.object_key))
        if block.says_something:
            found.append(Part(block, None, None))
        elif kind is not None and thing is not None:
            found.append(Part(block, thing, kind.readers(thing)))
    return found


def edition(
    issue: Issue,
    parts: Iterable[Part],
    language: str,
    *,
    reader: Reader,
    rewrite: Rewrite = lambda target: target,
    asks: bool = True,
) -> Edition:
    """The given parts in one language; with ``asks`` the question whether it was useful."""
    with override(language):
        shown = [shown_part(part, rewrite) for part in parts]
        token = reader.token
        context = {
            "issue": issue,
            "language": language,
            "subject": issue.subject_here,
            "preview": issue.preview_here,
            "parts": shown,
            "reader_name": reader.name if issue.greets else "",
            "portal_url": settings.PORTAL_URL,
            "council_name": settings.COUNCIL_NAME,
            "organisation_name": settings.ORGANISATION_NAME,
            "web_url": absolute(reverse("newsletter:issue", args=[issue.key])),
            "useful_url": useful_url(issue, token) if asks and issue.asks_useful else "",
            "unsubscribe_url": unsubscribe_url(token),
            "preferences_url": preferences_url(token),
        }
        html = get_template("newsletter/email/issue.html").render(context)
        plain = Engine.get_default().get_template("newsletter/email/issue.txt")
        text = plain.render(Context(context, autoescape=False))
        return Edition(language, issue.subject_here, issue.preview_here, html, text)


def shown_part(part: Part, rewrite: Rewrite) -> dict[str, Any]:
    """One part as the templates take it."""
    block, card = part.block, part.card
    card = card.saying(without_placeholders) if card else None
    words = without_placeholders(block.text_here)
    return {
        "kind": block.kind,
        "heading": without_placeholders(block.heading_here),
        "html": mark_safe(styled(rewritten(to_html(words, top=2), rewrite))),  # noqa: S308  (clean)
        "text": to_plain(words),
        "image_url": absolute(block.image_url) if block.image else "",
        "image_alt": block.image_alt,
        "card": card,
        "paragraphs": card.paragraphs if card else [],
        "url": rewrite(absolute(card.path)) if card else "",
        "plain_url": absolute(card.path) if card else "",
        "options": [
            {
                "label": option.label,
                "url": rewrite(absolute(option.path)),
                "plain_url": absolute(option.path),
            }
            for option in (card.options if card else ())
        ],
    }


def rewritten(html: str, rewrite: Rewrite) -> str:
    """The links in clean HTML, each led through ``rewrite``."""
    return HREF.sub(lambda match: f'href="{escape(rewrite(unescape(match[1])))}"', html)


def absolute(path: str) -> str:
    """A path of the portal as a whole address."""
    return path if "://" in path else f"{settings.PORTAL_URL}{path}"


def useful_url(issue: Issue, token: str) -> str:
    """The page where one reader says whether it was useful; ``token`` may be a placeholder."""
    return f"{settings.PORTAL_URL}{reverse('newsletter:index')}{issue.key}/nuttig/{token}/"


def unsubscribe_url(token: str) -> str:
    """The page of one reader's unsubscription; ``token`` may be a placeholder."""
    return f"{settings.PORTAL_URL}{reverse('newsletter:index')}afmelden/{token}/"


def preferences_url(token: str) -> str:
    """The page of one reader's preferences; ``token`` may be a placeholder."""
    return f"{settings.PORTAL_URL}{reverse('newsletter:index')}voorkeuren/{token}/"


def visible(parts: Iterable[Part], keys: Collection[int]) -> list[Part]:
    """Of ``parts``, those whose block is among ``keys``."""
    return [part for part in parts if part.block.pk in keys]
