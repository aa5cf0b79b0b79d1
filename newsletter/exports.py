"""The states of a mailing as a table for a spreadsheet."""

import csv
from collections.abc import Iterator

from django.db.models import Exists
from django.utils import timezone
from django.utils.translation import gettext as _

from newsletter.audience import private_addresses
from outbox.models import Delivery, Mailing, State

FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Echo:
    """A file that gives back what is written to it."""

    def write(self, value: str) -> str:
        """The line."""
        return value


def states(mailing: Mailing) -> Iterator[str]:
    """One line per recipient, read a few thousand at a time, whatever the size."""
    writer = csv.writer(Echo(), delimiter=";")
    head = [_("name"), _("address"), _("state"), _("when"), _("attempts"), _("answer")]
    yield "\ufeff" + writer.writerow(head)
    rows = Delivery.objects.filter(mailing=mailing).order_by("pk")
    rows = rows.annotate(is_private=Exists(private_addresses()))
    fields = ("name", "address", "state", "settled_at", "attempts", "last_response", "is_private")
    found = rows.values_list(*fields).iterator(2000)
    for name, stored, state, at, attempts, answer, is_private in found:
        address = _("private address") if is_private else stored
        moment = timezone.localtime(at).strftime("%Y-%m-%d %H:%M") if at else ""
        cells = [name, address, str(State(state).label), moment, str(attempts), answer]
        yield writer.writerow([harmless(cell) for cell in cells])


def harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell
