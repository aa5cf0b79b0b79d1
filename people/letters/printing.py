"""Letters with activation codes as one accessible PDF (PDF/UA-1), a page each. Pure."""

import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path

import segno
import typst
from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from people.codes import grouped
from people.models import Person

_TEMPLATE = Path(__file__).with_name("code_letter.typ")


@dataclass(frozen=True)
class CodeLetter:
    """One letter: whom it is for, and the code that from here on only the paper holds."""

    person: Person
    code: str


def letters_as_pdf(letters: Sequence[CodeLetter], today: date, expires_on: date) -> bytes:
    """One A4 page per letter, each in its person's language; at least one letter."""
    address = f"{settings.PORTAL_URL}/code/"
    languages = {letter.person.language for letter in letters}
    words = {language: _words(language, address, expires_on) for language in languages}
    made: bytes = typst.compile(
        _TEMPLATE.read_bytes(),
        format="pdf",
        pdf_standards=["ua-1"],
        sys_inputs={
            "letters": json.dumps([_letter(letter, address) for letter in letters]),
            "words": json.dumps(words),
        },
        timestamp=int(datetime.combine(today, time(12), UTC).timestamp()),
    )
    return made


def _letter(letter: CodeLetter, address: str) -> dict[str, str]:
    person = letter.person
    code = grouped(letter.code)
    picture = io.BytesIO()
    # After a "#" the code is not sent along with the address, so it stands in no server's log.
    segno.make(f"{address}#{code}", error="m").save(picture, kind="svg", border=1)
    return {
        "name": person.full_name,
        "unit": person.unit.name if person.unit else "",
        "site": person.site.name if person.site else "",
        "language": person.language,
        "number": person.staff_number,
        "code": code,
        "picture": picture.getvalue().decode(),
    }


def _words(language: str, address: str, expires_on: date) -> dict[str, str | list[str]]:
    with translation.override(language):
        shown = address.removeprefix("https://").removeprefix("http://").rstrip("/")
        return {
            "council": settings.COUNCIL_NAME,
            "organisation": settings.ORGANISATION_NAME,
            "confidential": _("Personal and confidential"),
            "title": _("Your way into the portal of the council"),
            "greeting": _("Dear"),
            "what": _(
                "In the portal the council asks what you think, tells what it does, and reports"
                " what came of it. You take part without an e-mail address, on any phone or"
                " computer."
            ),
            "how": _("This is how you get in, once:"),
            "steps": [
                _("Scan the square with your phone, or go to %s.") % shown,
                _("Type the code below."),
                _("Choose a password. From then on you sign in with it and your staff number."),
            ],
            "your_code": _("Your code"),
            "your_number": _("Your staff number"),
            "until": _("Valid until %s, once.") % date_format(expires_on),
            "picture": _("QR code that opens the page for the code"),
            "single": _(
                "Keep this letter to yourself: whoever has the code can choose your password. Lost"
                " it? Ask the official secretary of the council for a new one; this one then stops"
                " working."
            ),
            "promise": _(
                "What you answer anonymously stays anonymous, for the council and for your"
                " employer. The portal does not store who gave which answer."
            ),
            "greetings": _("Kind regards,"),
        }
