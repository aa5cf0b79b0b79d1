"""Imposing and lifting secrecy."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from dossiers import actions, rules
from dossiers.forms import LiftForm, SecrecyForm
from dossiers.views.dossier import dossier_for
from people.guards import SignedInRequest, permit, signed_in
from people.models import COUNCIL_ROLES, Person


@signed_in
def impose(request: SignedInRequest, key: uuid.UUID) -> HttpResponse:
    """Record secrecy, or change whom and what it covers."""
    found = dossier_for(request.user, key)
    permit(rules.may_impose_secrecy(request.user, found))
    if found.is_secret:
        lock = found.secrecy
        initial = {
            "imposed_by": lock.imposed_by,
            "scope": lock.scope,
            "until": lock.until,
            "exempt": lock.exempt.all(),
        }
    else:
        initial = {"exempt": Person.objects.holding(*COUNCIL_ROLES)}
    form = SecrecyForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        actions.impose_secrecy(request.user, found, **form.cleaned_data)
        messages.success(
            request, _("Secrecy is recorded. From now on only the exempt see this dossier.")
        )
        return redirect(found)
    return render(request, "dossiers/secrecy.html", {"form": form, "dossier": found})


@signed_in
def lift(request: SignedInRequest, key: uuid.UUID) -> HttpResponse:
    """Lift secrecy, with the reason."""
    found = dossier_for(request.user, key)
    permit(rules.may_lift_secrecy(request.user, found))
    form = LiftForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.lift_secrecy(request.user, found, reason=form.cleaned_data["reason"])
        messages.success(request, _("Secrecy is lifted."))
        return redirect(found)
    return render(request, "dossiers/lift.html", {"form": form, "dossier": found})
