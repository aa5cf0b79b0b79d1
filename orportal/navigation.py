"""The ways through the portal: which links a person is shown, in the order of the page.

An entry names a URL; while no app answers to that name, the entry is left out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from dossiers.rules import may_search
from people import rules
from people.models import Person, Role

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Entry:
    """A place in the portal: its words, the name of its URL, its icon, and who is shown it."""

    label: StrOrPromise
    url_name: str
    icon: str
    shown_to: Callable[[Person], bool]
    also: tuple[str, ...] = ()
    """Paths below which one is in this place too."""
    elsewhere: tuple[str, ...] = ()
    """Paths below its own that belong to another place."""

    def holds(self, path: str, url: str) -> bool:
        """Whether the page at ``path`` lies in this place, whose own page is ``url``."""
        below = url != "/" and path.startswith(url) and not path.startswith(self.elsewhere or "-")
        return below or path.startswith(self.also or "-")


IN_A_DOSSIER = tuple(f"/advies/{each}/" for each in ("dossier", "bevinding", "brief"))
"""Evidence, board, decision and letter: pages of one dossier, though not below its path."""
RELEASED = ("/advies/vrijgegeven/",)


@dataclass(frozen=True)
class Section:
    """Entries that belong together; ``title`` is read out and shown on small screens."""

    key: str
    title: StrOrPromise
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Link:
    """An entry as one page shows it. ``is_page``: it is this page; ``is_here``: it holds it."""

    label: StrOrPromise
    url: str
    icon: str
    is_page: bool
    is_here: bool


@dataclass(frozen=True)
class LinkGroup:
    """A section as one page shows it."""

    key: str
    title: StrOrPromise
    items: tuple[Link, ...]


def is_signed_in(person: Person) -> bool:
    """Has access today, in whatever role."""
    return person.is_active


def may_tell_council(person: Person) -> bool:
    """May send the council a message: the achterban, whose council it is."""
    return rules.is_constituent(person) and not rules.is_council(person)


MAIN: tuple[Section, ...] = (
    Section(
        "everyone",
        "",
        (
            Entry(_("Start"), "start", "home", is_signed_in),
            Entry(_("Questions"), "polls:index", "ask", rules.may_read_portal),
            Entry(_("News"), "blogs:index", "news", rules.may_read_portal),
            Entry(_("Groups"), "groups:index", "group", rules.may_read_portal),
            Entry(_("Question hour"), "live:index", "clock", rules.may_read_portal),
        ),
    ),
    Section(
        "council",
        _("For the council"),
        (
            Entry(
                _("Dossiers"),
                "dossiers:index",
                "folder",
                rules.is_council,
                also=(*IN_A_DOSSIER, *RELEASED),
            ),
            Entry(_("What we hear"), "listening:index", "ear", rules.is_council),
            Entry(_("Newsletter"), "newsletter:index", "mail", rules.is_council),
            Entry(
                _("Dashboard"),
                "advice:dashboard",
                "chart",
                rules.is_council,
                elsewhere=(*IN_A_DOSSIER, *RELEASED),
            ),
        ),
    ),
    Section(
        "director",
        _("For the director"),
        (
            Entry(_("Letters"), "advice:letters", "letter", rules.is_director, also=RELEASED),
            Entry(_("Requests"), "dossiers:requests", "upload", rules.is_director),
            Entry(_("Signals"), "listening:signals", "ear", rules.is_director),
        ),
    ),
    Section(
        "administrator",
        _("Administration"),
        (Entry(_("Settings of the portal"), "admin:index", "gear", rules.is_administrator),),
    ),
    Section(
        "tell",
        "",
        (Entry(_("Send the council a message"), "listening:tell", "send", may_tell_council),),
    ),
)

ACCOUNT: tuple[Entry, ...] = (
    Entry(_("My details and notifications"), "people:me", "person", is_signed_in),
    Entry(_("Signing in and security"), "mfa_index", "shield", is_signed_in),
    Entry(_("Staff list"), "people:roster", "group", rules.may_manage_roster),
    Entry(_("Saved selections"), "people:selections", "group", rules.may_use_selections),
    Entry(_("Who does what"), "people:roles", "named", rules.may_see_roles),
    Entry(_("Log of acts"), "people:log", "letter", rules.may_read_log),
)


@cache
def url_of(url_name: str) -> str:
    """The path behind a URL name, or "" where no app answers to it."""
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return ""


def links(entries: tuple[Entry, ...], person: Person, path: str) -> tuple[Link, ...]:
    """The entries that ``person`` is shown on the page at ``path``."""
    shown = []
    for entry in entries:
        url = url_of(entry.url_name)
        if not url or not entry.shown_to(person):
            continue
        shown.append(
            Link(
                label=entry.label,
                url=url,
                icon=entry.icon,
                is_page=path == url,
                is_here=entry.holds(path, url),
            )
        )
    return tuple(shown)


def main_navigation(request: HttpRequest) -> list[LinkGroup]:
    """The groups of links in the page's head; empty for visitors who are not signed in."""
    person = getattr(request, "user", None)
    if not isinstance(person, Person):
        return []
    groups = (
        LinkGroup(section.key, section.title, links(section.entries, person, request.path))
        for section in MAIN
    )
    return [group for group in groups if group.items]


def account_links(request: HttpRequest) -> tuple[Link, ...]:
    """The links in the menu under a person's name."""
    person = getattr(request, "user", None)
    return links(ACCOUNT, person, request.path) if isinstance(person, Person) else ()


def search_url(request: HttpRequest) -> str:
    """Where the search box of the frame leads, or "" for who has nothing to search in."""
    person = getattr(request, "user", None)
    return url_of("search") if isinstance(person, Person) and may_search(person) else ""


def role_title(person: Person) -> str:
    """The one role a person is best known by here, or "" for an employee without one."""
    for role in (Role.CHAIR, Role.SECRETARY, Role.MEMBER, Role.DIRECTOR, Role.ADMINISTRATOR):
        if role in person.roles:
            return str(role.label)
    return ""
