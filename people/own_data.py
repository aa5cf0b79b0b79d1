"""What the portal knows about a person, section by section; apps above add theirs at start-up."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import NamedTuple

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from people.log import verb_label
from people.models import Act, Person


class OwnRow(NamedTuple):
    """One fact: what it is, and its value in words."""

    label: str
    value: str


@dataclass(frozen=True)
class OwnSection:
    """Facts that belong together."""

    title: str
    rows: tuple[OwnRow, ...]
    note: str = ""


@dataclass(frozen=True)
class SettingsPage:
    """A page of another app where people settle something for themselves."""

    label: str | Promise
    url_name: str
    shown_to: Callable[[Person], bool]


_sources: list[Callable[[Person], Iterable[OwnSection]]] = []
_pages: list[SettingsPage] = []


def register_own_data(source: Callable[[Person], Iterable[OwnSection]]) -> None:
    """Show what ``source`` tells on my page and in its download (``AppConfig.ready``)."""
    _sources.append(source)


def register_settings_page(page: SettingsPage) -> None:
    """Link ``page`` from my page (``AppConfig.ready``)."""
    _pages.append(page)


def settings_pages(person: Person) -> list[tuple[str, str]]:
    """Label and address of each page that ``person`` is shown."""
    return [(str(page.label), reverse(page.url_name)) for page in _pages if page.shown_to(person)]


def own_data(person: Person) -> list[OwnSection]:
    """Everything registered about ``person``, the roster first."""
    sections = [_from_roster(person), _from_roles(person), _from_log(person)]
    for source in _sources:
        sections.extend(source(person))
    return [section for section in sections if section.rows]


def _from_roster(person: Person) -> OwnSection:
    facts = (
        (_("Name"), person.full_name),
        (_("Staff number"), person.staff_number),
        (_("E-mail address"), person.email),
        (_("Unit"), str(person.unit or "")),
        (_("Site"), str(person.site or "")),
        (_("Shift"), person.shift),
        (_("Employed since"), date_format(person.hired_on) if person.hired_on else ""),
        (_("Leaves on"), date_format(person.left_on) if person.left_on else ""),
        (_("On long leave"), _("yes") if person.on_long_leave else ""),
        (_("Language"), person.get_language_display()),
    )
    if not person.staff_number:
        return OwnSection(
            title=_("Who you are"),
            rows=tuple(OwnRow(label, value) for label, value in facts if value),
            note=_("You are not on the staff list. Is something wrong? Tell the council."),
        )
    return OwnSection(
        title=_("From the staff list"),
        rows=tuple(OwnRow(label, value) for label, value in facts if value),
        note=_("HR supplies these. Is something wrong? Have HR mend it; the next list brings it."),
    )


def _from_roles(person: Person) -> OwnSection:
    rows = []
    for appointment in person.appointments.order_by("began_on"):
        period = _("since %s") % date_format(appointment.began_on)
        if appointment.ended_on:
            period = f"{date_format(appointment.began_on)} – {date_format(appointment.ended_on)}"
        rows.append(OwnRow(appointment.get_role_display(), period))
    return OwnSection(title=_("Roles"), rows=tuple(rows))


def _from_log(person: Person) -> OwnSection:
    acts = Act.objects.filter(actor_key=str(person.key)).order_by("-pk")[:200]
    return OwnSection(
        title=_("Your acts in the log"),
        rows=tuple(OwnRow(date_format(act.at.date()), verb_label(act.verb)) for act in acts),
        note=_("Answering, reading and signing in are not logged."),
    )
