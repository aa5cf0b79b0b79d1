"""Evidence from polls, surveys, open questions and statements, as they may be disclosed."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import replace

from django.utils import translation
from django.utils.formats import localize
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advice.evidence import NotDisclosed, Offer, OfferGroup, by_key
from advice.figures import Cell, Draft, Figures, Group
from advice.letters import wording
from advice.letters.compose import LANGUAGE
from advice.sources import quotes, rounds, trends
from advice.sources.trends import as_cell
from dossiers.models import Dossier
from people.models import Person
from polls.disclosure import Disclosure, ItemResult, QuestionResult, ThemeCount, disclose
from polls.disclosure.comparing import Comparison
from polls.models import Consultation, ConsultationKind, Mode
from polls.questions.schema import Kind
from polls.statements.shapes import OPINION

GROUP = "group"
"""The code of the breakdown by the roster's property."""
RESPONSE = "response"
"""The ref of the response itself, beside those of the questions."""


class ConsultationSource:
    """What staff answered, question by question."""

    name = "polls"
    label = gettext_lazy("Questions to staff")

    def offers(self, dossier: Dossier, person: Person) -> Iterable[OfferGroup]:
        """The questions of every closed consultation of the dossier."""
        closed = (
            Consultation.objects.visible_to(person)
            .filter(dossier=dossier, closed_on__isnull=False)
            .select_related("questionnaire")
        )
        quoted = quotes.offers(closed)
        compared = trends.comparisons(closed, dossier, person)
        for consultation in closed:
            shown = disclose(consultation)
            offers = [Offer(f"{consultation.key}:{RESPONSE}", _("The response, per group"))]
            offers += rounds.offers(consultation, shown)
            for question in shown.questions:
                offers.extend(_offers_of(consultation, question, shown))
            offers += trends.offers(consultation, compared.get(consultation.pk))
            if shown.suppressed_reason:
                offers = offers[:1]
            else:
                offers.extend(quoted.get(consultation.pk, ()))
            yield OfferGroup(
                consultation.title,
                consultation.get_absolute_url(),
                tuple(offers),
                _("%(n)d of %(total)d answered") % {"n": shown.took_part, "total": shown.invited},
            )

    def draft(self, ref: str, dossier: Dossier, person: Person) -> Draft:
        """One question, or a row of a matrix, or the themes of an open one; or the response."""
        key, _colon, code = ref.partition(":")
        try:
            wanted = uuid.UUID(key)
        except ValueError as error:
            raise NotDisclosed(_("This result is not there.")) from error
        consultation = (
            Consultation.objects.visible_to(person)
            .filter(dossier=dossier, key=wanted)
            .select_related("questionnaire")
            .first()
        )
        if consultation is None:
            raise NotDisclosed(_("This result is not there."))
        with translation.override(LANGUAGE):
            is_round = consultation.kind == ConsultationKind.STATEMENTS
            shown = disclose(consultation, OPINION if is_round else GROUP)
            if not consultation.is_closed:
                raise NotDisclosed(_("Results can be used once the consultation is closed."))
            if code == RESPONSE:
                return _response(consultation, shown)
            if code in (rounds.AGREED, rounds.GROUPS):
                return _round(consultation, shown, code)
            if code.startswith(trends.THEN_NOW):
                found = trends.comparisons([consultation], dossier, person)
                return _trend(consultation, shown, found.get(consultation.pk), code)
            if code.startswith(quotes.QUOTE):
                return _quote(consultation, shown, code.removeprefix(quotes.QUOTE))
            return _question(consultation, shown, code)


def _offers_of(
    consultation: Consultation, question: QuestionResult, shown: Disclosure
) -> Iterable[Offer]:
    for item in question.items:
        if item.is_hidden or not item.cells:
            continue
        title = question.text if len(question.items) == 1 else f"{question.text} – {item.text}"
        yield Offer(f"{consultation.key}:{item.code}", title)
    for code in (question.code, f"{question.code}.other"):
        themes = _themes_of(code, shown)
        if themes:
            names = ", ".join(theme.name for theme in themes)
            yield Offer(f"{consultation.key}:{code}", _themed_title(question, code), names)


