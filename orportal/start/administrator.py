"""The start page of the administrator: the machinery, and none of the content."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from orportal.navigation import url_of
from orportal.start.shapes import Row


@dataclass(frozen=True)
class AdministratorStart:
    """The start page of the administrator: the machinery, and none of the content."""

    places: list[Row]


def administrator_start() -> AdministratorStart:
    """The pages from which the portal is kept running."""
    places = [
        (_("Settings of the portal"), "admin:index", _("How fast mail may go out.")),
        (_("Outgoing mail"), "outbox:status", _("What was sent, what waits and what failed.")),
        (_("Roles"), "people:roles", _("Who holds which role, and giving one.")),
        (_("Log of acts"), "people:log", _("Who did what and when, without content.")),
    ]
    return AdministratorStart(
        [
            Row(title=label, url=url_of(name), text=text)
            for label, name, text in places
            if url_of(name)
        ]
    )
