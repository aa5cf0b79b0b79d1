"""Coming into a group by joining, asking or invitation; going out; who looks after it."""

import pytest
from django.urls import reverse

from groups import actions
from groups.models import Group, Invitation, Joining, JoinRequest, Listing, Membership
from people.models import Act, Person
from tests.cast import SignIn, make_person
from tests.groups.makers import make_group, make_moderator

pytestmark = pytest.mark.django_db


def test_the_council_starts_groups_and_employees_do_not(
    sign_in: SignIn, fatima: Person, sanne: Person, bakker: Person
) -> None:
    form = {
        "name": "Roosterpraat",
        "purpose": "Over roosters",
        "listing": "listed",
        "joining": "open",
        "history": "shared",
    }
    assert sign_in(sanne).post("/groepen/nieuw/", form).status_code == 403
    assert sign_in(bakker).post("/groepen/nieuw/", form).status_code == 404
    assert sign_in(fatima).post("/groepen/nieuw/", form).status_code == 302
    group = Group.objects.get()
    assert group.memberships.get().is_moderator


def test_a_secret_group_is_by_invitation_only(sign_in: SignIn, fatima: Person) -> None:
    form = {
        "name": "Stil",
        "purpose": "Stil",
        "listing": "unlisted",
        "joining": "open",
        "history": "shared",
    }
    assert sign_in(fatima).post("/groepen/nieuw/", form).status_code == 400
    assert not Group.objects.exists()


def test_an_open_group_is_joined_at_once(sign_in: SignIn, sanne: Person, omar: Person) -> None:
    group = make_group(sanne, joining=Joining.OPEN)
    url = reverse("groups:join", args=[group.key])
    for _twice in range(2):
        assert sign_in(omar).post(url).status_code == 302
    assert group.memberships.filter(person=omar).count() == 1


@pytest.mark.parametrize("joining", [Joining.REQUEST, Joining.INVITATION])
def test_other_groups_are_not_joined_at_once(
    sign_in: SignIn, sanne: Person, omar: Person, joining: Joining
) -> None:
    group = make_group(sanne, joining=joining)
    assert sign_in(omar).post(reverse("groups:join", args=[group.key])).status_code == 403
    assert not group.memberships.filter(person=omar).exists()


def test_a_request_is_decided_by_a_moderator_only(
    sign_in: SignIn, sanne: Person, omar: Person, fatima: Person
) -> None:
    group = make_group(sanne, fatima)
    sign_in(omar).post(reverse("groups:ask", args=[group.key]), {"words": "Ik werk ook 's nachts"})
    asked = JoinRequest.objects.get()
    let_in = reverse("groups:let_in", args=[asked.key])
    assert sign_in(fatima).post(let_in).status_code == 403
    assert sign_in(omar).post(let_in).status_code == 404
    page = sign_in(sanne).get(reverse("groups:members", args=[group.key])).content.decode()
    assert "Ik werk ook &#x27;s nachts" in page
    assert sign_in(sanne).post(let_in).status_code == 302
    assert group.memberships.filter(person=omar).exists()
    assert not JoinRequest.objects.exists()


def test_a_declined_request_says_so_and_may_be_renewed(
    sign_in: SignIn, sanne: Person, omar: Person
) -> None:
    group = make_group(sanne)
    actions.decline_request(actions.ask_to_join(omar, group, ""))
    client = sign_in(omar)
    assert "afgewezen" in client.get(group.get_absolute_url()).content.decode()
    client.post(reverse("groups:ask", args=[group.key]), {"words": "Toch graag"})
    assert JoinRequest.objects.get().declined_on is None


def test_an_invitation_opens_the_door_of_a_secret_group_to_the_invited_only(
    sign_in: SignIn, sanne: Person, omar: Person, fatima: Person
) -> None:
    group = make_group(sanne, listing=Listing.UNLISTED, joining=Joining.INVITATION)
    make_moderator(sanne, group)
    sign_in(sanne).post(reverse("groups:invite", args=[group.key]), {"person": str(omar.key)})
    assert group.name in sign_in(omar).get("/groepen/").content.decode()
    assert sign_in(fatima).get(group.get_absolute_url()).status_code == 404
    join = reverse("groups:join", args=[group.key])
    assert sign_in(fatima).post(join).status_code == 404
    assert sign_in(omar).post(join).status_code == 302
    assert not Invitation.objects.exists()


