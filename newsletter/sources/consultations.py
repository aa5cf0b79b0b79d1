"""Polls, surveys, open questions and statements in a newsletter."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from newsletter.blocks import Card, Kind, Option, new_keys
from people.models import COUNCIL_ROLES, Person
from polls.models import Consultation, ConsultationKind, Elector, State
from polls.questions import pointing


def choices() -> Iterable[tuple[str, str]]:
    """Those that are open now."""
    for consultation in Consultation.objects.for_everyone().open().order_by("-opened_at")[:50]:
        kind = str(consultation.get_kind_display()).capitalize()
        yield str(consultation.key), f"{kind}: {consultation.title}"


def find(keys: Collection[str]) -> Mapping[str, Consultation]:
    """Open and closed ones alike: a closed one says so, and where to look."""
    consultations = Consultation.objects.for_everyone().exclude(
        state__in=[State.DRAFT, State.SCHEDULED]
    )
    wanted = [UUID(key) for key in keys]
    asked = consultations.filter(key__in=wanted).select_related("questionnaire")
    return {str(each.key): each for each in asked.prefetch_related(*pointing.PREFETCH)}


def fresh(since: datetime, told: Collection[str]) -> Iterable[str]:
    """Opened since, and open now."""
    opened = Consultation.objects.for_everyone().open().filter(opened_at__gt=since)
    return new_keys(opened.order_by("opened_at"), told)


def card(consultation: Consultation) -> Card:
    """What is asked, until when, and how private it is; the answers to a poll of one question."""
    words = pointing.words_of(consultation)
    note = ""
    if consultation.is_open and consultation.closes_at:
        closing = date_format(localtime(consultation.closes_at), "j F, H:i")
        note = _("Open until %(moment)s.") % {"moment": closing}
    elif not consultation.is_open:
        note = _("Closed: you can no longer answer.")
    if consultation.is_open and consultation.is_anonymous and not consultation.is_small:
        promise = _("Anonymous: nobody can see what you answer.")
        note = f"{note} {promise}".strip()
    text, action = words.question, _("Give your answer")
    if consultation.kind == ConsultationKind.STATEMENTS:
        text, action = "", _("To the statements")
        if consultation.is_open:
            text = _(
                "You see one statement at a time and say whether you agree, disagree or would"
                " rather pass. Stop whenever you like: every vote you send counts."
            )
    options = words.answers if consultation.is_open else ()
    return Card(
        title=words.title,
        path=consultation.get_absolute_url(),
        label=str(consultation.get_kind_display()).capitalize(),
        text=text,
        note=note,
        action=action if consultation.is_open else _("Have a look"),
        options=tuple(Option(each.label, each.path) for each in options),
    )


def readers(consultation: Consultation) -> Q:
    """Those who were asked."""
    return Q(asked_in(consultation, by_code=False))


def known_to(consultation: Consultation) -> Q:
    """Those who were asked, with a letter as well, and the council, which sees every question."""
    return asked_in(consultation) | Person.objects.held(*COUNCIL_ROLES)


def asked_in(consultation: int | Consultation, **narrowed: Any) -> Exists:
    """Whether a person is in the electorate, as one look in its index for each."""
    electors = Elector.objects.filter(consultation=consultation, **narrowed)
    return Exists(electors.filter(person=OuterRef("pk")))


CONSULTATIONS = Kind(
    name="consultation",
    label=gettext_lazy("Poll, survey or statements"),
    icon="ask",
    choices=choices,
    find=find,
    card=card,
    readers=readers,
    fresh=fresh,
    known_to=known_to,
)
