"""Fill an empty portal with the demo; ``make run`` calls it on the first start."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import translation

from orportal.demo.filling import fill_demo


class Command(BaseCommand):
    """Does nothing where the portal knows anybody already."""

    help = "Fill an empty portal with the made-up people and work of the demo."

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override("nl"):
            filled = fill_demo()
        self.stdout.write("The demo is filled in." if filled else "There are people here already.")
