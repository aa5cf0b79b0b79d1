"""How newsletter issues are asked for."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models

from people import rules

if TYPE_CHECKING:
    from newsletter.models import Issue  # noqa: F401
    from people.models import Person


class IssueQuerySet(models.QuerySet["Issue"]):
    """Issues in the field's words."""

    def visible_to(self, person: Person) -> IssueQuerySet:
        """The one door: the council sees drafts too, everyone else what was sent."""
        if rules.is_council(person):
            return self
        if rules.may_read_portal(person):
            return self.filter(state="sent", role="everyone")
        return self.none()

    def due(self, now: datetime) -> IssueQuerySet:
        """Those whose moment has come and that nobody has handed to the outbox yet."""
        return self.filter(state="scheduled", send_at__lte=now)
