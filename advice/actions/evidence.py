"""Taking findings and sorting them."""

from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from advice.figures import Draft
from advice.models import Finding, Placement, Theme
from dossiers.models import Dossier
from people.log import log_act
from people.models import Person


@transaction.atomic
def take_finding(
    actor: Person,
    dossier: Dossier,
    draft: Draft,
    *,
    theme: str = Theme.UNSORTED,
    supersedes: Finding | None = None,
) -> Finding:
    """Freeze ``draft`` as the dossier's next finding.

    Taking the same thing again makes a new finding that supersedes the last one of it, with its
    place on the board: letters that cite the old one are told so.
    """
    locked = Dossier.objects.select_for_update().get(pk=dossier.pk)
    same = Finding.objects.filter(dossier=locked, source=draft.source, ref=draft.ref).current()
    before = supersedes or (same.order_by("-number").first() if draft.ref else None)
    last = Finding.objects.filter(dossier=locked).aggregate(last=Max("number"))["last"] or 0
    finding = Finding.objects.create(
        dossier=locked,
        number=last + 1,
        source=draft.source,
        ref=draft.ref,
        label=draft.label,
        url=draft.url,
        question=draft.question,
        statement=draft.statement,
        method=draft.method,
        since=date.fromisoformat(draft.since) if draft.since else None,
        dated_on=date.fromisoformat(draft.dated_on) if draft.dated_on else timezone.localdate(),
        invited=draft.invited,
        respondents=draft.respondents,
        figures_json=draft.figures.to_json(),
        quote=draft.quote if draft.quote_consent else "",
        quote_consent=bool(draft.quote and draft.quote_consent),
        taken_by=actor,
        supersedes=before,
    )
    place = Placement(finding=finding, theme=theme)
    if before is not None:
        old = Placement.objects.filter(finding=before).first()
        if old is not None:
            place.theme, place.topic, place.remark = old.theme, old.topic, old.remark
    place.save()
    log_act(actor, "advice.take_finding", finding)
    return finding


@transaction.atomic
def place_finding(
    actor: Person, finding: Finding, *, theme: str, topic: str, remark: str, set_aside: bool
) -> Placement:
    """Sort a finding on the board and say what the council makes of it."""
    placement, _created = Placement.objects.update_or_create(
        finding=finding,
        defaults={"theme": theme, "topic": topic, "remark": remark, "set_aside": set_aside},
    )
    log_act(actor, "advice.place_finding", finding)
    return placement
