"""Voting codes as an accessible PDF (PDF/UA-1): letters, a page each, or eight cards a sheet. Pure.

A code belongs to no person, so no letter bears a name: whoever hands them out does so by group.
"""

import io
import json
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path

import segno
import typst
from django.conf import settings
from django.utils.translation import gettext as _

from people.codes import grouped
from polls.actions.codes import PrintedCodes
from polls.receipts import voting_url

_FOLDER = Path(__file__).parent
LAYOUTS = {"letters": "letter.typ", "cards": "cards.typ"}


def codes_as_pdf(
    printed: Sequence[PrintedCodes], layout: str, *, title: str, closes: str, today: date
) -> bytes:
    """Every code once, by group; ``layout`` is a key of ``LAYOUTS``. At least one code."""
    address = voting_url()
    rows = [_row(address, group.group, code) for group in printed for code in group.codes]
    made: bytes = typst.compile(
        (_FOLDER / LAYOUTS[layout]).read_bytes(),
        format="pdf",
        pdf_standards=["ua-1"],
        sys_inputs={
            "rows": json.dumps(rows),
            "words": json.dumps(_words(address, title, closes)),
        },
        timestamp=int(datetime.combine(today, time(12), UTC).timestamp()),
    )
    return made


def _row(address: str, group: str, code: str) -> dict[str, str]:
    plain = code.replace("-", "")
    picture = io.BytesIO()
    # After a "#" the code is not sent along with the address, so it stands in no server's log.
    segno.make(f"{address}#{plain}", error="m").save(picture, kind="svg", border=1)
    return {"group": group, "code": grouped(plain), "picture": picture.getvalue().decode()}


def _words(address: str, title: str, closes: str) -> dict[str, str]:
    shown = address.removeprefix("https://").removeprefix("http://").rstrip("/")
    return {
        "council": settings.COUNCIL_NAME,
        "organisation": settings.ORGANISATION_NAME,
        "to": _("To a colleague of"),
        "title": title,
        "document": _("Voting codes"),
        "what": _("Your council asks what you think. Answering takes a few minutes, on any phone."),
        "how": _("Scan the square, or go to %(address)s and type the code.") % {"address": shown},
        "address": shown,
        "code": _("Your code"),
        "once": _("It works once."),
        "closes": _("Until %(when)s.") % {"when": closes} if closes else "",
        "promise": _(
            "Anonymous: this code stands on no list beside your name. Nobody can see who answered"
            " what, not even the council."
        ),
        "election": _("This asks for your opinion. It is not an election."),
        "picture": _("QR code that opens the page for the code"),
    }
