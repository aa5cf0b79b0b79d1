"""Who holds which role, and giving and ending them."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from people import actions, rules
from people.forms import AddPersonForm, RoleForm
from people.guards import SignedInRequest, permit, signed_in
from people.models import Appointment, Person, Role


@signed_in
@require_safe
def roles(request: SignedInRequest) -> HttpResponse:
    """Every role with who holds it today, and who held it before."""
    permit(rules.may_see_roles(request.user))
    appointments = Appointment.objects.select_related("person", "person__unit").order_by(
        "person__family_name", "began_on"
    )
    rows = list(appointments)
    holders = [
        (role, [a for a in rows if a.role == role and a.is_current and a.person.is_active])
        for role in Role
    ]
    past = [a for a in rows if not (a.is_current and a.person.is_active)]
    past.sort(key=lambda a: a.ended_on or a.began_on, reverse=True)
    context = {
        "holders": holders,
        "past": past[:100],
        "may_appoint": rules.may_appoint(request.user),
    }
    return render(request, "people/roles.html", context)


@signed_in
@require_POST
def appoint(request: SignedInRequest, key: uuid.UUID) -> HttpResponse:
    """Give somebody a role from today."""
    person, role = _person_and_role(request, key)
    permit(rules.may_appoint_to(request.user, person, role))
    actions.appoint(person, role, request.user)
    messages.success(request, _("%(who)s is now %(role)s.") % {"who": person, "role": role.label})
    return redirect("people:person", person.key)


@signed_in
@require_POST
def end_role(request: SignedInRequest, key: uuid.UUID) -> HttpResponse:
    """End somebody's role from today; one's own too, unless nobody would be left to give roles."""
    person, role = _person_and_role(request, key)
    permit(role != Role.ADMINISTRATOR)
    try:
        actions.end_role(person, role, request.user)
    except actions.LastKeeper:
        messages.error(
            request,
            _(
                "This is the last chair or secretary. Give somebody else the role first; otherwise"
                " nobody is left who can."
            ),
        )
        return redirect("people:person", person.key)
    messages.success(
        request, _("%(who)s is no longer %(role)s.") % {"who": person, "role": role.label}
    )
    if rules.may_look_up_people(Person.objects.get(pk=request.user.pk)):
        return redirect("people:person", person.key)
    return redirect("people:roles")


def _person_and_role(request: SignedInRequest, key: uuid.UUID) -> tuple[Person, Role]:
    permit(rules.may_appoint(request.user))
    visible = Person.objects.get_queryset().visible_to(request.user).employed()
    person = get_object_or_404(visible, key=key)
    form = RoleForm(request.POST)
    permit(form.is_valid())
    return person, Role(form.cleaned_data["role"])


@signed_in
def add_person(request: SignedInRequest) -> HttpResponse:
    """Record somebody who is on no staff list, with the role they come for."""
    permit(rules.may_appoint(request.user))
    form = AddPersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        role = Role(data.pop("role"))
        try:
            person = actions.add_outsider(request.user, **data)
        except actions.AddressTaken:
            form.add_error("email", _("Somebody on record has this address already."))
        else:
            actions.appoint(person, role, request.user)
            messages.success(
                request, _("%(who)s is now %(role)s.") % {"who": person, "role": role.label}
            )
            return redirect("people:person", person.key)
    return render(request, "people/add_person.html", {"form": form})


@signed_in
@require_POST
def remove_person(request: SignedInRequest, key: uuid.UUID) -> HttpResponse:
    """End the access of somebody who is on no staff list."""
    permit(rules.may_appoint(request.user))
    visible = Person.objects.get_queryset().visible_to(request.user).employed()
    person = get_object_or_404(visible, key=key)
    permit(rules.may_remove(request.user, person))
    try:
        actions.remove_outsider(person, request.user)
    except actions.LastKeeper:
        messages.error(request, _("This is the last chair or secretary."))
        return redirect("people:person", person.key)
    messages.success(request, _("%s no longer has access.") % person)
    return redirect("people:roles")
