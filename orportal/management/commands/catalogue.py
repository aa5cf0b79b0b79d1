"""Bring the catalogues in line with the code."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from orportal.catalogues import CATALOGUES, catalogue_path, compile_stale, extract

NAMES = tuple(dict.fromkeys(app for app, _language in CATALOGUES))


class Command(BaseCommand):
    """``manage.py catalogue polls`` or ``--all``; ``--check`` only compares."""

    help = "Extract the strings into locale/<app>/<language>/LC_MESSAGES/django.po and compile."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("apps", nargs="*", metavar="APP", help=f"one of {', '.join(NAMES)}")
        parser.add_argument("--all", action="store_true", help="every app")
        parser.add_argument("--check", action="store_true", help="write nothing; fail if stale")
        parser.add_argument("--compile", action="store_true", help="only compile what is stale")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["compile"]:
            compile_stale()
            return
        apps = NAMES if options["all"] else tuple(options["apps"])
        if not apps:
            raise CommandError("name an app, or give --all")
        unknown = sorted(set(apps) - set(NAMES))
        if unknown:
            raise CommandError(f"no such app: {', '.join(unknown)}")
        stale = []
        for app, language in CATALOGUES:
            if app not in apps:
                continue
            path = catalogue_path(app, language)
            text = extract(app, language)
            if path.exists() and path.read_text("utf-8") == text:
                continue
            stale.append(app)
            if not options["check"]:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, "utf-8")
                self.stdout.write(f"{path.relative_to(path.parents[4])}")
        if options["check"] and stale:
            raise CommandError(f"out of date: manage.py catalogue {' '.join(stale)}")
        if not options["check"]:
            compile_stale()
