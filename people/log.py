"""The log of acts: append-only, hash-chained, without content (docs/trust.md)."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from django.apps import apps
from django.db import models, transaction
from django.utils import timezone
from django.utils.functional import Promise

from people.models import Act, LogHead, Person, Unit

_labels: dict[str, str | Promise] = {}


def register_verbs(labels: Mapping[str, str | Promise]) -> None:
    """Name an app's acts for who reads the log: ``{"dossiers.open": _("opened a dossier")}``."""
    _labels.update(labels)


def verb_label(verb: str) -> str:
    """The registered words for ``verb``, or the verb itself."""
    return str(_labels.get(verb, verb))


def verb_parts() -> list[tuple[str, str]]:
    """The apps that register verbs, with their names."""
    labels = {verb.partition(".")[0] for verb in _labels}
    named = [(label, str(apps.get_app_config(label).verbose_name)) for label in labels]
    return sorted(named, key=lambda pair: pair[1].casefold())


def log_act(actor: Person | None, verb: str, obj: models.Model | None = None) -> Act:
    """Append one act; call it inside the transaction that does the act.

    ``verb`` is ``<app>.<verb>`` and must be registered. ``actor`` is None for what the portal does
    by itself. The object is named by its type and key (its primary key where it has none), never by
    its title: titles are content.
    """
    if verb not in _labels:
        raise ValueError(f"unregistered act: {verb}")
    with transaction.atomic():
        head, _created = LogHead.objects.select_for_update().get_or_create(pk=1)
        act = Act(
            at=timezone.now(),
            actor_key=str(actor.key) if actor else "",
            verb=verb,
            object_type=obj._meta.label_lower if obj is not None else "",
            object_key=str(getattr(obj, "key", obj.pk)) if obj is not None else "",
            previous_hash=head.row_hash,
        )
        act.row_hash = row_hash(act)
        act.save(force_insert=True)
        head.row_hash = act.row_hash
        head.save(update_fields=["row_hash"])
    return act


def row_hash(act: Act) -> str:
    """SHA-256 over the previous row's hash and this row's fields, as 64 hexadecimal digits."""
    at: datetime = act.at.astimezone(UTC)
    fields = [
        act.previous_hash,
        at.isoformat(),
        act.actor_key,
        act.verb,
        act.object_type,
        act.object_key,
    ]
    return hashlib.sha256(json.dumps(fields).encode()).hexdigest()


@dataclass(frozen=True)
class Chain:
    """What checking the log found: good rows from the start, and what is wrong, if anything."""

    length: int
    newest: str
    broken: Act | None = None
    cut_off: bool = False

    @property
    def holds(self) -> bool:
        """Whether nothing is wrong."""
        return self.broken is None and not self.cut_off


def check_chain() -> Chain:
    """Follow the log from its first row to its head.

    A changed, removed or inserted row breaks the line; rows cut off its end leave the head
    pointing at a row that is not there. Somebody who rewrites every row and the head with them is
    found only by comparing the newest hash with one that was written down elsewhere.
    """
    head = LogHead.objects.first()
    expected = head.row_hash if head else ""
    previous, length, head_found = "", 0, expected == ""
    # Acts may be added while we read: the head read before must be met, not be the last.
    for act in Act.objects.order_by("pk").iterator(chunk_size=2_000):
        if act.previous_hash != previous or act.row_hash != row_hash(act):
            return Chain(length, previous, broken=act)
        previous = act.row_hash
        length += 1
        head_found = head_found or previous == expected
    return Chain(length, previous, cut_off=not head_found)


def first_broken_row() -> Act | None:
    """The first row that does not follow from the one before it, or None where the chain holds."""
    return check_chain().broken


@dataclass(frozen=True)
class ShownAct:
    """One act in words: who (a name, or what is left of one), what, and on what."""

    act: Act
    who: str
    what: str
    on: str


def shown_acts(acts: Iterable[Act]) -> list[ShownAct]:
    """Acts for a page, with people and units named; two queries for all of them together.

    Other objects are named by their kind and the first signs of their key: titles are content.
    """
    acts = list(acts)
    person, unit = Person._meta.label_lower, Unit._meta.label_lower
    keys = {act.actor_key for act in acts}
    keys |= {act.object_key for act in acts if act.object_type == person}
    people = {str(each.key): each.full_name for each in Person.objects.filter(key__in=keys - {""})}
    unit_keys = {act.object_key for act in acts if act.object_type == unit}
    names = {(person, key): name for key, name in people.items()}
    names |= {(unit, str(each.pk)): each.name for each in Unit.objects.filter(pk__in=unit_keys)}
    return [
        ShownAct(
            act=act,
            who=people.get(act.actor_key, act.actor_key[:8]),
            what=verb_label(act.verb),
            on=names.get((act.object_type, act.object_key)) or _kind(act),
        )
        for act in acts
    ]


def _kind(act: Act) -> str:
    if not act.object_type:
        return ""
    try:
        kind = str(apps.get_model(act.object_type)._meta.verbose_name)
    except LookupError:
        kind = act.object_type
    return f"{kind} {act.object_key[:8]}"
