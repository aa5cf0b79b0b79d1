"""Slips: clicks and answers that wait, sealed, and are counted many at a time.

The key is not in the database. A dump tells how many slips wait for an issue, and nothing of what
is on them; every slip is as long as any other. docs/newsletter.md has the whole design.
"""

from __future__ import annotations

import hmac
import os
from collections import Counter
from datetime import datetime, timedelta
from functools import lru_cache
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import transaction
from django.db.models import Count, F

from newsletter.models import Issue, Link, ReaderGroup, Said, Slip, SlipKind, Usefulness
from people.models import Person
from polls.models import LOWEST_THRESHOLD

COUNTED_FOR = timedelta(days=30)
"""So long after an issue went out clicks and answers are counted; then what waits is forgotten."""
SIZE = 48
NONCE = 12
MOST = 5_000


def least_in_all() -> int:
    """Fewer readers are not counted at all."""
    return max(int(settings.TOTAL_THRESHOLD), LOWEST_THRESHOLD)


def least_in_group() -> int:
    """Fewer readers make no group."""
    return max(int(settings.GROUP_THRESHOLD), LOWEST_THRESHOLD)


def least_at_once() -> int:
    """Fewer slips are not opened together."""
    return max(least_in_group(), 10)


def is_counting(issue: Issue, now: datetime) -> bool:
    """Whether clicks and answers still count."""
    return issue.sent_at is not None and now < issue.sent_at + COUNTED_FOR


def drop_click(link: Link, group: ReaderGroup | None) -> None:
    """Let a click wait."""
    content = f"{link.pk}:{group.pk if group and link.is_for_all else 0}"
    _drop(link.issue, SlipKind.CLICK, content)


@transaction.atomic
def drop_answer(person: Person, issue: Issue, *, useful: bool) -> bool:
    """Let an answer wait; False for who answered before, whatever they said."""
    _said, is_first = Said.objects.get_or_create(issue=issue, mark=mark_of(person, issue))
    if is_first:
        _drop(issue, SlipKind.USEFUL, "yes" if useful else "no")
    return is_first


def has_answered(person: Person, issue: Issue) -> bool:
    """Whether an answer of theirs came in."""
    return Said.objects.filter(issue=issue, mark=mark_of(person, issue)).exists()


def mark_of(person: Person, issue: Issue) -> str:
    """What stands for a person at one issue, and can be made by nobody without the key."""
    key = _key(settings.URN_KEY, issue.key, b"mark")
    return hmac.digest(key, person.key.bytes, "sha256").hex()


def count_waiting() -> int:
    """Count every batch that is large enough; how many slips that were."""
    waiting = Slip.objects.order_by().values("issue", "kind").annotate(number=Count("pk"))
    ready = [each for each in waiting if each["number"] >= least_at_once()]
    return sum(count_batch(each["issue"], each["kind"]) for each in ready)


@transaction.atomic
def count_batch(issue_pk: int, kind: str) -> int:
    """Open what waits, add it up and destroy it, in one transaction; 0 where too little waits."""
    issue = Issue.objects.select_for_update().get(pk=issue_pk)
    slips = list(Slip.objects.filter(issue=issue, kind=kind)[:MOST])
    if len(slips) < least_at_once():
        return 0
    said = Counter(_unseal(issue, kind, bytes(slip.sealed)) for slip in slips)
    if kind == SlipKind.CLICK:
        _add_clicks(said)
    else:
        answers = Usefulness.objects.filter(issue=issue)
        answers.update(yes=F("yes") + said["yes"], no=F("no") + said["no"])
    Slip.objects.filter(pk__in=[slip.pk for slip in slips]).delete()
    return len(slips)


def forget(now: datetime) -> None:
    """Destroy what still waits of issues that are no longer counted, and who answered for them."""
    old = Issue.objects.filter(sent_at__lte=now - COUNTED_FOR).values("pk")
    Slip.objects.filter(issue__in=old).delete()
    Said.objects.filter(issue__in=old).delete()


def _add_clicks(said: Counter[str]) -> None:
    links: Counter[int] = Counter()
    groups: Counter[int] = Counter()
    for content, times in said.items():
        link, _colon, group = content.partition(":")
        links[int(link)] += times
        groups[int(group)] += times
    touched = list(Link.objects.filter(pk__in=links))
    for each in touched:
        each.clicks += links[each.pk]
    Link.objects.bulk_update(touched, ["clicks"])
    counted = list(ReaderGroup.objects.filter(pk__in=groups))
    for group_of in counted:
        group_of.clicks += groups[group_of.pk]
    ReaderGroup.objects.bulk_update(counted, ["clicks"])


def _drop(issue: Issue, kind: SlipKind, content: str) -> None:
    nonce = os.urandom(NONCE)
    key = _key(settings.URN_KEY, issue.key, b"slip")
    sealed = AESGCM(key).encrypt(nonce, content.encode().ljust(SIZE), kind.encode())
    Slip.objects.create(issue=issue, kind=kind, sealed=nonce + sealed)


def _unseal(issue: Issue, kind: str, sealed: bytes) -> str:
    key = _key(settings.URN_KEY, issue.key, b"slip")
    return AESGCM(key).decrypt(sealed[:NONCE], sealed[NONCE:], kind.encode()).decode().rstrip()


@lru_cache(maxsize=256)
def _key(urn_key: str, issue_key: UUID, purpose: bytes) -> bytes:
    info = b"orportaal newsletter " + purpose + b" " + issue_key.bytes
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=info).derive(urn_key.encode())
