"""A plan as rows of a spreadsheet, with cells that no spreadsheet runs as a formula. Pure."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from people.roster.plans import Plan

_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


def harmless(text: str) -> str:
    """``text`` as a cell that stays text in Excel and LibreOffice."""
    return f"'{text}" if text.startswith(_FORMULA_SIGNS) else text


def plan_rows(plan: Plan) -> Iterator[list[str]]:
    """A heading, then one row per person or unreadable row."""
    yield [_("What"), _("Line"), _("Staff number"), _("Name"), _("Details")]
    for problem in plan.problems:
        number, name = harmless(problem.staff_number), harmless(problem.name)
        yield [_("cannot be read"), str(problem.line), number, name, harmless(problem.reason)]
    for row in plan.joining:
        details = harmless(", ".join(part for part in (row.unit, row.site, row.email) if part))
        name = harmless(row.full_name)
        yield [_("new"), str(row.line), harmless(row.staff_number), name, details]
    for word, steps in (
        (_("changed"), plan.changed),
        (_("leaving"), plan.leaving),
        (_("returning"), plan.returning),
    ):
        for step in steps:
            line = str(step.row.line) if step.row else ""
            details = "; ".join(
                f"{change.label}: {change.was} → {change.becomes}" for change in step.changes
            )
            number = harmless(step.known.staff_number)
            yield [word, line, number, harmless(step.name), harmless(details)]
