"""The sections that several roles have on their start page."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from advice.models import LetterRelease
from blogs.models import Post
from dossiers.markdown import to_text
from groups.conversation import groups_with_new
from groups.models import Group, Invitation
from listening.models import OfficeHour
from live.models import QuestionHour
from orportal.navigation import url_of
from orportal.start.shapes import Question, Row, moment
from people import rules
from people.models import Person
from polls.models import Consultation

SHORT = 5
"""How many rows a section shows before it leads to the page with all of them."""


def closing(consultation: Consultation) -> str:
    """When it closes, in words."""
    if consultation.closes_at is None:
        return _("Open until the council closes it")
    return _("Closes %(when)s") % {"when": moment(consultation.closes_at)}


def questions_for(person: Person) -> list[Question]:
    """The consultations that wait for this person, the first to close first."""
    waiting = (
        Consultation.objects.waiting_for(person)
        .select_related("questionnaire")
        .order_by("closes_at", "pk")[:SHORT]
    )
    return [question(each) for each in waiting]


def question(consultation: Consultation) -> Question:
    """A consultation as it is laid before who may answer."""
    if not consultation.is_anonymous:
        trust, word = "named", _("With your name")
    elif consultation.is_small:
        trust, word = "confidential", _("Confidential")
    else:
        trust, word = "anonymous", _("Anonymous")
    soon = timezone.now() + timedelta(days=2)
    return Question(
        title=consultation.title,
        url=consultation.get_absolute_url(),
        text=to_text(consultation.questionnaire.introduction),
        closes=closing(consultation),
        closes_soon=consultation.closes_at is not None and consultation.closes_at < soon,
        trust=trust,
        trust_word=word,
    )


def news(person: Person) -> list[Row]:
    """The last posts and short updates of the council."""
    posts = Post.objects.visible_to(person).published().select_related("author")[:3]
    return [
        Row(
            title=each.name,
            url=each.get_absolute_url(),
            text=each.excerpt(28) if each.title else "",
            facts=(
                each.author.full_name,
                date_format(timezone.localtime(each.published_at)) if each.published_at else "",
            ),
        )
        for each in posts
    ]


def released_results(person: Person) -> list[Row]:
    """Results that this person may read, the newest first."""
    audiences = ["director", "staff"] if rules.is_director(person) else ["staff"]
    seen = Consultation.objects.visible_to(person).released_to(*audiences)
    return [
        Row(
            title=each.title,
            url=reverse("polls:results", args=[each.key]),
            facts=(
                _("Closed on %(day)s") % {"day": date_format(each.closed_on)}
                if each.closed_on
                else "",
                ngettext(
                    "%(count)d colleague answered", "%(count)d colleagues answered", each.counted
                )
                % {"count": each.counted},
            ),
        )
        for each in seen.closed().order_by("-closed_on", "-pk")[:SHORT]
    ]


def letters(person: Person) -> list[Row]:
    """The letters of the council that were released to this person, the newest first."""
    found = LetterRelease.objects.visible_to(person).select_related("letter")[:SHORT]
    return [
        Row(
            title=each.letter.subject,
            url=each.get_absolute_url(),
            facts=(
                capfirst(each.letter.get_kind_display()),
                date_format(timezone.localtime(each.to_staff_at or each.released_at)),
            ),
            tag=each.letter.get_verdict_display() if each.letter.verdict else "",
        )
        for each in found
    ]


def groups_of(person: Person, seen: Mapping[int, datetime]) -> list[Row]:
    """Invitations first, then the person's groups, those with something new above.

    ``seen`` is what this device remembers of groups with aliases (``groups.devices.seen_on``).
    """
    invitations = Invitation.objects.filter(person=person).select_related("group")[:SHORT]
    mine = list(Group.objects.mine(person).filter(closed_on=None))
    new = groups_with_new(person, mine, seen)
    mine.sort(key=lambda group: group.pk not in new)
    return [
        Row(
            title=each.group.name,
            url=each.group.get_absolute_url(),
            tag=_("You are invited"),
            tone="wait",
        )
        for each in invitations
    ] + [
        Row(
            title=each.name,
            url=each.get_absolute_url(),
            tag=_("New") if each.pk in new else "",
            tone="live",
        )
        for each in mine[:SHORT]
    ]


def agenda(person: Person) -> list[Row]:
    """Question hours and office hours that are coming or going on."""
    hours = QuestionHour.objects.visible_to(person).announced().order_by("starts_at")[:3]
    rows = [
        (
            hour.starts_at,
            Row(
                title=hour.title,
                url=hour.get_absolute_url(),
                facts=(moment(hour.starts_at), hour.place),
                tag=_("Now") if hour.state == "live" else _("Question hour"),
                tone="live" if hour.state == "live" else "calm",
            ),
        )
        for hour in hours
    ]
    offices = OfficeHour.objects.visible_to(person).coming().filter(cancelled_at=None)[:3]
    rows += [
        (
            office.starts_at,
            Row(
                title=office.subject or _("Come by with your question"),
                url=url_of("listening:office_hours"),
                facts=(moment(office.starts_at), office.place),
                tag=_("Office hour"),
                tone="calm",
            ),
        )
        for office in offices
    ]
    return [row for _at, row in sorted(rows, key=lambda pair: pair[0])][:SHORT]
