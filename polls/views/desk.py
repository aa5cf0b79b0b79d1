"""The council's page of one consultation: how it stands, and what can be done with it."""

from __future__ import annotations

from typing import NamedTuple
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from people.guards import SignedInRequest, permit, signed_in
from polls import rules
from polls.actions.closing import close_consultation, extend_consultation
from polls.actions.opening import CannotOpen, reasons_not_to_open, unschedule_consultation
from polls.actions.reaching import NotNow, remind
from polls.actions.retention import terms_of
from polls.disclosure import disclose
from polls.emails import Locked
from polls.forms.desk import ExtendForm
from polls.models import (
    Consultation,
    ConsultationKind,
    OpenAnswer,
    Outcome,
    Release,
    ReleaseAudience,
    State,
    Statement,
)
from polls.questions.loading import schema_of
from polls.views.opening import open_or_schedule, what_is_wrong
from polls.views.rendering import moment
from polls.views.response import response_context


def consultation_for(request: SignedInRequest, key: UUID) -> Consultation:
    """The one door for the council's pages: 404 for what is not visible, 403 for others."""
    found = Consultation.objects.visible_to(request.user).select_related(
        "questionnaire", "dossier", "created_by"
    )
    consultation = get_object_or_404(found, key=key)
    permit(rules.may_manage(request.user, consultation))
    return consultation


@signed_in
@require_GET
def desk(request: SignedInRequest, key: UUID) -> HttpResponse:
    """State, response, and the next step."""
    consultation = consultation_for(request, key)
    return render(request, "polls/desk.html", _context(request, consultation, ExtendForm()))


@signed_in
@require_POST
def open_now(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Open it, or let it open by itself at its time."""
    consultation = consultation_for(request, key)
    permit(rules.may_edit(request.user, consultation))
    try:
        open_or_schedule(consultation, request.user)
    except CannotOpen as refusal:
        context = _context(request, consultation, ExtendForm()) | {"reasons": refusal.reasons}
        return render(request, "polls/desk.html", context, status=409)
    if consultation.opens_at:
        messages.success(request, _("It opens by itself at the time you chose."))
    else:
        messages.success(request, _("It is open. Colleagues can answer now."))
    return redirect("polls:desk", key=key)


@signed_in
@require_POST
def unschedule(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Back to a draft."""
    consultation = consultation_for(request, key)
    unschedule_consultation(consultation, request.user)
    return redirect("polls:desk", key=key)


@signed_in
@require_POST
def close_now(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Take no more answers; the worker counts."""
    consultation = consultation_for(request, key)
    if close_consultation(consultation, request.user):
        messages.success(request, _("It is closed. The answers are being counted now."))
    else:
        messages.warning(request, _("It was not open any more."))
    return redirect("polls:desk", key=key)


@signed_in
@require_POST
def remind_now(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Mail those who have not taken part; who they are is shown to nobody."""
    consultation = consultation_for(request, key)
    permit(rules.may_remind(request.user, consultation))
    try:
        sent = remind(consultation, request.user)
    except NotNow:
        messages.warning(request, _("A reminder went out today already. Once a day is enough."))
    except Locked:
        messages.error(request, _("The dossier is under secrecy, so nothing goes out by mail."))
    else:
        count = sent.recipients
        words = ngettext(
            "%(n)d colleague gets a reminder.", "%(n)d colleagues get a reminder.", count
        )
        messages.success(request, words % {"n": count})
    return redirect("polls:desk", key=key)


@signed_in
@require_POST
def extend(request: SignedInRequest, key: UUID) -> HttpResponse:
    """A later closing time."""
    consultation = consultation_for(request, key)
    form = ExtendForm(request.POST)
    if not form.is_valid():
        context = _context(request, consultation, form)
        return render(request, "polls/desk.html", context, status=400)
    if extend_consultation(consultation, request.user, form.cleaned_data["closes_at"]):
        messages.success(request, _("The new closing time has been saved."))
    else:
        messages.warning(request, _("It was not open any more."))
    return redirect("polls:desk", key=key)


class ReleaseStep(NamedTuple):
    """One audience: who, since when they read the results, and whether this person may let them."""

    audience: str
    label: str
    released: Release | None
    may_release: bool
    texts: int
    is_before_director: bool

    @property
    def question(self) -> str:
        """What releasing means, before it is done."""
        if self.audience == ReleaseAudience.DIRECTOR:
            words = _(
                "The director reads the figures from now on. They cannot be changed any more."
            )
        else:
            words = _("All staff read the figures from now on. They cannot be changed any more.")
        lines = [words]
        if self.texts:
            along = ngettext(
                "%(n)d open answer goes along, in the words you allowed.",
                "%(n)d open answers go along, in the words you allowed.",
                self.texts,
            )
            lines.append(along % {"n": self.texts})
        if self.is_before_director:
            lines.append(_("The director does not read the results yet."))
        return " ".join(lines)

    @property
    def to_whom(self) -> str:
        """Beside "Release", for who does not see which row it stands in."""
        return _("to the director") if self.audience == ReleaseAudience.DIRECTOR else _("to staff")


def _release_steps(request: SignedInRequest, consultation: Consultation) -> list[ReleaseStep]:
    done = {each.audience: each for each in consultation.releases.defer("payload", "texts")}
    may = rules.may_release(request.user, consultation)
    audiences = (ReleaseAudience.DIRECTOR, ReleaseAudience.STAFF)
    waits = may and any(audience not in done for audience in audiences)
    cleared = OpenAnswer.objects.filter(consultation=consultation).cleared()
    texts = cleared.count() if waits else 0
    return [
        ReleaseStep(
            audience.value,
            str(audience.label),
            done.get(audience),
            may,
            texts,
            audience == ReleaseAudience.STAFF and ReleaseAudience.DIRECTOR not in done,
        )
        for audience in audiences
    ]


def _context(
    request: SignedInRequest, consultation: Consultation, form: ExtendForm
) -> dict[str, object]:
    is_draft = consultation.state == State.DRAFT
    was_opened = consultation.opened_at is not None
    schema = schema_of(consultation.questionnaire)
    releases = _release_steps(request, consultation) if consultation.is_closed else []
    return {
        **(response_context(disclose(consultation)) if was_opened else {}),
        "releases": releases,
        "unread_texts": OpenAnswer.objects.filter(consultation=consultation).unread().count()
        if any(step.may_release and not step.released for step in releases)
        else 0,
        "released_texts": any(step.texts for step in releases),
        "reminded_today": consultation.reminded_on == timezone.localdate(),
        "outcome": Outcome.objects.filter(consultation=consultation).first(),
        "consultation": consultation,
        "schema": schema,
        "closes": moment(consultation),
        "terms": terms_of(consultation),
        "extend_form": form,
        "waiting_statements": Statement.objects.filter(consultation=consultation).waiting().count()
        if consultation.kind == ConsultationKind.STATEMENTS
        else 0,
        "shared_unread": OpenAnswer.objects.filter(consultation=consultation).unread().count()
        if schema.shared and consultation.is_open
        else 0,
        "may_print": rules.may_print_codes(request.user, consultation),
        "may_read_named": rules.may_read_named_answers(request.user, consultation),
        "may_enter_paper": rules.may_enter_paper(request.user, consultation),
        "paper_waiting": consultation.paper_entries.count() if consultation.is_open else 0,
        "may_edit": rules.may_edit(request.user, consultation),
        "may_compare": rules.may_compare(request.user, consultation),
        "may_read_results": rules.may_read_results(request.user, consultation),
        "to_do": what_is_wrong(consultation) + reasons_not_to_open(consultation)
        if is_draft
        else [],
    }
