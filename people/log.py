"""The log of acts: append-only, hash-chained, without content (docs/trust.md)."""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime

from django.db import models, transaction
from django.utils import timezone
from django.utils.functional import Promise

from people.models import Act, LogHead, Person

_labels: dict[str, str | Promise] = {}


def register_verbs(labels: Mapping[str, str | Promise]) -> None:
    """Name an app's acts for who reads the log: ``{"dossiers.open": _("opened a dossier")}``."""
    _labels.update(labels)


def verb_label(verb: str) -> str:
    """The registered words for ``verb``, or the verb itself."""
    return str(_labels.get(verb, verb))


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


def first_broken_row() -> Act | None:
    """The first row that does not follow from the one before it, or None where the chain holds."""
    previous = ""
    for act in Act.objects.order_by("pk").iterator():
        if act.previous_hash != previous or act.row_hash != row_hash(act):
            return act
        previous = act.row_hash
    return None
