"""Mail to an electorate: one form in each language, recipients chosen by the database alone.

Nobody composes a list: who has not taken part goes from one table to the other in one statement.
"""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from django.db.models import Case, CharField, F, IntegerField, QuerySet, TextField, Value, When
from django.db.models.functions import Cast, Concat, JSONObject, Lower, Replace
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import override

from dossiers.models import Dossier
from outbox.actions import add_rendering, open_mailing, queue_rows
from outbox.composing import compose
from outbox.emails import Letter
from outbox.filling import placeholder
from outbox.models import Lane, Mailing
from people.models import Person
from polls.models import Consultation, ElectorMailing, MailKind

LANGUAGES = ("nl", "en")


class Locked(ValueError):
    """The consultation is under secrecy: nothing about it goes out by mail."""


def write_to(
    consultation: Consultation, kind: MailKind, electors: QuerySet[Person], path: str = ""
) -> ElectorMailing:
    """Queue one mail to each of ``electors`` who has an address and still works here.

    ``path`` is where its button leads, by default the page to answer on. Raises ``Locked``.
    """
    with transaction.atomic():
        # Nobody imposes secrecy between this look and the rows that it would have to stop.
        if consultation.dossier_id is not None:
            Dossier.objects.select_for_update().filter(pk=consultation.dossier_id).first()
        if not Consultation.objects.for_everyone().filter(pk=consultation.pk).exists():
            raise Locked(str(consultation.key))
        mailing = open_mailing(f"{consultation.title} ({kind.label})", lane=Lane.BULK)
        renderings = {
            language: _rendering(consultation, kind, mailing, language, path)
            for language in LANGUAGES
        }
        reached = queue_rows(mailing, _rows(electors, renderings))
        return ElectorMailing.objects.create(
            consultation=consultation, kind=kind, mailing=mailing, recipients=reached
        )


def _rows(electors: QuerySet[Person], renderings: dict[str, int]) -> QuerySet[Person]:
    by_language = [When(language=name, then=Value(pk)) for name, pk in renderings.items()]
    return (
        electors.exclude(email="")
        .annotate(
            mail_address=Lower("email"),
            mail_name=Concat(F("given_name"), Value(" "), F("family_name")),
            mail_key=Replace(Cast("key", CharField()), Value("-"), Value("")),
            mail_values=JSONObject(
                given=Case(
                    When(given_name="", then=F("family_name")),
                    default=F("given_name"),
                    output_field=TextField(),
                )
            ),
            mail_rendering=Case(
                *by_language, default=Value(renderings["nl"]), output_field=IntegerField()
            ),
        )
        .order_by()
    )


def _rendering(
    consultation: Consultation, kind: MailKind, mailing: Mailing, language: str, path: str
) -> int:
    path = path or reverse("polls:consultation", args=[consultation.key])
    with override(language):
        closes = consultation.closes_at
        context = {
            "title": consultation.title,
            "given": placeholder("given"),
            "url": f"{settings.PORTAL_URL}{path}",
            "closes": date_format(timezone.localtime(closes), "j F Y H:i") if closes else "",
            "is_anonymous": consultation.is_anonymous,
            "is_small": consultation.is_small,
        }
        letter = Letter(f"polls/{kind.value}", context, language)
    body = compose(
        subject=letter.subject,
        sender=settings.DEFAULT_FROM_EMAIL,
        text=letter.text,
        html=letter.html,
        extra={"Content-Language": language, "Auto-Submitted": "auto-generated"},
    )
    return add_rendering(mailing, language, subject=letter.subject, body=body).pk
