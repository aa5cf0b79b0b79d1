"""Preprinted pages: made once in each process, with blanks that are filled in for each person.

Hundreds of colleagues open the same questions at once, and all that differs between their pages are
the token against forgery and the receipt. So the page is rendered once *for nobody*: from a request
that holds no person, session, message or cookie but the one for light or dark. What belongs to
somebody cannot be in it, because it was not there when the page was made.

A page is kept under all that it was made from: the template, the language, the look, the
consultation's row and the content of its questions. Any of these changes and another page is made;
nothing is ever invalidated. The least used go first.
"""

from __future__ import annotations

import re
import secrets
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator, Mapping
from operator import attrgetter
from threading import Lock
from typing import Any, TypeAlias

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation

from polls.models import Consultation
from polls.questions.schema import Schema

KEPT = 256
TOKEN = "csrf_token"  # noqa: S105  a name
Context: TypeAlias = "dict[str, Any]"

_kept: OrderedDict[Hashable, tuple[bytes | str, ...]] = OrderedDict()
_lock = Lock()

# Which shifts were invited is on no page, and a list cannot be part of a key.
_row = attrgetter(
    *(field.attname for field in Consultation._meta.concrete_fields if field.name != "shifts")
)


def fill(
    request: HttpRequest,
    template: str,
    consultation: Consultation,
    schema: Schema,
    context: Callable[..., Context],
    **blanks: str,
) -> HttpResponse:
    """The page of ``template`` for these questions, filled in.

    ``context`` gives the template's values from those of ``blanks``, by name, and from
    ``consultation`` and ``schema``, and from nothing else. Values of blanks are printed as they
    are: they hold no character that HTML reads as its own.
    """
    if settings.DEBUG or len(get_messages(request)):
        return render(request, template, context(**blanks))
    theme = request.COOKIES.get("theme", "")
    theme = theme if theme in ("light", "dark") else ""
    names = (settings.ORGANISATION_NAME, settings.COUNCIL_NAME, settings.DEMO)
    made_from = (
        *(template, translation.get_language(), theme, names, tuple(blanks)),
        *(schema.digest, _row(consultation)),
    )
    pieces = _pieces(made_from) or _print(made_from, template, context, tuple(blanks), theme)
    values = {name: value.encode("ascii") for name, value in blanks.items()}
    if TOKEN in pieces:
        values[TOKEN] = get_token(request).encode("ascii")
    return HttpResponse([values[piece] if isinstance(piece, str) else piece for piece in pieces])


def _pieces(made_from: Hashable) -> tuple[bytes | str, ...] | None:
    with _lock:
        if made_from not in _kept:
            return None
        _kept.move_to_end(made_from)
        return _kept[made_from]


def _print(
    made_from: Hashable,
    template: str,
    context: Callable[..., Context],
    blanks: tuple[str, ...],
    theme: str,
) -> tuple[bytes | str, ...]:
    """Render the page for nobody, and cut it at its blanks: bytes to print, names to fill."""
    marks = {name: secrets.token_hex(16) for name in (*blanks, TOKEN)}
    values = context(**{name: marks[name] for name in blanks})
    nobody = HttpRequest()
    nobody.COOKIES["theme"] = theme
    page = render_to_string(template, {**values, TOKEN: marks[TOKEN]}, nobody)
    pieces = tuple(_cut(page, marks))
    with _lock:
        _kept[made_from] = pieces
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return pieces


def _cut(page: str, marks: Mapping[str, str]) -> Iterator[bytes | str]:
    named = {mark: name for name, mark in marks.items()}
    for piece in re.split(f"({'|'.join(named)})", page):
        yield named.get(piece) or piece.encode()
