"""Which blocks of a draft are in another newsletter too, so that nobody sends a thing twice.

An unsent draft is easily forgotten, and the next draft of its series holds the same news again. It
is marked, not refused: the same thing may well go to two audiences.
"""

from __future__ import annotations

from collections import defaultdict

from django.db.models import Q

from newsletter.models import Block, Issue

MOST = 3
"""Newsletters that are named for one block."""
Thing = tuple[str, str]
"""A block's kind and the key of what it shows."""


def elsewhere(issue: Issue) -> dict[Thing, list[Issue]]:
    """The other newsletters that hold what this one does, those still to go out first.

    Left out is what repeats on purpose: the rest of a stopped one, and writing to who has not
    answered yet.
    """
    if issue.names_nobody:
        return {}
    things = {(block.kind, block.object_key) for block in issue.blocks.all() if block.object_key}
    others = Block.objects.filter(
        object_key__in={key for _kind, key in things},
        issue__waiting_for=None,
        issue__stopped_at=None,
    )
    on_purpose = Q(issue=issue) | Q(issue__rest_of=issue) | Q(issue=issue.rest_of_id)
    found: dict[Thing, list[Issue]] = defaultdict(list)
    elsewhere = list(others.exclude(on_purpose).order_by("-issue"))
    issues = Issue.objects.with_secrets(None).in_bulk({block.issue_id for block in elsewhere})
    for block in elsewhere:
        holders, holder = found[block.kind, block.object_key], issues[block.issue_id]
        if (block.kind, block.object_key) in things and holder not in holders:
            holders.append(holder)
    return {
        thing: sorted(holders, key=lambda each: each.is_sent)[:MOST]
        for thing, holders in found.items()
        if holders
    }
