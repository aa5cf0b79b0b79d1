"""What each channel brought lately, from what the portal counts without persons.

The portal does not count who opened or read what, so a post counts by its comments and a
newsletter by the links that were followed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.db.models import Count, F, OuterRef, Subquery, Sum
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from blogs.lifecycle import CommentState
from blogs.models import Comment, Post
from dossiers.models import Channel, PlanStep
from groups.models import Group, Listing, Membership
from listening.models import ConversationNote, Message
from live.models import HourState, Question, QuestionHour
from newsletter.models import Issue, IssueState, Link
from people.models import Person
from polls.models import Consultation, State

DAYS = 90


@dataclass(frozen=True)
class Reach:
    """One channel: what was done, how many it went to, and how many reactions came back.

    None: the portal does not know, or may not tell.
    """

    name: str
    done: str
    reached: int | None
    reactions: int | None
    unit: str = ""
    """What a reaction is here."""
    percent: int | None = None
    """Of the most reactions on any channel, for its bar."""


def reach_of(person: Person, today: date, days: int = DAYS) -> list[Reach]:
    """The channels that were used in the last ``days``; a constant number of queries."""
    since = today - timedelta(days=days)
    made = [
        *_consultations(person, since),
        *_newsletters(person, since),
        *_posts(person, since),
        *_question_hours(person, since),
        *_groups(),
        *_conversations(person, since),
        *_elsewhere(person, since),
    ]
    most = max((each.reactions or 0 for each in made), default=0) or 1
    return [
        Reach(
            each.name, each.done, each.reached, each.reactions, each.unit,
            None if each.reactions is None else round(100 * each.reactions / most),
        )
        for each in made
    ]  # fmt: skip


def _from(since: date) -> datetime:
    return timezone.make_aware(datetime.combine(since, time.min))


def _consultations(person: Person, since: date) -> Iterable[Reach]:
    told = (
        Consultation.objects.visible_to(person)
        .filter(state=State.CLOSED, closed_on__gte=since, participants__gte=F("total_threshold"))
        .order_by()
        .aggregate(n=Count("pk"), asked=Sum("electorate_size"), answered=Sum("participants"))
    )
    if n := told["n"]:
        done = _("%(n)d closed") % {"n": n}
        yield Reach(_("Questions to staff"), done, told["asked"], told["answered"], _("answers"))


def _newsletters(person: Person, since: date) -> Iterable[Reach]:
    sent = Issue.objects.visible_to(person).filter(state=IssueState.SENT, sent_at__gte=_from(since))
    clicks = Link.objects.filter(issue=OuterRef("pk")).order_by().values("issue")
    told = (
        sent.order_by()
        .annotate(clicked=Subquery(clicks.annotate(all=Sum("clicks")).values("all")))
        .aggregate(n=Count("pk"), mails=Sum("mailing__sent"), followed=Sum("clicked"))
    )
    if n := told["n"]:
        done = _("%(n)d sent") % {"n": n}
        yield Reach(
            _("Newsletter"), done, told["mails"], told["followed"] or 0, _("links followed")
        )


def _posts(person: Person, since: date) -> Iterable[Reach]:
    published = Post.objects.visible_to(person).published()
    n = published.filter(published_at__gte=_from(since)).count()
    comments = (
        Comment.objects.filter(
            post__in=published.order_by().values("pk"),
            state=CommentState.VISIBLE,
            created_at__gte=_from(since),
        )
        .order_by()
        .count()
    )
    if n or comments:
        done = _("%(n)d published") % {"n": n}
        yield Reach(_("Posts"), done, None, comments, _("comments"))


def _question_hours(person: Person, since: date) -> Iterable[Reach]:
    held = QuestionHour.objects.visible_to(person).filter(
        ends_at__gte=_from(since), ends_at__lte=timezone.now()
    )
    held = held.exclude(state=HourState.DRAFT).order_by()
    questions = Question.objects.filter(question_hour__in=held.values("pk"))
    told = questions.order_by().aggregate(n=Count("pk"))
    if n := held.count():
        done = _("%(n)d held") % {"n": n}
        yield Reach(_("Question hours"), done, None, told["n"], _("questions"))


def _groups() -> Iterable[Reach]:
    """Groups that everyone may find; that another exists is not told. No reactions: what is said
    in a group stays there."""
    listed = Group.objects.filter(listing=Listing.LISTED, closed_on=None)
    told = Membership.objects.filter(group__in=listed.values("pk")).aggregate(
        groups=Count("group", distinct=True), members=Count("person", distinct=True)
    )
    if n := told["groups"]:
        members = told["members"] if told["members"] >= settings.TOTAL_THRESHOLD else None
        yield Reach(
            _("Closed groups"),
            _("%(n)d in the list") % {"n": n},
            members,
            None,
        )


def _conversations(person: Person, since: date) -> Iterable[Reach]:
    notes = ConversationNote.objects.visible_to(person).filter(held_on__gte=since).order_by()
    told = notes.aggregate(n=Count("pk"), spoken=Sum("people_spoken"))
    if n := told["n"]:
        done = _("%(n)d noted") % {"n": n}
        yield Reach(_("Conversations"), done, told["spoken"], None)
    written = Message.objects.visible_to(person).filter(received_on__gte=since).order_by().count()
    if written:
        done = _("%(n)d received") % {"n": written}
        yield Reach(_("Messages to the council"), done, None, written, _("messages"))


OUTSIDE = (Channel.POSTER, Channel.LINKEDIN, Channel.FACEBOOK, Channel.X, Channel.OTHER)
"""Channels the portal counts nothing of: the plan holds what the council filled in."""


def _elsewhere(person: Person, since: date) -> Iterable[Reach]:
    rows = (
        PlanStep.objects.visible_to(person)
        .filter(channel__in=OUTSIDE, planned_on__range=(since, timezone.localdate()))
        .order_by()
        .values("channel")
        .annotate(n=Count("pk"), went_to=Sum("reach"), came_back=Sum("reactions"))
    )
    found = {row["channel"]: row for row in rows}
    for channel in OUTSIDE:
        if row := found.get(channel):
            done = ngettext("%(n)d step", "%(n)d steps", row["n"]) % {"n": row["n"]}
            name = str(channel.label)
            yield Reach(
                name[0].upper() + name[1:], done, row["went_to"], row["came_back"], _("reactions")
            )
