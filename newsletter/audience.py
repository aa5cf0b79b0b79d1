"""Who gets an issue: a question to the database, never a list in memory."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import (
    CharField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Cast, Coalesce, Lower, Replace
from django.utils.translation import gettext as _

from newsletter.models import AudienceRole, Issue, OptOut, Subscription
from newsletter.names import full_name
from outbox.models import Delivery, State, Suppression
from people.models import COUNCIL_ROLES, Person
from polls.models import Consultation, Elector


def too_few() -> str:
    """Why an issue for who has not answered cannot go out."""
    return _(
        "Fewer than ten colleagues still have to answer. Writing to so few would show who they are."
    )


def chosen(issue: Issue) -> QuerySet[Person]:
    """Everyone the issue is for, with or without an address."""
    people = meant(issue)
    if issue.waiting_for_id is not None:
        waiting = Elector.objects.filter(
            consultation=issue.waiting_for_id, took_part=False, by_code=False
        )
        people = people.filter(Exists(waiting.filter(person=OuterRef("pk"))))
    if issue.rest_of is not None:
        people = people.filter(~Exists(got(issue.rest_of)))
    return people


def meant(issue: Issue) -> QuerySet[Person]:
    """Everyone the issue may be shown to, whether they answered and got it or not."""
    if issue.waiting_for_id is not None:
        return asked(issue.waiting_for_id)
    if issue.role == AudienceRole.COUNCIL:
        people = Person.objects.holding(*COUNCIL_ROLES)
    else:
        people = Person.objects.readership()
    if issue.role == AudienceRole.SUBSCRIBERS:
        people = people.filter(pk__in=Subscription.objects.values("person"))
    if issue.units.exists():
        people = people.filter(unit__in=issue.units.values("pk"))
    if issue.sites.exists():
        people = people.filter(site__in=issue.sites.values("pk"))
    if issue.selection is not None:
        people = people.in_selection(issue.selection)
    return people


def asked(consultation: int) -> QuerySet[Person]:
    """Who was asked something that is open and no secret, and answers by signing in."""
    going = Consultation.objects.for_everyone().open().filter(pk=consultation)
    invited = Elector.objects.filter(consultation__in=going, by_code=False)
    return Person.objects.employed().filter(pk__in=invited.values("person"))


def got(issue: Issue) -> QuerySet[Delivery]:
    """The mails of an issue that went out to the person asked about, or may have."""
    return Delivery.objects.annotate(
        key=Replace(Cast(OuterRef("key"), CharField()), Value("-"), Value(""))
    ).filter(
        mailing=issue.mailing_id,
        recipient_key=F("key"),
        state__in=[State.SENT, State.SENDING, State.UNKNOWN],
    )


def with_address(people: QuerySet[Person]) -> QuerySet[Person]:
    """Those of them who have an address: their own private one, else that of the staff list."""
    private = Subscription.objects.filter(person=OuterRef("pk")).exclude(address="")
    return people.annotate(
        mail_address=Coalesce(
            Subquery(private.values("address")[:1]), Lower("email"), output_field=CharField()
        )
    ).exclude(mail_address="")


def opted_out() -> Exists:
    """Whether somebody (``with_address``) unsubscribed, under this address or an earlier one."""
    return Exists(
        OptOut.objects.filter(
            Q(address__iexact=OuterRef("mail_address")) | Q(person=OuterRef("pk"))
        )
    )


def suppressed() -> Exists:
    """Whether mail to somebody (``with_address``) comes back."""
    return Exists(Suppression.objects.filter(address=OuterRef("mail_address")))


def reachable(people: QuerySet[Person]) -> QuerySet[Person]:
    """Those who have an address, did not unsubscribe, and whose mail does not come back."""
    return with_address(people).filter(~opted_out(), ~suppressed())


def receives(person: Person) -> bool:
    """Whether newsletters go to this person."""
    alone = Person.objects.get_queryset().filter(pk=person.pk)
    return with_address(alone).filter(~opted_out()).exists()


def private_addresses() -> QuerySet[Subscription]:
    """The subscription behind an address that somebody gave for themselves (``OuterRef``)."""
    return Subscription.objects.filter(address__iexact=OuterRef("address"))


def suppressed_people() -> QuerySet[Suppression]:
    """Suppressed addresses, the newest first, with whose they are (``person_name``)."""
    owner = Person.objects.employed().filter(email__iexact=OuterRef("address"))
    name = owner.annotate(full=full_name()).values("full")[:1]
    return Suppression.objects.annotate(
        person_name=Subquery(name), is_private=Exists(private_addresses())
    ).order_by("-since", "pk")


@dataclass(frozen=True)
class Reach:
    """How many an issue is for, and how many of them mail reaches.

    ``is_rounded``: it is for who has not answered. ``mails`` is then rounded down to tens and the
    other numbers are not told, since small ones would point at people.
    """

    people: int
    without_address: int
    unsubscribed: int
    suppressed: int
    mails: int
    is_rounded: bool = False


def reach(issue: Issue) -> Reach:
    """Counted now; sending counts again."""
    people = chosen(issue)
    mails = reachable(people).count()
    if issue.names_nobody:
        return Reach(0, 0, 0, 0, issue.told(mails), is_rounded=True)
    total = people.count()
    addressed = with_address(people)
    return Reach(
        people=total,
        without_address=total - addressed.count(),
        unsubscribed=addressed.filter(opted_out()).count(),
        suppressed=addressed.filter(~opted_out(), suppressed()).count(),
        mails=mails,
    )
