"""The start page of the council: what is due, what runs, what waits."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from advice import rules as advice_rules
from advice.models import Letter, LetterState, Vote
from blogs.models import Comment, Post
from dossiers import due
from listening.models import Message, Signal, SignalState
from newsletter.models import Issue
from orportal.navigation import url_of
from orportal.start.shapes import Question, Row
from orportal.start.shared import SHORT, agenda, closing, groups_of, questions_for
from people.models import Person
from people.rules import may_appoint, may_manage_roster
from polls.models import Consultation, Elector, State, VotingCode

DUE_WITHIN_DAYS = 45
SOON_DAYS = 7
PATIENCE_DAYS = 14
"""After so long a signal without an answer of the director is brought up."""


@dataclass(frozen=True)
class CouncilStart:
    """The start page of the council."""

    due: list[Row]
    running: list[Row]
    letters: list[Row]
    attention: list[Row]
    drafts: list[Row]
    questions: list[Question]
    groups: list[Row]
    agenda: list[Row]
    actions: list[Row] = field(default_factory=list)
    needs_roster: bool = False
    """Nobody is on the staff list yet, and this person can see to it: that comes first."""
    may_import: bool = False


def council_start(person: Person, seen: Mapping[int, datetime]) -> CouncilStart:
    """What is due and running, for someone of the council."""
    return CouncilStart(
        due=what_is_due(person),
        running=running_consultations(person),
        letters=letters_in_the_making(person),
        attention=asks_attention(person),
        drafts=drafts(person),
        questions=questions_for(person),
        groups=groups_of(person, seen),
        agenda=agenda(person),
        actions=quick_actions(),
        needs_roster=may_appoint(person) and not Person.objects.constituency().exists(),
        may_import=may_manage_roster(person),
    )


def what_is_due(person: Person) -> list[Row]:
    """The terms of dossiers and whatever else the apps count as due, the overdue first."""
    today = timezone.localdate()
    return [due_row(each, today) for each in due.of(person, today, DUE_WITHIN_DAYS)[:SHORT]]


def due_row(each: due.Due, today: date) -> Row:
    """One due thing, with the days that are left as its tag."""
    left = each.days_left(today)
    if left < 0:
        tag = ngettext("%(days)d day late", "%(days)d days late", -left) % {"days": -left}
        tone = "stop"
    elif left == 0:
        tag, tone = _("Today"), "stop"
    else:
        tag = ngettext("%(days)d day left", "%(days)d days left", left) % {"days": left}
        tone = "wait" if left <= SOON_DAYS else ""
    return Row(
        title=each.what[:1].upper() + each.what[1:],
        url=each.url,
        facts=(each.of, date_format(each.last_day)),
        tag=tag,
        tone=tone,
    )


def running_consultations(person: Person) -> list[Row]:
    """Open consultations with how many took part; never what they answered."""
    running = list(
        Consultation.objects.visible_to(person).open().order_by("closes_at", "pk")[:SHORT]
    )
    took_part = Counter(_took_part_by_signing_in(running))
    took_part.update(_took_part_by_code(running))
    return [
        Row(
            title=each.title,
            url=reverse("polls:desk", args=[each.key]),
            facts=(capfirst(each.get_kind_display()), closing(each)),
            count=took_part[each.pk],
            total=each.electorate_size,
        )
        for each in running
    ]


def _took_part_by_signing_in(consultations: list[Consultation]) -> dict[int, int]:
    marks = Elector.objects.filter(consultation__in=consultations, took_part=True)
    return dict(marks.order_by().values_list("consultation").annotate(Count("pk")))


def _took_part_by_code(consultations: list[Consultation]) -> dict[int, int]:
    used = VotingCode.objects.filter(consultation__in=consultations, used=True)
    return dict(used.order_by().values_list("consultation").annotate(Count("pk")))


def letters_in_the_making(person: Person) -> list[Row]:
    """Letters that were not released yet; one that waits for this person's vote says so."""
    found = Letter.objects.visible_to(person).exclude(state=LetterState.RELEASED)
    votes = Vote.objects.filter(person=person, round__closed_at=None)
    voted = set(votes.values_list("round__letter", flat=True))
    rows = []
    for each in found[:SHORT]:
        asked = advice_rules.may_vote(person, each) and each.pk not in voted
        rows.append(
            Row(
                title=each.subject,
                url=each.get_absolute_url(),
                facts=(capfirst(each.get_kind_display()),),
                tag=_("Your vote is asked") if asked else each.get_state_display(),
                tone="wait" if asked else "calm",
            )
        )
    return rows


def asks_attention(person: Person) -> list[Row]:
    """What waits for the council, as one line a sort; nothing waiting gives no line."""
    today = timezone.localdate()
    messages = Message.objects.visible_to(person).unanswered().count()
    signals = Signal.objects.visible_to(person)
    answered = signals.filter(state=SignalState.ANSWERED).count()
    comments = Comment.objects.visible_to(person).asking_attention().count()
    unsent = Issue.objects.visible_to(person).came_back().count()
    late = (
        signals.unanswered().filter(passed_on_on__lt=today - timedelta(days=PATIENCE_DAYS)).count()
    )
    lines = [
        (
            messages,
            "listening:index",
            ngettext(
                "%(count)d message to the council", "%(count)d messages to the council", messages
            ),
        ),
        (
            comments,
            "blogs:moderation",
            ngettext("%(count)d comment to look at", "%(count)d comments to look at", comments),
        ),
        (
            answered,
            "listening:signals",
            ngettext(
                "%(count)d answer of the director to report back",
                "%(count)d answers of the director to report back",
                answered,
            ),
        ),
        (
            unsent,
            "newsletter:index",
            ngettext(
                "%(count)d newsletter not sent, because of secrecy",
                "%(count)d newsletters not sent, because of secrecy",
                unsent,
            ),
        ),
        (
            late,
            "listening:signals",
            ngettext(
                "%(count)d signal without an answer for two weeks",
                "%(count)d signals without an answer for two weeks",
                late,
            ),
        ),
    ]
    return [
        Row(title=words % {"count": count}, url=url_of(name))
        for count, name, words in lines
        if count and url_of(name)
    ]


def drafts(person: Person) -> list[Row]:
    """What this person began and did not send yet."""
    begun = (
        Consultation.objects.visible_to(person)
        .filter(created_by=person, state__in=[State.DRAFT, State.SCHEDULED])
        .order_by("-created_at")[:SHORT]
    )
    rows = [
        Row(
            title=each.title,
            url=reverse("polls:desk", args=[each.key]),
            facts=(capfirst(each.get_kind_display()),),
            tag=each.get_state_display(),
            tone="wait" if each.state == State.SCHEDULED else "calm",
        )
        for each in begun
    ]
    posts = Post.objects.visible_to(person).in_the_making().filter(author=person)[:SHORT]
    return rows + [
        Row(
            title=each.name,
            url=each.get_absolute_url(),
            facts=(capfirst(each.get_kind_display()),),
            tag=each.get_state_display(),
            tone="calm",
        )
        for each in posts
    ]


def quick_actions() -> list[Row]:
    """What the council does most, one press away; ``text`` is the icon."""
    actions = [
        (_("Make a poll"), "polls:new", "ask"),
        (_("Write a post"), "blogs:write", "pencil"),
        (_("Compose a newsletter"), "newsletter:start", "mail"),
        (_("Write down a conversation"), "listening:note", "ear"),
    ]
    return [
        Row(title=label, url=url_of(name), text=icon)
        for label, name, icon in actions
        if url_of(name)
    ]
