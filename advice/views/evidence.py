"""Evidence: what can be taken, what was taken, and the theme board."""

import uuid
from itertools import groupby

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from advice import evidence, rules
from advice.actions.evidence import place_finding, take_finding
from advice.forms import ObservationForm, PlacementForm, TakeForm
from advice.letters import wording
from advice.letters.charts import drawing
from advice.models import Finding, Letter, Theme
from dossiers.models import Dossier
from people.guards import SignedInRequest, permit, reveal, signed_in
from people.models import Person


def dossier_for(person: Person, key: uuid.UUID) -> Dossier:
    """The dossier behind ``key``, or 404 for who may not see it or does not conclude."""
    reveal(rules.may_conclude(person))
    return get_object_or_404(Dossier.objects.visible_to(person).with_clock(), key=key)


def findings_of(dossier: Dossier) -> QuerySet[Finding]:
    """The findings of a dossier with their place on the board; one query."""
    return Finding.objects.filter(dossier=dossier).select_related("placement", "superseded_by")


@signed_in
def evidence_page(request: SignedInRequest, key: uuid.UUID) -> HttpResponse:
    """What was taken, and from every source what can be."""
    dossier = dossier_for(request.user, key)
    findings = list(findings_of(dossier))
    taken = {(row.source, row.ref): row for row in findings}
    offered = []
    for source in evidence.sources():
        groups = [
            (
                group,
                [(offer, taken.get((source.name, offer.ref))) for offer in group.offers],
            )
            for group in source.offers(dossier, request.user)
        ]
        if groups:
            offered.append((source, groups))
    return render(
        request,
        "advice/evidence.html",
        {
            "dossier": dossier,
            "findings": findings,
            "offered": offered,
            "may_take": rules.may_take_findings(request.user, dossier),
            "letter": Letter.objects.visible_to(request.user).filter(dossier=dossier).first(),
        },
    )


@signed_in
@require_POST
def take(request: SignedInRequest, key: uuid.UUID) -> HttpResponse:
    """Use something in the dossier: freeze it as a finding."""
    dossier = dossier_for(request.user, key)
    permit(rules.may_take_findings(request.user, dossier))
    form = TakeForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose what you want to use."))
        return redirect("advice:evidence", dossier.key)
    data = form.cleaned_data
    try:
        draft = evidence.source_named(data["source"]).draft(data["ref"], dossier, request.user)
    except evidence.NotDisclosed as reason:
        messages.error(request, str(reason))
        return redirect("advice:evidence", dossier.key)
    finding = take_finding(request.user, dossier, draft, theme=data["theme"] or Theme.UNSORTED)
    messages.success(request, _("Frozen as finding %(number)s.") % {"number": finding.number})
    return redirect(f"{reverse('advice:evidence', args=[dossier.key])}#bevinding-{finding.number}")


@signed_in
def observe(request: SignedInRequest, key: uuid.UUID) -> HttpResponse:
    """Write down a finding of the council's own."""
    dossier = dossier_for(request.user, key)
    permit(rules.may_take_findings(request.user, dossier))
    form = ObservationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        finding = take_finding(request.user, dossier, form.draft, theme=form.cleaned_data["theme"])
        messages.success(request, _("Frozen as finding %(number)s.") % {"number": finding.number})
        return redirect("advice:evidence", dossier.key)
    return render(request, "advice/observe.html", {"form": form, "dossier": dossier})


@signed_in
def finding_page(request: SignedInRequest, key: uuid.UUID) -> HttpResponse:
    """One finding in full, and its place on the board."""
    finding = get_object_or_404(
        Finding.objects.visible_to(request.user).select_related(
            "dossier__secrecy", "placement", "superseded_by", "supersedes", "taken_by"
        ),
        key=key,
    )
    may_take = rules.may_take_findings(request.user, finding.dossier)
    form = PlacementForm(request.POST or None, instance=finding.placement)
    if request.method == "POST":
        permit(may_take)
        if form.is_valid():
            place_finding(request.user, finding, **form.cleaned_data)
            messages.success(request, _("Saved."))
            return redirect(finding)
    has_figures = bool(finding.figures.cells)
    return render(
        request,
        "advice/finding.html",
        {
            "finding": finding,
            "dossier": finding.dossier,
            "form": form,
            "may_take": may_take,
            "period": wording.period(finding),
            "response": wording.response(finding),
            "table": wording.table(finding) if has_figures else None,
            "group_table": wording.group_table(finding) if has_figures else None,
            "drawing": drawing(wording.chart(finding)) if has_figures else "",
        },
    )


@signed_in
def board(request: SignedInRequest, key: uuid.UUID) -> HttpResponse:
    """The theme board: arguments, alternatives, conditions, minority views; topics together."""
    dossier = dossier_for(request.user, key)
    rows = [
        row
        for row in findings_of(dossier)
        if not hasattr(row, "superseded_by") and not row.placement.set_aside
    ]
    columns = []
    for theme in Theme:
        lying = [row for row in rows if row.placement.theme == theme]
        lying.sort(key=lambda row: (row.placement.topic.casefold(), row.number))
        topics = [
            (topic, list(group))
            for topic, group in groupby(lying, key=lambda row: row.placement.topic)
        ]
        columns.append((theme, topics, len(lying)))
    return render(
        request,
        "advice/board.html",
        {
            "dossier": dossier,
            "columns": columns,
            "themes": Theme.choices,
            "conflicts": _side_by_side(rows),
            "may_take": rules.may_take_findings(request.user, dossier),
        },
    )


def _side_by_side(rows: list[Finding]) -> list[tuple[str, list[Finding]]]:
    """Topics on which findings lie under different themes: they may speak against each other."""
    by_topic: dict[str, list[Finding]] = {}
    for row in rows:
        if row.placement.topic:
            by_topic.setdefault(row.placement.topic.casefold(), []).append(row)
    return [
        (group[0].placement.topic, group)
        for group in by_topic.values()
        if len({row.placement.theme for row in group}) > 1
    ]


@signed_in
@require_POST
def place(request: SignedInRequest, key: uuid.UUID) -> HttpResponse:
    """Move a finding to another theme, from the board."""
    finding = get_object_or_404(
        Finding.objects.visible_to(request.user).select_related("dossier__secrecy", "placement"),
        key=key,
    )
    permit(rules.may_take_findings(request.user, finding.dossier))
    theme = request.POST.get("theme", "")
    if theme in Theme.values:
        now = finding.placement
        place_finding(
            request.user,
            finding,
            theme=theme,
            topic=now.topic,
            remark=now.remark,
            set_aside=now.set_aside,
        )
    else:
        messages.error(request, _("Choose where the finding lies."))
    return redirect("advice:board", finding.dossier.key)