def _quote(consultation: Consultation, shown: Disclosure, key: str) -> Draft:
    if shown.suppressed_reason:
        raise NotDisclosed(_("Too few answered this to show it."))
    answer = by_key(quotes.quotable([consultation]), key)
    question = shown.question(answer.question.removesuffix(".other"))
    asked = question.text if question else ""
    return replace(
        _draft(
            consultation,
            shown,
            ref=f"{quotes.QUOTE}{key}",
            question=asked,
            statement=_("To “%(question)s” one of those who answered wrote: “%(words)s”")
            % {"question": asked, "words": answer.shown_text},
            respondents=question.open_count if question else None,
            figures=Figures(),
        ),
        quote=answer.shown_text,
        quote_consent=True,
    )


def _question(consultation: Consultation, shown: Disclosure, code: str) -> Draft:
    for question in shown.questions:
        for item in question.items:
            if item.code == code and item.cells:
                return _counted(consultation, shown, question, item)
        if code in (question.code, f"{question.code}.other"):
            return _themed(consultation, shown, question, code)
    raise NotDisclosed(_("Too few answered this to show it."))


def _counted(
    consultation: Consultation, shown: Disclosure, question: QuestionResult, item: ItemResult
) -> Draft:
    asked = question.text if len(question.items) == 1 else f"{question.text} – {item.text}"
    figures = Figures(
        cells=tuple(as_cell(cell) for cell in item.cells),
        groups=_groups(shown, item),
        breakdown=shown.by_label,
        mean=item.mean,
        several=question.kind == Kind.MULTIPLE.value,
        note=_scale_note(question),
    )
    return _draft(
        consultation,
        shown,
        ref=item.code,
        question=asked,
        statement=_sentence(asked, question, item, figures, shown),
        respondents=item.n,
        figures=figures,
    )


def _round(consultation: Consultation, shown: Disclosure, code: str) -> Draft:
    found = rounds.finding(shown, code)
    return _draft(
        consultation,
        shown,
        ref=code,
        question=found.question,
        statement=found.statement,
        respondents=shown.counted,
        figures=found.figures,
    )


def _trend(
    consultation: Consultation, shown: Disclosure, comparison: Comparison | None, code: str
) -> Draft:
    found = trends.finding(comparison, code.removeprefix(trends.THEN_NOW))
    drafted = _draft(
        consultation,
        shown,
        ref=code,
        question=found.question,
        statement=found.statement,
        respondents=found.respondents,
        figures=found.figures,
    )
    return replace(drafted, label=f"{drafted.label}, {found.beside}")


def _groups(shown: Disclosure, item: ItemResult) -> tuple[Group, ...]:
    invited = {group.label: group.invited for group in shown.turnout}
    return tuple(
        Group(
            name=group.label,
            respondents=group.n,
            invited=invited.get(group.label) if shown.by == GROUP else None,
            cells=() if group.is_hidden else tuple(as_cell(cell) for cell in group.cells),
        )
        for group in item.groups
    )


def _sentence(
    asked: str, question: QuestionResult, item: ItemResult, figures: Figures, shown: Disclosure
) -> str:
    if shown.kind == ConsultationKind.STATEMENTS:
        return rounds.sentence(asked, item, figures.cells)
    n = item.n or 0
    facts = {"question": asked, "n": localize(n), "invited": localize(shown.invited)}
    if question.kind == Kind.SCALE.value and item.mean is not None:
        ends = {"low": question.low_label, "high": question.high_label}
        points = [cell.label for cell in figures.cells]
        facts |= {"mean": localize(round(item.mean, 1)), "least": points[0], "most": points[-1]}
        said = _(
            "On “%(question)s” staff gave an average of %(mean)s on a scale from %(least)s to "
            "%(most)s (%(n)s answers)."
        )
        if all(ends.values()):
            said = _(
                "On “%(question)s” staff gave an average of %(mean)s on a scale from %(least)s "
                "(%(low)s) to %(most)s (%(high)s), in %(n)s answers."
            )
        return said % (facts | ends)
    top = figures.top
    if top is None:
        return _("“%(question)s” was answered by %(n)s people.") % facts
    facts |= {"answer": top.label, "share": wording.figure(top)}
    if question.kind == Kind.RANKING.value:
        first = figures.cells[0]
        facts |= {"answer": first.label, "share": wording.figure(first)}
        return (
            _(
                "Asked to rank under “%(question)s”, staff put “%(answer)s” highest; %(share)s "
                "gave it the first place (%(n)s answers)."
            )
            % facts
        )
    if top.count is not None and not top.bound:
        facts |= {"count": localize(top.count)}
        return (
            _(
                "To “%(question)s” %(share)s answered “%(answer)s” (%(count)s of the %(n)s who "
                "answered)."
            )
            % facts
        )
    return (
        _("To “%(question)s” %(share)s answered “%(answer)s”, of the %(n)s who answered.") % facts
    )


