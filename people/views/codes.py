"""Letters with codes: for the people of a unit without a mailbox, or for one."""

import uuid
from collections.abc import Sequence

from django.contrib import messages
from django.db import models
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from people import actions, rules
from people.actions.codes import VALID_FOR
from people.forms import PrintCodesForm
from people.guards import SignedInRequest, permit, signed_in
from people.letters.printing import letters_as_pdf
from people.models import Person, Unit


@signed_in
@require_POST
def print_codes(request: SignedInRequest) -> HttpResponse:
    """Letters for everyone of a unit who has no address and has not come in yet."""
    permit(rules.may_manage_roster(request.user))
    form = PrintCodesForm(request.POST)
    if not form.is_valid():
        return redirect("people:roster")
    about: Unit = form.cleaned_data["unit"]
    awaiting = Person.objects.get_queryset().awaiting_letter().filter(unit=about)
    people = list(awaiting.select_related("unit", "site"))
    if not people:
        messages.info(request, _("Everyone of this unit has an address or came in already."))
        return redirect("people:roster")
    return _letters(request, people, about)


@signed_in
@require_POST
def print_code(request: SignedInRequest, key: uuid.UUID) -> HttpResponse:
    """A letter for one person; a code they had stops working."""
    permit(rules.may_manage_roster(request.user))
    people = Person.objects.employed().select_related("unit", "site")
    person = get_object_or_404(people, key=key)
    permit(rules.may_get_letter(person))
    return _letters(request, [person], person)


@signed_in
@require_POST
def revoke_code(request: SignedInRequest, key: uuid.UUID) -> HttpResponse:
    """Withdraw the code that somebody has."""
    permit(rules.may_manage_roster(request.user))
    person = get_object_or_404(Person.objects.employed(), key=key)
    if actions.revoke_codes(person, request.user):
        messages.success(request, _("The code no longer works."))
    return redirect("people:person", person.key)


def _letters(
    request: SignedInRequest, people: Sequence[Person], about: models.Model
) -> HttpResponse:
    letters = actions.make_codes(people, request.user, about)
    today = timezone.localdate()
    pdf = letters_as_pdf(letters, today, today + VALID_FOR)
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="brieven-{today:%Y-%m-%d}.pdf"'
    response["Cache-Control"] = "no-store"
    return response
