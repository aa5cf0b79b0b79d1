"""An issue as two accessible PDFs (PDF/UA-1): pages of A4 to hand out, and one page to hang up."""

from __future__ import annotations

import base64
import io
import json
import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import segno
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import override
from PIL import Image

from dossiers.typesetting import Say, accessible_pdf
from newsletter.archive import words_sent
from newsletter.editions import Part
from newsletter.models import Issue
from newsletter.paper.prose import Node, has_links, nodes_of

_FOLDER = Path(__file__).parent
FORMS = {"nieuwsbrief": "issue.typ", "poster": "poster.typ"}
MOST_HEADLINES = 6
"""What somebody walking past reads; the rest is behind the square."""
HIGHEST = 0.55
"""How high a picture may be, as a share of the width of the text."""
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ud800-\udfff\ufeff\ufffe\uffff\ue000-\uf8ff]"
)
"""What PDF/UA-1 refuses, and private characters, which no font draws."""


def issue_as_pdf(issue: Issue, parts: Sequence[Part], form: str, language: str) -> bytes:
    """The given parts, which everybody may see, in the ``form`` (a key of ``FORMS``) asked for."""
    with override(language):
        day = timezone.localdate(issue.sent_at or issue.send_at or timezone.now())
        head = _head(issue, language, day)
        blocks = [_block(issue, part) for part in parts]
        if form == "poster":
            head |= {"headlines": _headlines(blocks), "more": _more(blocks)}
            blocks = []
        words = _words()
    pictures = {"issue": _square(address_of(issue))}
    pictures |= {block["number"]: _square(block["address"]) for block in blocks if block["square"]}

    def inputs(say: Say) -> dict[str, str]:
        return {
            "head": json.dumps(_said(head, say)),
            "blocks": json.dumps(_said(blocks, say)),
            "words": json.dumps(words),
            "squares": json.dumps(pictures),
        }

    return accessible_pdf(_FOLDER / FORMS[form], inputs, day)


def address_of(issue: Issue) -> str:
    """The short address of the issue on the portal, as it is printed and in its square."""
    return f"{settings.PORTAL_URL}{reverse('on_paper:issue', args=[issue.pk])}"


def _address_of_block(issue: Issue, position: int) -> str:
    return f"{settings.PORTAL_URL}{reverse('on_paper:block', args=[issue.pk, position])}"


def _shown(address: str) -> str:
    """An address as people type it."""
    return address.removeprefix("https://").removeprefix("http://").rstrip("/")


def _head(issue: Issue, language: str, day: date) -> dict[str, Any]:
    return {
        "language": language,
        "council": settings.COUNCIL_NAME,
        "organisation": settings.ORGANISATION_NAME,
        "day": date_format(day, "j F Y"),
        "title": issue.subject_here,
        "lead": issue.preview_here,
        "address": _shown(address_of(issue)),
    }


def _words() -> dict[str, str]:
    """What the templates say by themselves."""
    return {
        "newsletter": _("Newsletter"),
        "said": _("You said:"),
        "did": _("We did:"),
        "page": _("Page"),
        "of": _("of"),
        "square": _("QR code that opens %(address)s"),
        "online": _("Links in this text: see"),
        "join": _("Read on and join in"),
        "how": _(
            "Scan the square with the camera of your phone, or type the address. You sign in with"
            " your own account."
        ),
        "letter": _("Never been on the portal? Ask the council for a letter with a code."),
        "in_it": _("In this newsletter"),
    }


def _block(issue: Issue, part: Part) -> dict[str, Any]:
    block, card = part.block, words_sent(part)
    address = _address_of_block(issue, block.position)
    made: dict[str, Any] = {
        "number": str(block.position),
        "address": address,
        "shown_address": _shown(address),
        "label": "",
        "heading": block.heading_here,
        "headline": "",
        "note": "",
        "said": "",
        "done": "",
        "action": "",
        "square": False,
        "leads": False,
        "image": "",
        "image_alt": "",
        "image_share": 100,
        "nodes": [],
    }
    if card is not None:
        return made | {
            "label": card.label,
            "heading": card.title,
            "headline": card.headline,
            "note": card.note,
            "said": card.said,
            "done": card.done,
            "action": card.action,
            "square": True,
            "nodes": [_paragraph(words) for words in card.paragraphs],
        }
    nodes = nodes_of(block.text_here)
    made |= {"nodes": nodes, "leads": has_links(nodes)}
    if block.image:
        drawn, share = _picture(part)
        alt = block.image_alt or _("Image")
        made |= {"image": drawn, "image_alt": alt, "image_share": share}
    return made


def _paragraph(words: str) -> Node:
    run = {"kind": "text", "text": words, "bold": False, "italic": False, "url": ""}
    return {"kind": "paragraph", "inlines": [run]}


def _headlines(blocks: list[dict[str, Any]]) -> list[dict[str, str]]:
    found = [block for block in blocks if block["heading"]]
    return [
        {
            "label": block["heading"] if block["headline"] else block["label"],
            "title": Truncator(block["headline"] or block["heading"]).chars(90),
            "note": Truncator(block["note"]).chars(120),
        }
        for block in found[:MOST_HEADLINES]
    ]


def _more(blocks: list[dict[str, Any]]) -> str:
    left = sum(1 for block in blocks if block["heading"]) - MOST_HEADLINES
    return _("and more: %(count)s") % {"count": left} if left > 0 else ""


def _square(address: str) -> str:
    picture = io.BytesIO()
    segno.make(address, error="m").save(picture, kind="svg", border=1)
    return picture.getvalue().decode()


def _picture(part: Part) -> tuple[str, int]:
    """The block's own picture inside a drawing (text is all a template can be given), and how many
    hundredths of the page's width it takes: a high one must not fill the page."""
    with part.block.image.open("rb") as file:
        content = file.read()
    with Image.open(io.BytesIO(content), formats=["JPEG"]) as opened:
        width, height = opened.size
    coded = base64.b64encode(content).decode()
    drawn = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"'
        f' width="{width}" height="{height}"><image width="{width}" height="{height}"'
        f' href="data:image/jpeg;base64,{coded}"/></svg>'
    )
    return drawn, min(100, max(20, round(100 * HIGHEST * width / height)))


def _said(value: Any, say: Say) -> Any:
    """The same values with every text made fit to draw."""
    if isinstance(value, str):
        return say(_UNPRINTABLE.sub("", value))
    if isinstance(value, list):
        return [_said(each, say) for each in value]
    if isinstance(value, dict):
        return {key: _said(each, say) for key, each in value.items()}
    return value
