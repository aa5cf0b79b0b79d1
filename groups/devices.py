"""What the member's own device remembers of groups with aliases: which messages were read.

A signed cookie; the portal keeps nothing of it. It goes to the groups' pages only.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

COOKIE = "groups-read"
SALT = "groups.devices"
AT_MOST = 120
"""Threads remembered, the newest; keeps the cookie under the 4 kB that browsers allow."""
FOR_DAYS = 180


def seen_on(request: HttpRequest) -> dict[int, datetime]:
    """Up to which message this device has seen each thread, by the thread's number."""
    try:
        kept: dict[str, int] = signing.loads(
            request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=FOR_DAYS * 86_400
        )
    except signing.BadSignature:
        return {}
    return {int(pk): datetime.fromtimestamp(at, UTC) for pk, at in kept.items()}


def remember(
    response: HttpResponse, seen: Mapping[int, datetime], thread: int, upto: datetime
) -> None:
    """Add that ``thread`` was seen up to ``upto``; whole seconds, rounded up."""
    renewed = {**seen, thread: max(upto, seen.get(thread, upto))}
    newest = sorted(renewed.items(), key=lambda item: item[1], reverse=True)[:AT_MOST]
    response.set_cookie(
        COOKIE,
        signing.dumps(
            {str(pk): int(at.timestamp()) + 1 for pk, at in newest}, salt=SALT, compress=True
        ),
        max_age=FOR_DAYS * 86_400,
        path=reverse("groups:index"),
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
