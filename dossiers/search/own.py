"""What dossiers itself lets be found: the dossiers, and the papers in them."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dossiers.models import Document, Dossier, Note, PlanStep, Request
from dossiers.search.sources import Kind, Shown, Source
from people import rules
from people.models import Person

DOSSIER = Kind("dossier", gettext_lazy("Dossiers"))
PAPER = Kind("paper", gettext_lazy("Papers and notes"))


def _notes(person: Person) -> QuerySet[Note]:
    """The council's, in the dossiers it sees."""
    if not rules.is_council(person):
        return Note.objects.none()
    return Note.objects.filter(dossier__in=Dossier.objects.visible_to(person))


def _requests(person: Person) -> QuerySet[Request]:
    """The council reads them in the dossiers it sees; who handed them in, on their own page."""
    if rules.is_council(person):
        return Request.objects.filter(dossier__in=Dossier.objects.visible_to(person))
    return Request.objects.visible_to(person)


def _show_dossier(dossier: Dossier, _person: Person) -> Shown:
    return Shown(
        dossier.title,
        dossier.get_absolute_url(),
        dossier.summary,
        label=dossier.get_kind_display(),
        detail=_("closed") if dossier.is_closed else "",
    )


def _show_document(document: Document, _person: Person) -> Shown:
    label = document.get_what_display().capitalize()
    return Shown(
        document.name, document.get_absolute_url(), label=label, detail=document.dossier.title
    )


def _show_note(note: Note, _person: Person) -> Shown:
    return Shown(note.dossier.title, note.dossier.get_absolute_url(), note.text, label=_("Note"))


def _show_request(request: Request, person: Person) -> Shown:
    where = request.dossier if rules.is_council(person) else request
    texts = (request.decision, request.reasons, request.consequences, request.measures)
    return Shown(
        request.title,
        where.get_absolute_url(),
        "\n\n".join(texts),
        label=_("Request of the director"),
    )


def _show_step(step: PlanStep, _person: Person) -> Shown:
    plan = reverse("dossiers:plan")
    if step.dossier is not None:
        plan = reverse("dossiers:dossier_plan", args=[step.dossier.key])
    return Shown(
        step.goal,
        plan,
        "\n\n".join((step.message, step.remark)),
        label=_("Communication plan"),
        detail=step.get_channel_display(),
    )


SOURCES = (
    Source(
        kind=DOSSIER,
        door=Dossier.objects.visible_to,
        title=("title",),
        text=("summary",),
        at="opened_at",
        show=_show_dossier,
    ),
    Source(
        kind=PAPER,
        door=Document.objects.visible_to,
        title=("name",),
        text=(),
        at="at",
        show=_show_document,
        related=("dossier",),
    ),
    Source(kind=PAPER, door=_notes, text=("text",), at="at", show=_show_note, related=("dossier",)),
    Source(
        kind=PAPER,
        door=_requests,
        title=("title",),
        text=("decision", "reasons", "consequences", "measures"),
        at="handed_in_at",
        show=_show_request,
        related=("dossier",),
    ),
    Source(
        kind=PAPER,
        door=PlanStep.objects.visible_to,
        title=("goal",),
        text=("message", "remark"),
        at="planned_on",
        show=_show_step,
        related=("dossier",),
    ),
)
