"""Import the staff list from a file: the same plan as in the portal, in words."""

import argparse
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people.actions import RosterChanged, import_roster
from people.roster.planning import make_plan
from people.roster.plans import Plan, Step
from people.roster.reading import read_roster
from people.roster.refusals import RosterRefused
from people.roster.tables import MAX_BYTES

SHOWN = 200
"""Lines per heading; the count above them is always of all."""


class Command(BaseCommand):
    """Exits 1 where the file is refused, and where the plan asks for ``--yes`` or ``--leaving``."""

    help = "Import the staff list from FILE (CSV or .xlsx); --dry-run only shows what would change."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--dry-run", action="store_true", help="show the plan, write nothing")
        parser.add_argument(
            "--yes",
            action="store_true",
            help="import although somebody with a role leaves or gets another address",
        )
        parser.add_argument(
            "--leaving",
            type=int,
            metavar="N",
            help="import although more than a tenth of the people leave: exactly N of them",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with options["file"].open("rb") as file:
                data = file.read(MAX_BYTES + 1)
            plan = make_plan(read_roster(data, timezone.localdate()), timezone.localdate())
        except OSError as error:
            raise CommandError(_("The file cannot be opened: %s") % error.strerror) from error
        except RosterRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        self._show(plan)
        if not plan.is_usable:
            raise CommandError(_("Not one row can be read. Nothing was changed."))
        if options["dry_run"]:
            self.stdout.write(_("Only shown: nothing was changed."))
            return
        if plan.needs_tick and not options["yes"]:
            raise CommandError(_("Nothing was changed. Is this right? Then add --yes."))
        if plan.is_alarming and options["leaving"] != len(plan.leaving):
            raise CommandError(
                _("Nothing was changed. Is it right that so many leave? Then add --leaving %d.")
                % len(plan.leaving)
            )
        try:
            import_roster(plan, None, ticked=True)
        except RosterChanged as changed:
            raise CommandError(
                _("The roster changed in the meantime; nothing was written. Start again.")
            ) from changed
        self.stdout.write(_("Imported."))

    def _show(self, plan: Plan) -> None:
        rows = len(plan.problems)
        self._list(
            ngettext("%d row cannot be read", "%d rows cannot be read", rows) % rows,
            (
                _("line %(line)d: %(reason)s") % {"line": problem.line, "reason": problem.reason}
                for problem in plan.problems
            ),
            rows,
        )
        self._list(
            _("New: %d") % len(plan.joining),
            (f"{row.staff_number} {row.full_name}" for row in plan.joining),
            len(plan.joining),
        )
        for label, steps in (
            (_("Changed: %d"), plan.changed),
            (_("Leaving: %d"), plan.leaving),
            (_("Returning: %d"), plan.returning),
        ):
            self._list(label % len(steps), map(_told, steps), len(steps))
        self.stdout.write(_("Unchanged: %d") % plan.unchanged)
        for label, names in ((_("New units"), plan.new_units), (_("New sites"), plan.new_sites)):
            if names:
                self.stdout.write(f"{label}: {', '.join(names)}")
        for note in plan.notes[:SHOWN]:
            self.stdout.write(note.text)
        if plan.is_alarming:
            share = f"{plan.share_leaving:.0%}"
            self.stdout.write(_("Mind: %s of the roster leaves by this file.") % share)
        for step in (*plan.holders_leaving, *plan.holders_with_new_address):
            self.stdout.write(_("Mind: %s") % _told(step))

    def _list(self, title: str, lines: Iterable[str], count: int) -> None:
        self.stdout.write(title)
        for line, _number in zip(lines, range(SHOWN), strict=False):
            self.stdout.write(f"  {line}")
        if count > SHOWN:
            self.stdout.write("  " + _("and %d more") % (count - SHOWN))


def _told(step: Step) -> str:
    changes = "; ".join(f"{c.label}: {c.was or '–'} → {c.becomes or '–'}" for c in step.changes)
    roles = f" ({step.role_names})" if step.roles else ""
    return f"{step.known.staff_number} {step.name}{roles}: {changes}"
