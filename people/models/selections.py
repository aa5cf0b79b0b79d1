"""Selections of colleagues that the council keeps: to ask the same people again, or to write to."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from people.models.roster import Site, Unit
from people.querysets import SelectionQuerySet


class Selection(models.Model):
    """A named way to choose colleagues, asked of the roster anew each time.

    The lists narrow each other and an empty list does not narrow; ``shifts`` holds the roster's own
    words for shifts, ``roles`` values of ``Role``. It holds no person: nobody is put on a list.
    ``PersonQuerySet.in_selection`` is how it is used.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=120)
    units = models.ManyToManyField(Unit, blank=True, related_name="+", verbose_name=_("units"))
    sites = models.ManyToManyField(Site, blank=True, related_name="+", verbose_name=_("sites"))
    shifts = models.JSONField(_("shifts"), default=list, blank=True)
    roles = models.JSONField(_("roles"), default=list, blank=True)

    objects: ClassVar[SelectionQuerySet] = SelectionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("selection of colleagues")
        verbose_name_plural = _("selections of colleagues")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(Lower("name"), name="people_selection_name_unique"),
        ]

    def __str__(self) -> str:
        return self.name