def _themes_of(code: str, shown: Disclosure) -> list[ThemeCount]:
    """The themes in the texts under ``code`` whose count may be told."""
    return [theme for theme in shown.themes if theme.question == code and theme.count]


def _themed_title(question: QuestionResult, code: str) -> str:
    if code == question.code:
        return question.text
    return _("%(question)s (other, namely)") % {"question": question.text}


def _themed(
    consultation: Consultation, shown: Disclosure, question: QuestionResult, code: str
) -> Draft:
    themes = _themes_of(code, shown)
    if not themes:
        raise NotDisclosed(_("Too few texts were filed under a theme to show it."))
    texts = themes[0].texts
    figures = Figures(
        cells=tuple(Cell(theme.name, theme.count, (theme.count or 0) / texts) for theme in themes),
        several=True,
        note=_("Themes were assigned by the council; one text can stand under several."),
    )
    most = max(themes, key=lambda theme: theme.count or 0)
    statement = _(
        "In the %(texts)s answers to “%(question)s” the council heard “%(theme)s” most: %(count)s "
        "times (%(share)s)."
    ) % {
        "texts": localize(texts),
        "question": _themed_title(question, code),
        "theme": most.name,
        "count": localize(most.count),
        "share": wording.percent((most.count or 0) / texts),
    }
    return _draft(
        consultation,
        shown,
        ref=code,
        question=_themed_title(question, code),
        statement=statement,
        respondents=texts,
        figures=figures,
    )


def _response(consultation: Consultation, shown: Disclosure) -> Draft:
    figures = Figures(
        cells=tuple(Cell(group.label, group.took_part, group.response) for group in shown.turnout),
        breakdown=shown.by_label,
        note=_not_reached(shown),
    )
    statement = _(
        "Of the %(invited)s people invited to “%(title)s”, %(n)s took part: a response of "
        "%(share)s."
    ) % {
        "invited": localize(shown.invited),
        "title": consultation.title,
        "n": localize(shown.took_part),
        "share": wording.percent(shown.response),
    }
    return _draft(
        consultation,
        shown,
        ref=RESPONSE,
        question=_("Response per group"),
        statement=statement,
        respondents=shown.took_part,
        figures=figures,
    )


def _not_reached(shown: Disclosure) -> str:
    names = ", ".join(group.label for group in shown.not_reached)
    return _("Less well reached than others: %(names)s.") % {"names": names} if names else ""


def _scale_note(question: QuestionResult) -> str:
    if question.kind != Kind.SCALE.value or not (question.low_label and question.high_label):
        return ""
    first, last = question.first.cells[0].label, question.first.cells[-1].label
    return f"{first} = {question.low_label}; {last} = {question.high_label}."


_KINDS = {
    ConsultationKind.POLL: gettext_lazy("Poll “%(title)s”"),
    ConsultationKind.SURVEY: gettext_lazy("Survey “%(title)s”"),
    ConsultationKind.OPEN_QUESTION: gettext_lazy("Open question “%(title)s”"),
    ConsultationKind.STATEMENTS: gettext_lazy("Statements “%(title)s”"),
}


def _draft(
    consultation: Consultation,
    shown: Disclosure,
    *,
    ref: str,
    question: str,
    statement: str,
    respondents: int | None,
    figures: Figures,
) -> Draft:
    method = _("anonymous, through the portal")
    if consultation.mode == Mode.NAMED:
        method = _("under names, through the portal")
    label = str(_KINDS[ConsultationKind(consultation.kind)]) % {"title": consultation.title}
    return Draft(
        source=ConsultationSource.name,
        ref=f"{consultation.key}:{ref}",
        label=label,
        url=consultation.get_absolute_url(),
        question=question,
        statement=statement,
        method=method,
        since=shown.opened_on,
        dated_on=shown.closed_on,
        invited=shown.invited,
        respondents=respondents,
        figures=figures,
    )
