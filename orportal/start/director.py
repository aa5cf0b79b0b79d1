"""The start page of the director: what was released to them, and what they handed in."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from dossiers.models import Request
from listening.models import Signal
from orportal.start.shapes import Row
from orportal.start.shared import SHORT, letters, released_results
from people.models import Person


@dataclass(frozen=True)
class DirectorStart:
    """The start page of the director: what was released to them, and what they handed in."""

    letters: list[Row]
    signals: list[Row]
    results: list[Row]
    requests: list[Row]


def director_start(person: Person) -> DirectorStart:
    """What was released to the director."""
    return DirectorStart(
        letters=letters(person),
        signals=signals_to_answer(person),
        results=released_results(person),
        requests=requests_handed_in(person),
    )


def signals_to_answer(person: Person) -> list[Row]:
    """What the council passed on and the director has not answered."""
    return [
        Row(
            title=each.title,
            url=each.get_absolute_url(),
            facts=(
                _("Passed on on %(day)s") % {"day": date_format(each.passed_on_on)}
                if each.passed_on_on
                else "",
            ),
        )
        for each in Signal.objects.visible_to(person).unanswered()[:SHORT]
    ]


def requests_handed_in(person: Person) -> list[Row]:
    """The requests of the director with how far they are."""
    return [
        Row(
            title=each.title,
            url=each.get_absolute_url(),
            facts=(date_format(timezone.localtime(each.handed_in_at), "DATE_FORMAT"),),
        )
        for each in Request.objects.visible_to(person)[:SHORT]
    ]
