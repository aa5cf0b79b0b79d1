"""Themes in open answers: the council reads, ticks and files; the worker only suggests."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Prefetch, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from people.guards import SignedInRequest, permit, signed_in
from polls import rules
from polls.actions import suggesting, theming
from polls.forms.themes import AssignForm, ThemeNameForm
from polls.models import Consultation, OpenAnswer, Theme, ThemeRequest
from polls.questions.loading import schema_of
from polls.views.desk import consultation_for
from polls.views.texts import OpenOption, open_options

PER_PAGE = 50
EXAMPLES = 3
NONE = "geen"
"""The filter for answers that stand under no theme yet."""


@dataclass(frozen=True)
class Reading:
    """Which question is read, through which filter; what every link and form keeps."""

    question: str
    theme: str = ""
    words: str = ""
    page: str = ""

    @property
    def theme_key(self) -> UUID | None:
        """The theme it is narrowed to; None where it is to none."""
        return _uuid(self.theme)

    @property
    def query(self) -> str:
        """As an address has it."""
        kept = {
            "vraag": self.question,
            "thema": self.theme,
            "zoek": self.words,
            "page": self.page,
        }
        return urlencode({name: value for name, value in kept.items() if value})


class ThemeLine(NamedTuple):
    """One theme in the list: its number for the keyboard, how many, and whether it is open."""

    row: Theme
    number: int
    size: int
    percent: float
    is_chosen: bool
    others: list[Theme]


class SuggestionCard(NamedTuple):
    """A theme that may be there, with examples to judge it by."""

    row: Theme
    size: int
    examples: list[OpenAnswer]
    rest: list[OpenAnswer]


@signed_in
@require_GET
def themes(request: SignedInRequest, key: UUID) -> HttpResponse:
    """The themes of one question beside its answers."""
    consultation = _readable(request, key)
    options = open_options(schema_of(consultation.questionnaire))
    reading = _reading(request.GET, options)
    return render(request, "polls/themes.html", _context(consultation, options, reading))


@signed_in
@require_POST
def add(request: SignedInRequest, key: UUID) -> HttpResponse:
    """A new, empty theme."""
    consultation, reading = _posted(request, key)
    form = ThemeNameForm(request.POST)
    if form.is_valid():
        name = form.cleaned_data["name"]
        _tried(
            request, lambda: theming.add_theme(consultation, reading.question, name, request.user)
        )
    else:
        messages.error(request, _("Give the theme a name."))
    return _back(consultation, reading)


@signed_in
@require_POST
def assign(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Put the ticked answers under a theme, take them off it, or split them off."""
    consultation, reading = _posted(request, key)
    keys = OpenAnswer.objects.filter(consultation=consultation).to_question(reading.question)
    form = AssignForm(
        request.POST,
        themes=_real(consultation, reading.question),
        keys=keys.values_list("key", flat=True),
    )
    if not form.is_valid():
        messages.error(request, form.problem)
        return _back(consultation, reading)
    chosen, new = form.cleaned_data["answer"], form.cleaned_data["new"]
    theme: Theme | None = form.cleaned_data["theme"]
    if new and request.POST.get("go") == "split":
        source = get_object_or_404(_real(consultation, reading.question), key=reading.theme_key)
        _tried(request, lambda: theming.split_theme(source, new, chosen, request.user))
    elif new:
        _tried(request, lambda: _file_under_new(request, consultation, reading, new, chosen))
    elif theme is not None and request.POST.get("go") == "off":
        _tell_count(request, theming.unassign(theme, chosen, request.user))
    elif theme is not None:
        _tell_count(request, theming.assign(theme, chosen, request.user))
    return _back(consultation, reading, at=chosen[-1])


@signed_in
@require_POST
def change(request: SignedInRequest, key: UUID, theme: UUID) -> HttpResponse:
    """Rename a theme, merge it into another, or drop it."""
    consultation, reading = _posted(request, key)
    row = get_object_or_404(Theme, consultation=consultation, key=theme, is_suggested=False)
    go = request.POST.get("go")
    if go == "merge":
        others = _real(consultation, row.question).exclude(pk=row.pk)
        into = get_object_or_404(others, key=_uuid(request.POST.get("into", "")))
        theming.merge_themes(row, into, request.user)
        messages.success(request, _("Merged into “%(name)s”.") % {"name": into.name})
    elif go == "delete":
        theming.delete_theme(row, request.user)
        messages.success(request, _("The theme is gone; the answers are still there."))
    else:
        form = ThemeNameForm(request.POST)
        if form.is_valid():
            name = form.cleaned_data["name"]
            _tried(request, lambda: theming.rename_theme(row, name, request.user))
        else:
            messages.error(request, _("Give the theme a name."))
    if go in ("merge", "delete"):
        reading = Reading(reading.question)
    return _back(consultation, reading)


