"""Starting a group, coming in, and going out."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from groups import emails
from groups.models import (
    Group,
    History,
    Invitation,
    Joining,
    JoinRequest,
    Listing,
    Membership,
    Notice,
    Notify,
    Seniority,
)
from people.log import log_act
from people.models import Person


@dataclass(frozen=True)
class GroupText:
    """What a moderator decides about a group, and may decide again."""

    name: str
    purpose: str
    listing: Listing = Listing.LISTED
    joining: Joining = Joining.REQUEST


@transaction.atomic
def start_group(
    starter: Person,
    text: GroupText,
    *,
    history: History = History.FROM_JOINING,
    alias_allowed: bool = False,
) -> Group:
    """A new group with its starter as moderator. History and aliases are chosen for good."""
    group = Group.objects.create(
        name=text.name,
        purpose=text.purpose,
        listing=text.listing,
        joining=text.joining,
        history=history,
        alias_allowed=alias_allowed,
    )
    Membership.objects.create(group=group, person=starter, seniority=Seniority.MODERATOR)
    log_act(starter, "groups.start", group)
    return group


@transaction.atomic
def change_group(group: Group, text: GroupText) -> Group:
    """Change what may change."""
    group.name, group.purpose = text.name, text.purpose
    group.listing, group.joining = text.listing, text.joining
    group.save(update_fields=["name", "purpose", "listing", "joining"])
    return group


@transaction.atomic
def close_group(group: Group, actor: Person) -> None:
    """Nothing new is written; members keep reading."""
    group.closed_on = timezone.localdate()
    group.save(update_fields=["closed_on"])
    group.requests.all().delete()
    group.invitations.all().delete()
    log_act(actor, "groups.close", group)


@transaction.atomic
def join_group(person: Person, group: Group) -> Membership:
    """Come in; joining twice changes nothing."""
    membership, _created = Membership.objects.get_or_create(group=group, person=person)
    JoinRequest.objects.filter(group=group, person=person).delete()
    Invitation.objects.filter(group=group, person=person).delete()
    return membership


@transaction.atomic
def ask_to_join(person: Person, group: Group, words: str) -> JoinRequest:
    """Ask the moderators; asking again renews the request."""
    request, _created = JoinRequest.objects.update_or_create(
        group=group,
        person=person,
        defaults={"words": words, "asked_on": timezone.localdate(), "declined_on": None},
    )
    for membership in group.memberships.current().moderators().select_related("person"):
        emails.something_new(membership.person)
    return request


@transaction.atomic
def let_in(request: JoinRequest, moderator: Person) -> Membership:
    """Say yes to a request."""
    membership = join_group(request.person, request.group)
    emails.answered(request.person)
    log_act(moderator, "groups.let_in", request.group)
    return membership


@transaction.atomic
def decline_request(request: JoinRequest) -> None:
    """Say no; the person sees that, and may ask again."""
    request.declined_on = timezone.localdate()
    request.save(update_fields=["declined_on"])
    emails.answered(request.person)


@transaction.atomic
def invite(group: Group, person: Person, moderator: Person) -> Invitation:
    """Ask somebody in; the mail does not say to which group."""
    invitation, created = Invitation.objects.get_or_create(
        group=group, person=person, defaults={"invited_by": moderator}
    )
    if created:
        emails.invited(person)
        log_act(moderator, "groups.invite", group)
    return invitation


@transaction.atomic
def withdraw_invitation(invitation: Invitation) -> None:
    """Take an invitation back."""
    invitation.delete()


@transaction.atomic
def decline_invitation(person: Person, group: Group) -> None:
    """Say no to an invitation."""
    Invitation.objects.filter(group=group, person=person).delete()


@transaction.atomic
def leave_group(membership: Membership) -> None:
    """Go out. What was written stays; a group without members is closed."""
    group = membership.group
    membership.delete()
    if not group.memberships.exists():
        group.closed_on = group.closed_on or timezone.localdate()
        group.save(update_fields=["closed_on"])


@transaction.atomic
def remove_member(membership: Membership, moderator: Person) -> None:
    """Put somebody out of the group."""
    log_act(moderator, "groups.remove_member", membership.group)
    membership.delete()


@transaction.atomic
def set_seniority(membership: Membership, seniority: Seniority, actor: Person) -> None:
    """Make a member moderator, or a moderator member."""
    membership.seniority = seniority
    membership.save(update_fields=["seniority"])
    log_act(actor, "groups.set_seniority", membership.group)


@transaction.atomic
def set_notify(membership: Membership, notify: Notify) -> None:
    """Choose when mail comes; what was on its way follows the choice."""
    membership.notify = notify
    membership.save(update_fields=["notify"])
    if notify == Notify.NONE:
        Notice.objects.filter(membership=membership).delete()
