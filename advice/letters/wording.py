"""The words of a finding: its sentence, table, chart and footnote, in the language in force."""

from datetime import date

from django.utils.formats import date_format, localize
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from advice.figures import Cell
from advice.letters.tree import Bar, Chart, Inline, Table, Text
from advice.models import Finding


def percent(share: float) -> str:
    """A share from 0 to 1 in whole percents: 62 %."""
    return _("%(figure)d%%") % {"figure": round(share * 100)}


def figure(cell: Cell) -> str:
    """A cell's share in words: 62 %, over 95 %, or that it is not shown."""
    if cell.bound == "over" and cell.share is not None:
        return _("over %(share)s") % {"share": percent(cell.share)}
    if cell.bound == "under" and cell.share is not None:
        return _("under %(share)s") % {"share": percent(cell.share)}
    if cell.share is None:
        return _("not shown")
    return percent(cell.share)


def count(cell: Cell) -> str:
    """A cell's count, or a dash where it may not be said."""
    return "–" if cell.count is None or cell.bound else localize(cell.count)


def period(finding: Finding) -> str:
    """When it was gathered: 1 to 14 October 2026, or the one day."""
    last = _day(finding.dated_on)
    if finding.since is None or finding.since == finding.dated_on:
        return last
    return _("%(first)s to %(last)s") % {"first": _day(finding.since), "last": last}


def _day(day: date) -> str:
    return date_format(day, "DATE_FORMAT")


def response(finding: Finding) -> str:
    """Who answered, n of N with the response rate; empty where nothing was counted."""
    if finding.respondents is None:
        return ""
    if finding.invited and finding.response is not None:
        return _("%(n)s of %(total)s people invited answered (response %(share)s)") % {
            "n": localize(finding.respondents),
            "total": localize(finding.invited),
            "share": percent(finding.response),
        }
    return ngettext("%(n)s person answered", "%(n)s people answered", finding.respondents) % {
        "n": localize(finding.respondents)
    }


def note(finding: Finding) -> tuple[Inline, ...]:
    """The footnote of a citation: source, question, method, period, n of N and response."""
    parts = [finding.label]
    if finding.question:
        parts.append(_("question: “%(question)s”") % {"question": finding.question})
    if finding.method:
        parts.append(finding.method)
    parts.append(period(finding))
    if answered := response(finding):
        parts.append(answered)
    mark = _("Finding %(number)s") % {"number": finding.number}
    return (Text(f"{mark}. ", bold=True), Text("; ".join(parts) + "."))


def table(finding: Finding) -> Table:
    """The distribution over the whole."""
    figures = finding.figures
    return Table(
        caption=caption(finding),
        header=(_("Answer given"), _("Number"), _("Share")),
        rows=tuple((cell.label, count(cell), figure(cell)) for cell in figures.cells),
        note=" ".join(_remarks(finding)),
    )


WIDE = 5
"""Columns of figures that fit a page in portrait beside the column of names."""


def group_table(finding: Finding) -> Table | None:
    """The distribution per group, or None where no breakdown was disclosed.

    Groups stand in the rows while the answers fit the columns. With more answers than that, the
    columns are left to the answers given most, and the note says so.
    """
    figures = finding.figures
    shown = [group for group in figures.groups if not group.is_hidden]
    if not shown:
        return None
    labels = [cell.label for cell in figures.cells]
    if len(labels) > WIDE:
        most = sorted(figures.cells, key=lambda cell: cell.share or 0, reverse=True)[:WIDE]
        labels = [cell.label for cell in figures.cells if cell in most]
    rows = [
        (
            group.name,
            _people(group.respondents, group.invited),
            *(figure(_same(group.cells, label)) for label in labels),
        )
        for group in shown
    ]
    notes = []
    if hidden := [group.name for group in figures.groups if group.is_hidden]:
        names = ", ".join(hidden)
        notes.append(_("Not shown apart, because too few answered: %(names)s.") % {"names": names})
    if len(labels) < len(figures.cells):
        notes.append(_("Only the answers given most are shown."))
    by = figures.breakdown or _("group")
    return Table(
        caption=_("%(caption)s By %(property)s.") % {"caption": caption(finding), "property": by},
        header=(by[0].upper() + by[1:], _("Gave an answer"), *labels),
        rows=tuple(rows),
        note=" ".join(notes),
    )


def _same(cells: tuple[Cell, ...], label: str) -> Cell:
    return next((cell for cell in cells if cell.label == label), Cell(label))


def _people(n: int | None, total: int | None) -> str:
    if n is None:
        return "–"
    if total is None:
        return localize(n)
    return _("%(n)s of %(total)s") % {"n": localize(n), "total": localize(total)}


def _remarks(finding: Finding) -> list[str]:
    figures = finding.figures
    remarks = []
    if answered := response(finding):
        remarks.append(answered[0].upper() + answered[1:] + ".")
    if figures.several:
        remarks.append(_("More than one answer could be given."))
    if figures.mean is not None:
        remarks.append(_("Average: %(mean)s.") % {"mean": localize(round(figures.mean, 1))})
    if figures.note:
        remarks.append(figures.note)
    return remarks


def chart(finding: Finding) -> Chart:
    """The distribution as bars, with the same figures in the words for who cannot see it."""
    bars = tuple(Bar(cell.label, cell.share, figure(cell)) for cell in finding.figures.cells)
    spoken = "; ".join(f"{bar.label}: {bar.words}" for bar in bars)
    return Chart(
        caption=caption(finding),
        alt=_("Bar chart. %(caption)s %(figures)s.")
        % {"caption": caption(finding), "figures": spoken},
        bars=bars,
    )


def caption(finding: Finding) -> str:
    """What a table or chart of this finding shows."""
    asked = finding.question or finding.label
    end = "" if asked.endswith((".", "?", "!")) else "."
    return f"{asked}{end}"