def test_a_declined_invitation_closes_the_door_again(
    sign_in: SignIn, sanne: Person, omar: Person
) -> None:
    group = make_group(sanne, listing=Listing.UNLISTED, joining=Joining.INVITATION)
    actions.invite(group, omar, sanne)
    client = sign_in(omar)
    client.post(reverse("groups:decline_invitation", args=[group.key]))
    assert client.get(group.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("who", ["bakker", "wim", "eva"])
def test_who_does_not_read_the_portal_is_not_found_and_not_invited(
    sign_in: SignIn, request: pytest.FixtureRequest, sanne: Person, who: str
) -> None:
    person: Person = request.getfixturevalue(who)
    group = make_group(sanne)
    client = sign_in(sanne)
    page = client.get(reverse("groups:members", args=[group.key]), {"q": person.family_name})
    assert person.full_name not in page.content.decode()
    invited = client.post(reverse("groups:invite", args=[group.key]), {"person": str(person.key)})
    assert invited.status_code == 404


def test_colleagues_are_found_by_part_of_a_name(
    sign_in: SignIn, sanne: Person, omar: Person
) -> None:
    group = make_group(sanne)
    url = reverse("groups:members", args=[group.key])
    assert "Omar Haddad" in sign_in(sanne).get(url, {"q": "had om"}).content.decode()
    assert "Omar Haddad" not in sign_in(sanne).get(url, {"q": "o"}).content.decode()


def test_the_last_moderator_stays_until_there_is_another(
    sign_in: SignIn, sanne: Person, omar: Person
) -> None:
    group = make_group(sanne, omar)
    leave = reverse("groups:leave", args=[group.key])
    assert sign_in(sanne).post(leave).status_code == 403
    sign_in(sanne).post(
        reverse("groups:set_seniority", args=[group.memberships.get(person=omar).key])
    )
    assert sign_in(sanne).post(leave).status_code == 302


def test_the_last_one_out_closes_the_group(sanne: Person) -> None:
    group = make_group(sanne)
    actions.leave_group(group.memberships.get())
    group.refresh_from_db()
    assert group.is_closed


def test_a_group_whose_moderators_have_gone_can_be_taken_over(
    sign_in: SignIn, sanne: Person, omar: Person
) -> None:
    gone = make_person("Vertrokken")
    group = make_group(gone, sanne, omar)
    url = reverse("groups:become_moderator", args=[group.key])
    assert sign_in(sanne).post(url).status_code == 403
    gone.left_on = gone.hired_on
    gone.save()
    assert sign_in(sanne).post(url).status_code == 302
    assert sign_in(omar).post(url).status_code == 403


def test_members_do_not_change_members(
    sign_in: SignIn, sanne: Person, omar: Person, fatima: Person
) -> None:
    group = make_group(sanne, omar, fatima)
    other = group.memberships.get(person=fatima)
    for name in ("set_seniority", "remove_member"):
        url = reverse(f"groups:{name}", args=[other.key])
        assert sign_in(omar).post(url).status_code == 403
    sign_in(sanne).post(reverse("groups:remove_member", args=[other.key]))
    assert not Membership.objects.filter(pk=other.pk).exists()


def test_membership_by_others_is_logged_without_names_of_groups(
    sanne: Person, omar: Person
) -> None:
    group = make_group(sanne, name="kwikstaart")
    actions.let_in(actions.ask_to_join(omar, group, "kwikstaart"), sanne)
    actions.remove_member(group.memberships.get(person=omar), sanne)
    acts = list(Act.objects.filter(verb__startswith="groups."))
    assert [act.verb for act in acts] == ["groups.start", "groups.let_in", "groups.remove_member"]
    assert not any("kwikstaart" in str(vars(act)) for act in acts)


def test_history_and_aliases_cannot_be_changed_afterwards(sign_in: SignIn, sanne: Person) -> None:
    group = make_group(sanne)
    form = {
        "name": "Nieuw",
        "purpose": "x",
        "listing": "listed",
        "joining": "open",
        "history": "from_joining",
        "alias_allowed": "on",
    }
    sign_in(sanne).post(reverse("groups:settings", args=[group.key]), form)
    changed = Group.objects.get()
    assert (changed.name, changed.history, changed.alias_allowed) == ("Nieuw", "shared", False)


def test_a_closed_group_is_read_and_not_written(
    sign_in: SignIn, sanne: Person, omar: Person
) -> None:
    group = make_group(sanne, omar)
    close = reverse("groups:close", args=[group.key])
    assert sign_in(omar).post(close).status_code == 403
    assert sign_in(sanne).post(close).status_code == 302
    client = sign_in(omar)
    assert client.get(group.get_absolute_url()).status_code == 200
    start = reverse("groups:start_thread", args=[group.key])
    assert client.post(start, {"title": "x", "body": "y"}).status_code == 403
