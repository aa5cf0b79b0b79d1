"""The door that a mail server pipes returned mail through."""

import os
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError

from outbox import bounces


class Command(BaseCommand):
    help = (
        "Reads one returned mail from standard input, as a mail server pipes it "
        '(Postfix: orbounces: "|manage.py receive_mail").'
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Where the mail server tells whom it came to."""
        parser.add_argument(
            "--recipient",
            default=os.environ.get("ORIGINAL_RECIPIENT", os.environ.get("RECIPIENT", "")),
            help="the address it came to; by default what Postfix sets in the environment",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Exit 75 asks the mail server to try again later (sysexits.h, EX_TEMPFAIL)."""
        data = sys.stdin.buffer.read(bounces.MOST_BYTES + 1)
        try:
            bounce = bounces.take_in(data, options["recipient"])
        except DatabaseError as error:
            self.stderr.write(str(error))
            sys.exit(os.EX_TEMPFAIL)
        self.stdout.write(f"{bounce.kind} {bounce.status}" if bounce else "no bounce of ours")
