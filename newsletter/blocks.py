"""What a newsletter can be made of: kinds of blocks, registered by the apps that hold the things.

A kind says what can be chosen, finds a thing by its key, puts it in words (``Card``) and tells who
may see it. Nothing that one person is not allowed to see is in anyone's newsletter: ``choices`` and
``find`` go through the querysets for outlets that nobody is exempt for (``unlocked(None)``), and
``find`` is asked again when the issue is sent and whenever its web version is shown.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

TEXT = "text"
IMAGE = "image"


@dataclass(frozen=True)
class Option:
    """An answer offered in the mail: a link to the answer page, with nothing counted yet."""

    label: str
    path: str


@dataclass(frozen=True)
class Card:
    """One thing in words, in the language in force. Paths are the portal's own, from the slash.

    ``text`` holds plain paragraphs separated by blank lines. ``headline`` is what a poster, which
    has no room for the text, says instead of a title that tells nothing without it.
    """

    title: str
    path: str
    label: str = ""
    text: str = ""
    note: str = ""
    action: str = ""
    said: str = ""
    done: str = ""
    headline: str = ""
    options: tuple[Option, ...] = field(default_factory=tuple)

    @property
    def paragraphs(self) -> list[str]:
        """The text, paragraph by paragraph."""
        return [each for each in self.text.split("\n") if each.strip()]

    def saying(self, say: Callable[[str], str]) -> Card:
        """The same card with ``say`` done to each of its texts."""
        texts = {name: say(text) for name, text in vars(self).items() if isinstance(text, str)}
        options = tuple(Option(say(each.label), each.path) for each in self.options)
        return replace(self, **texts, options=options)

    def as_data(self) -> dict[str, Any]:
        """As JSON takes it."""
        return asdict(self)

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> Card:
        """From what ``as_data`` gave."""
        options = tuple(Option(**option) for option in data.get("options", ()))
        return cls(**{**data, "options": options})


@dataclass(frozen=True)
class Kind:
    """A kind of block whose content is held elsewhere in the portal.

    ``choices`` gives (key, words) of what can be put in now, newest first. ``find`` gives the
    things of these keys, in a constant number of queries; what is gone, withdrawn or locked is not
    among them. ``readers`` narrows the people it is for by a condition on ``Person``; None means
    everyone. ``fresh`` gives the keys of what is new since a moment, oldest first, for a draft that
    makes itself; it is told which keys were in a newsletter to all already. ``dossier`` gives the
    id of the dossier that a thing is filed under, None for none.
    """

    name: str
    label: StrOrPromise
    icon: str
    choices: Callable[[], Iterable[tuple[str, str]]]
    find: Callable[[Collection[str]], Mapping[str, Any]]
    card: Callable[[Any], Card]
    readers: Callable[[Any], Q | None] = lambda _thing: None
    fresh: Callable[[datetime, Collection[str]], Iterable[str]] = lambda _since, _told: ()
    known_to: Callable[[Any], Q | None] | None = None
    """Who may know of it although no mail brings it to them; None: its ``readers`` alone. Paper
    shows a thing only where this holds for everybody."""
    dossier: Callable[[Any], int | None] = attrgetter("dossier_id")


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Offer a kind of block; called from ``AppConfig.ready``."""
    _kinds[kind.name] = kind


def kinds() -> list[Kind]:
    """All that is on offer, in the order of registration."""
    return list(_kinds.values())


def kind_of(name: str) -> Kind | None:
    """The kind of that name; None for own text, an image, and kinds that are gone."""
    return _kinds.get(name)


def things_of(wanted: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Any]:
    """The things behind pairs of (kind, key), as far as they can be shown; a question per kind."""
    keys: dict[str, list[str]] = defaultdict(list)
    for name, key in wanted:
        keys[name].append(key)
    return {
        (name, key): thing
        for name in keys
        if (kind := kind_of(name)) is not None
        for key, thing in kind.find(keys[name]).items()
    }


def new_keys(things: Iterable[Any], told: Collection[str]) -> list[str]:
    """The keys of ``things``, without what was told already."""
    return [key for thing in things if (key := str(thing.key)) not in told]


def label_of(name: str) -> StrOrPromise:
    """What a kind of block is called."""
    if name == TEXT:
        return _("Own text")
    if name == IMAGE:
        return _("Image")
    kind = kind_of(name)
    return kind.label if kind else _("Unknown block")
