"""Who gets an issue: a question to the database, never a list in memory."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Lower, Replace

from newsletter.models import AudienceRole, Issue, OptOut
from newsletter.names import full_name
from outbox.models import Delivery, State, Suppression
from people.models import COUNCIL_ROLES, Person


def chosen(issue: Issue) -> QuerySet[Person]:
    """Everyone the issue is for, with or without an address."""
    council = Person.objects.holding(*COUNCIL_ROLES)
    if issue.role == AudienceRole.COUNCIL:
        people = council
    else:
        people = Person.objects.employed().filter(
            Q(pk__in=Person.objects.constituency().values("pk")) | Q(pk__in=council.values("pk"))
        )
    units = issue.units.values("pk")
    if issue.units.exists():
        people = people.filter(unit__in=units)
    if issue.sites.exists():
        people = people.filter(site__in=issue.sites.values("pk"))
    if issue.rest_of is not None:
        people = people.filter(~Exists(got(issue.rest_of)))
    return people


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
    """Those of them who have an address at all."""
    return people.exclude(email="").annotate(mail_address=Lower("email"))


def reachable(people: QuerySet[Person]) -> QuerySet[Person]:
    """Those who have an address, did not unsubscribe, and whose mail does not come back."""
    opted_out = OptOut.objects.filter(address__iexact=OuterRef("mail_address"))
    suppressed = Suppression.objects.filter(address=OuterRef("mail_address"))
    return with_address(people).filter(~Exists(opted_out), ~Exists(suppressed))


def suppressed_people() -> QuerySet[Suppression]:
    """Suppressed addresses, the newest first, with whose they are (``person_name``)."""
    owner = Person.objects.employed().filter(email__iexact=OuterRef("address"))
    name = owner.annotate(full=full_name()).values("full")[:1]
    return Suppression.objects.annotate(person_name=Subquery(name)).order_by("-since", "pk")


@dataclass(frozen=True)
class Reach:
    """How many an issue is for, and how many of them mail reaches."""

    people: int
    without_address: int
    unsubscribed: int
    suppressed: int
    mails: int


def reach(issue: Issue) -> Reach:
    """Counted now; sending counts again."""
    people = chosen(issue)
    total = people.count()
    addressed = with_address(people)
    opted_out = OptOut.objects.filter(address__iexact=OuterRef("mail_address"))
    suppressed = Suppression.objects.filter(address=OuterRef("mail_address"))
    with_mail = addressed.count()
    unsubscribed = addressed.filter(Exists(opted_out)).count()
    mails = reachable(people).count()
    return Reach(
        people=total,
        without_address=total - with_mail,
        unsubscribed=unsubscribed,
        suppressed=addressed.filter(~Exists(opted_out), Exists(suppressed)).count(),
        mails=mails,
    )
