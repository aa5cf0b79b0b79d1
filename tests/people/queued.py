"""The mails that wait in the outbox, read as their recipients would."""

import quopri
import re

from outbox.models import Delivery


def addresses() -> list[str]:
    """To whom mail is queued, oldest first."""
    return list(Delivery.objects.order_by("pk").values_list("address", flat=True))


def newest_text() -> str:
    """The text part of the newest mail."""
    body = bytes(Delivery.objects.select_related("rendering").latest("pk").rendering.body)
    part = re.search(rb"Content-Type: text/plain.*?\r\n\r\n(.*?)(\r\n--=_|\Z)", body, re.DOTALL)
    assert part, body
    return quopri.decodestring(part[1]).decode().replace("\r\n", "\n")


def newest_code() -> str:
    """The sign-in code in the newest mail."""
    found = re.search(r"^    (\S+)$", newest_text(), re.MULTILINE)
    assert found, newest_text()
    return found[1]
