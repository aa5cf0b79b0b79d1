"""Fill an empty portal with the demo; ``make run`` does so on the first start."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from orportal.demo.filling import NotEmpty, fill_demo


class Command(BaseCommand):
    """Refuses a portal that knows anybody, and any portal outside demo mode."""

    help = "Fill an empty portal with the made-up people and work of the demo."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("The demo is for demo mode only: DEMO=1 manage.py demo")
        with translation.override("nl"):
            try:
                fill_demo()
            except NotEmpty as error:
                raise CommandError(
                    "There are people in this portal: the demo fills an empty one only."
                ) from error
        self.stdout.write("The demo is filled in.")