@signed_in
@require_POST
def suggest(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Ask the worker for suggestions."""
    consultation, reading = _posted(request, key)
    suggesting.ask_for_themes(consultation, reading.question, request.user)
    return _back(consultation, reading)


@signed_in
@require_POST
def judge(request: SignedInRequest, key: UUID, theme: UUID) -> HttpResponse:
    """Take a suggestion over, with the answers that were left ticked, or let it go."""
    consultation, reading = _posted(request, key)
    row = get_object_or_404(Theme, consultation=consultation, key=theme, is_suggested=True)
    if request.POST.get("go") != "accept":
        suggesting.dismiss_suggestion(row, request.user)
        return _back(consultation, reading)
    form = ThemeNameForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Give the theme a name."))
        return _back(consultation, reading)
    name = form.cleaned_data["name"]
    kept = [found for found in map(_uuid, request.POST.getlist("answer")) if found]
    _tried(request, lambda: theming.accept_suggestion(row, name, kept, request.user))
    return _back(consultation, reading)


def _readable(request: SignedInRequest, key: UUID) -> Consultation:
    consultation = consultation_for(request, key)
    permit(rules.may_read_results(request.user, consultation))
    return consultation


def _posted(request: SignedInRequest, key: UUID) -> tuple[Consultation, Reading]:
    consultation = _readable(request, key)
    options = open_options(schema_of(consultation.questionnaire))
    return consultation, _reading(request.POST, options)


def _reading(sent: object, options: list[OpenOption]) -> Reading:
    get: Callable[[str, str], str] = sent.get  # type: ignore[attr-defined]
    codes = [option.code for option in options]
    code = get("vraag", "")
    if code not in codes:
        code = codes[0] if codes else ""
    words = get("zoek", "").strip()[:100]
    return Reading(code, get("thema", "")[:40], words, get("page", "")[:6])


def _back(consultation: Consultation, reading: Reading, at: UUID | None = None) -> HttpResponse:
    place = f"#antwoord-{at}" if at else ""
    page = reverse("polls:themes", args=[consultation.key])
    return redirect(f"{page}?{reading.query}{place}")


def _tried(request: SignedInRequest, act: Callable[[], object]) -> None:
    try:
        act()
    except theming.NameTaken:
        messages.error(request, _("There is a theme of that name already."))
    except theming.TooMany:
        messages.error(request, _("That is more themes than can be told apart. Merge some first."))


def _file_under_new(
    request: SignedInRequest,
    consultation: Consultation,
    reading: Reading,
    name: str,
    chosen: Collection[UUID],
) -> None:
    theme = theming.add_theme(consultation, reading.question, name, request.user)
    _tell_count(request, theming.assign(theme, chosen, request.user))


def _tell_count(request: SignedInRequest, count: int) -> None:
    words = ngettext("%(n)d answer filed.", "%(n)d answers filed.", count)
    messages.success(request, words % {"n": count})


def _real(consultation: Consultation, question: str) -> QuerySet[Theme]:
    found = Theme.objects.filter(consultation=consultation, question=question, is_suggested=False)
    return found.order_by("position", "pk")


def _context(
    consultation: Consultation, options: list[OpenOption], reading: Reading
) -> dict[str, object]:
    answers = OpenAnswer.objects.filter(consultation=consultation).to_question(reading.question)
    total = answers.count()
    rows = list(_real(consultation, reading.question).annotate(size=Count("answers")))
    lines = [
        ThemeLine(
            row,
            number,
            row.size,
            100 * row.size / total if total else 0,
            row.key == reading.theme_key,
            [other for other in rows if other.pk != row.pk],
        )
        for number, row in enumerate(rows, start=1)
    ]
    confirmed = Prefetch("themes", Theme.objects.filter(is_suggested=False))
    filtered = _filtered(answers, reading).prefetch_related(confirmed).order_by("pk")
    asked = ThemeRequest.objects.filter(consultation=consultation, question=reading.question)
    return {
        "consultation": consultation,
        "options": options,
        "reading": reading,
        "chosen": next((line.row for line in lines if line.is_chosen), None),
        "lines": lines,
        "none": NONE,
        "total": total,
        "unfiled": answers.exclude(themes__is_suggested=False).count(),
        "page": Paginator(filtered, PER_PAGE).get_page(reading.page),
        "asked": asked.first(),
        "suggestions": _suggestions(consultation, reading.question),
    }


def _filtered(answers: QuerySet[OpenAnswer], reading: Reading) -> QuerySet[OpenAnswer]:
    if reading.words:
        answers = answers.filter(text__icontains=reading.words)
    if reading.theme == NONE:
        return answers.exclude(themes__is_suggested=False)
    if reading.theme_key is None:
        return answers
    return answers.filter(themes__key=reading.theme_key, themes__is_suggested=False)


def _suggestions(consultation: Consultation, question: str) -> list[SuggestionCard]:
    suggested = Theme.objects.filter(
        consultation=consultation, question=question, is_suggested=True
    ).prefetch_related(Prefetch("answers", OpenAnswer.objects.order_by("text", "pk")))
    cards = []
    for row in suggested:
        own = sorted(row.answers.all(), key=lambda answer: -_tells(row.name, answer.text))
        cards.append(SuggestionCard(row, len(own), own[:EXAMPLES], own[EXAMPLES:]))
    return cards


def _tells(name: str, text: str) -> int:
    """How many of the telling words a text holds: the examples are those that hold most."""
    lower = text.lower()
    return sum(word in lower for word in name.split(", "))


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
