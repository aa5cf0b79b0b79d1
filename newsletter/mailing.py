"""From an issue to a mailing: editions rendered once each, recipients queued by one query."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.db.models import (
    Case,
    CharField,
    Count,
    IntegerField,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Cast, JSONObject, Left, Replace
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from newsletter.audience import chosen, reachable
from newsletter.editions import LANGUAGES, Edition, Part, Reader, edition, parts_of, unsubscribe_url
from newsletter.grouping import make_groups
from newsletter.links import Counted, Noted
from newsletter.models import LEAST_WAITING, Block, Issue, IssueState, Trial, Usefulness
from newsletter.names import full_name, given_name
from newsletter.slips import least_in_all
from newsletter.stopping import asked_under, dossiers_of, hold, is_locked
from outbox import emails
from outbox.actions import add_rendering, open_mailing, queue_rows
from outbox.composing import compose
from outbox.filling import placeholder
from outbox.models import Lane, Mailing
from people.log import log_act
from people.models import Person

FILLED = Reader(name=placeholder("given"), token=placeholder("token"))
TRIAL_TOKEN = "proef"  # noqa: S105  (no secret: it opens nothing)


@transaction.atomic
def hand_over(issue: Issue) -> bool:
    """Queue a due issue with the outbox, once; whether this call did it.

    It is a draft again where something in it became secret since it was sent on its way (its
    subject and its own words may speak of that, so a person has to look), where nothing can be
    shown any more, and where the last waiting colleagues are too few to write to.
    """
    locked = Issue.objects.select_for_update().get(pk=issue.pk)
    if locked.state != IssueState.SCHEDULED or not locked.send_at:
        return False
    if locked.send_at > timezone.now():
        return False
    parts = held_parts_of(locked)
    became_secret = is_locked(locked)
    too_few = locked.names_nobody and reachable(chosen(locked)).count() < LEAST_WAITING
    if became_secret or not parts or too_few:
        locked.state, locked.send_at, locked.sent_by = IssueState.DRAFT, None, None
        if became_secret:
            locked.stopped_at = timezone.now()
            log_act(None, "newsletter.stop", locked)
        locked.save(update_fields=["state", "send_at", "sent_by", "stopped_at"])
        return False
    keep_words(parts)
    mailing = open_mailing(locked.subject, lane=Lane.BULK)
    queue_rows(mailing, rows(locked, parts, mailing))
    locked.mailing, locked.state, locked.sent_at = mailing, IssueState.SENT, timezone.now()
    locked.save(update_fields=["mailing", "state", "sent_at"])
    locked.dossiers.set(dossiers_of(parts) | asked_under(locked))
    return True


def held_parts_of(issue: Issue) -> list[Part]:
    """``parts_of``, with their dossiers held until the transaction ends.

    Whoever imposes secrecy holds the dossier too. So either the lock is there already and keeps the
    block out, or it comes after us and finds this issue among those to stop.
    """
    known = set(issue.dossiers.values_list("pk", flat=True))
    hold(known | dossiers_of(parts_of(issue)) | asked_under(issue))
    return parts_of(issue)


def keep_words(parts: list[Part]) -> None:
    """Keep what each card says now, in each language, for the archive."""
    blocks: list[Block] = []
    for part in parts:
        words: dict[str, Any] = {}
        for language in LANGUAGES:
            with override(language):
                card = part.card
            if card is not None:
                words[language] = card.as_data()
        part.block.snapshot = words
        blocks.append(part.block)
    Block.objects.bulk_update(blocks, ["snapshot"])


def rows(issue: Issue, parts: list[Part], mailing: Mailing) -> QuerySet[Person]:
    """The readers, each with the rendering of what they may see; see ``queue_rows``.

    For each block that is not for everyone the database works out who may see it; the renderings
    are one for each combination that occurs. Who may see nothing at all gets no mail.
    """
    narrowed = [part for part in parts if part.readers is not None]
    flags = {f"sees_{part.block.pk}": seen_if(part.readers) for part in narrowed}
    people = reachable(chosen(issue)).annotate(
        mail_language=Case(
            When(language="en", then=Value("en")), default=Value("nl"), output_field=CharField()
        ),
        **flags,
    )
    combinations = [
        Combination(
            when=found,
            readers=readers,
            parts=[part for part in parts if found.get(f"sees_{part.block.pk}", 1)],
        )
        for *values, readers in people.order_by()
        .values_list("mail_language", *flags)
        .annotate(Count("mail_address", distinct=True))
        for found in [dict(zip(["mail_language", *flags], values, strict=True))]
    ]
    combinations = [each for each in combinations if each.parts]
    everyone = sum(each.readers for each in combinations)
    rewrite = Counted(issue, readers_of_links(issue, combinations), everyone)
    asks = issue.asks_useful and everyone >= least_in_all()
    if asks:
        Usefulness.objects.create(issue=issue)
    choice: list[When] = []
    for number, each in enumerate(combinations):
        language = each.when["mail_language"]
        made = edition(issue, each.parts, language, reader=FILLED, rewrite=rewrite, asks=asks)
        rendering = add_rendering(
            mailing,
            f"{made.language}-{number}",
            subject=made.subject,
            body=form(made),
        )
        choice.append(When(**each.when, then=Value(rendering.pk)))
    chosen_rendering = (
        Case(*choice, default=Value(None), output_field=IntegerField())
        if choice
        else Value(None, output_field=IntegerField())
    )
    readers = people.annotate(mail_rendering=chosen_rendering).filter(mail_rendering__isnull=False)
    return readers.annotate(
        mail_name=Left(full_name(), 200),
        mail_key=Replace(Cast("key", CharField()), Value("-"), Value("")),
        mail_values=JSONObject(given=given_name(), group=make_groups(issue, readers)),
    )


@dataclass(frozen=True)
class Combination:
    """Readers who get the same edition: the condition for it, how many they are, what they see."""

    when: dict[str, Any]
    readers: int
    parts: list[Part]


def readers_of_links(issue: Issue, combinations: list[Combination]) -> Counter[str]:
    """In how many mails each link will stand."""
    readers: Counter[str] = Counter()
    for each in combinations:
        noted = Noted()
        edition(issue, each.parts, each.when["mail_language"], reader=FILLED, rewrite=noted)
        readers.update(dict.fromkeys(noted.codes, each.readers))
    return readers


def seen_if(readers: Q | None) -> Case:
    """1 for people that a block is for, 0 for the others."""
    return Case(When(readers or Q(), then=Value(1)), default=Value(0), output_field=IntegerField())


def form(made: Edition) -> bytes:
    """An edition as a message with placeholders, and the headers that let readers leave."""
    host = urlsplit(settings.PORTAL_URL).hostname or "localhost"
    return compose(
        subject=made.subject,
        sender=settings.DEFAULT_FROM_EMAIL,
        text=made.text,
        html=made.html,
        extra={
            "Content-Language": made.language,
            "List-Id": f"<nieuwsbrief.{host}>",
            "List-Unsubscribe": f"<{unsubscribe_url(placeholder('token'))}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Precedence": "bulk",
        },
    )


@transaction.atomic
def send_trial(issue: Issue, to: Person, language: str) -> bool:
    """One test mail to ``to``, all blocks in it, nothing counted; False without an address."""
    if not to.email:
        return False
    parts = held_parts_of(issue)
    made = edition(issue, parts, language, reader=Reader(to.get_short_name(), TRIAL_TOKEN))
    words = replace(made, subject=_("Test: %(subject)s") % {"subject": made.subject})
    posted = emails.post_letter(to, words, language=language, priority=Lane.URGENT)
    trial = Trial.objects.create(issue=issue, mailing=posted)
    trial.dossiers.set(dossiers_of(parts) | asked_under(issue))
    return True
