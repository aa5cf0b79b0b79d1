"""Keeping selections of colleagues."""

from collections.abc import Collection

from django.db import transaction
from django.db.models import ProtectedError

from people.log import log_act
from people.models import Person, Selection, Site, Unit


class SelectionInUse(ValueError):
    """Something is for this selection."""


@transaction.atomic
def save_selection(
    by: Person, selection: Selection, *, units: Collection[Unit], sites: Collection[Site]
) -> None:
    """Keep a selection's name and lists; ``units`` and ``sites`` are all it names from now on."""
    selection.save()
    selection.units.set(units)
    selection.sites.set(sites)
    log_act(by, "people.save_selection", selection)


@transaction.atomic
def delete_selection(by: Person, selection: Selection) -> None:
    """Throw a selection away. Raises ``SelectionInUse`` where something is for it: without it that
    would be for everyone."""
    log_act(by, "people.delete_selection", selection)
    try:
        selection.delete()
    except ProtectedError as error:
        raise SelectionInUse from error
