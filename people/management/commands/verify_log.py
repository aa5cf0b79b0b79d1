"""Check that no row of the log of acts was changed, left out or added afterwards."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from people.log import check_chain


class Command(BaseCommand):
    """Exits 1 and names the first row that does not follow from the one before it."""

    help = "Verify the hash chain of the log of acts."

    def handle(self, *args: Any, **options: Any) -> None:
        chain = check_chain()
        if chain.broken is not None:
            row = chain.broken
            raise CommandError(
                _("The log is broken at row %(row)d, after %(count)d good rows: %(act)s")
                % {"row": row.pk, "count": chain.length, "act": row}
            )
        if chain.cut_off:
            raise CommandError(
                _("The log was cut off: its last rows are missing, after %d good rows.")
                % chain.length
            )
        self.stdout.write(
            _("The log holds: %(count)d acts in one line. Newest hash: %(hash)s")
            % {"count": chain.length, "hash": chain.newest or "–"}
        )
