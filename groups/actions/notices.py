"""Mail that there is something new: delayed, merged, and dropped once it has been read.

In groups with aliases there are no notices: who is left out as the writer, and who read in time,
would tell who wrote. There every member gets mail at one moment of the day, the writer too.
"""

from datetime import datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from groups import emails
from groups.models import Group, Notice, Notify, Thread
from people.models import Person

DELAY = timedelta(minutes=2)
DAILY_AT = time(7)


def announce(group: Group, author: Person, at: datetime) -> None:
    """Put a notice ready for every other member who wants mail; one waiting already is enough."""
    if group.alias_allowed:
        return
    members = (
        group.memberships.current()
        .exclude(notify=Notify.NONE)
        .exclude(person=author)
        .exclude(person__email="")
    )
    Notice.objects.bulk_create(
        [Notice(membership=member, due_at=_due(member.notify, at)) for member in members],
        ignore_conflicts=True,
    )


def forget_if_read(person: Person, group: Group) -> None:
    """Drop the notice of a member for whom nothing new is left."""
    if not _has_new(person, group):
        Notice.objects.filter(membership__group=group, membership__person=person).delete()


def send_due_notices(now: datetime) -> int:
    """Mail everyone whose notice is due, one mail a person; gives how many mails were posted."""
    people = set(
        Notice.objects.filter(due_at__lte=now).values_list("membership__person", flat=True)
    )
    return sum(_send_to(person, now) for person in Person.objects.employed().filter(pk__in=people))


def mail_alias_groups(now: datetime) -> int:
    """Once a day, mail all members of groups with aliases in which something appeared."""
    today = timezone.make_aware(datetime.combine(timezone.localdate(now), DAILY_AT))
    if now < today:
        return 0
    posted = 0
    for pk in Group.objects.filter(alias_allowed=True, mailed_upto__lt=today).values_list(
        "pk", flat=True
    ):
        with transaction.atomic():
            group = Group.objects.select_for_update().get(pk=pk)
            if group.mailed_upto >= today:
                continue
            has_new = group.threads.filter(last_at__gt=group.mailed_upto, last_at__lte=today)
            members = group.memberships.current().exclude(notify=Notify.NONE)
            if has_new.exists():
                for member in members.select_related("person"):
                    posted += emails.something_new(member.person)
            group.mailed_upto = today
            group.save(update_fields=["mailed_upto"])
    return posted


def _send_to(person: Person, now: datetime) -> int:
    """Claim this person's due notices by deleting them; mail where something is still unread."""
    with transaction.atomic():
        due = Notice.objects.filter(membership__person=person, due_at__lte=now)
        groups = list(Group.objects.filter(memberships__notice__in=due))
        claimed, _by_model = Notice.objects.filter(
            pk__in=list(due.values_list("pk", flat=True))
        ).delete()
        if not claimed or not any(_has_new(person, group) for group in groups):
            return 0
        return emails.something_new(person)


def _has_new(person: Person, group: Group) -> bool:
    return Thread.objects.readable_by(person).filter(group=group).new_for(person).exists()


def _due(notify: str, at: datetime) -> datetime:
    """Two minutes from now, or the next morning at seven."""
    if notify == Notify.DIRECT:
        return at + DELAY
    morning = timezone.make_aware(datetime.combine(timezone.localdate(at), DAILY_AT))
    if morning > at:
        return morning
    next_day = timezone.localdate(at) + timedelta(days=1)
    return timezone.make_aware(datetime.combine(next_day, DAILY_AT))
