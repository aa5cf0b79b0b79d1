"""The Dutch catalogues: one per app, taken from its code and templates, compiled when stale.

``manage.py catalogue`` writes ``locale/<app>/nl/LC_MESSAGES/django.po``; GNU gettext extracts,
Babel compiles. Extraction works on a copy of the app's own files, so that a catalogue holds the
words of its app and no other, and so that nothing is written beside the sources.
"""

import contextlib
import io
import re
import shutil
import tempfile
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.core.management import CommandError, call_command
from django.core.management.commands import makemessages
from django.test.utils import override_settings
from django.utils.translation.reloader import translation_file_changed

BASE_DIR = Path(__file__).resolve().parent.parent
LANGUAGE = "nl"
APPS = (
    "advice",
    "blogs",
    "dossiers",
    "groups",
    "listening",
    "live",
    "newsletter",
    "orportal",
    "outbox",
    "people",
    "polls",
)
SHARED_TEMPLATES = ("components", "allauth", "socialaccount")
"""Folders of templates that belong to no tool, so to the composition."""
SIGN_IN_TEMPLATES = ("account", "mfa")
"""Folders that the sign-in package names; their words are those of ``people``."""

HEADER = f"""\
msgid ""
msgstr ""
"Project-Id-Version: ORportaal\\n"
"Language: {LANGUAGE}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"""
_OLD_HEADER = re.compile(r'\A(?:#.*\n)*msgid ""\nmsgstr ""\n(?:".*"\n)*')


class _Extraction(makemessages.Command):
    """Django's extraction with an order and merging that make for small, stable changes."""

    msgmerge_options = [*makemessages.Command.msgmerge_options, "--no-fuzzy-matching", "-s"]
    xgettext_options = [*makemessages.Command.xgettext_options, "--sort-output"]


def catalogue_path(app: str) -> Path:
    """Where the Dutch of ``app`` is kept."""
    return BASE_DIR / "locale" / app / LANGUAGE / "LC_MESSAGES" / "django.po"


def extract(app: str) -> str:
    """The catalogue of ``app`` as its code asks for it today, with the translations it has.

    Raises CommandError where a string cannot be extracted or GNU gettext is missing.
    """
    if shutil.which("xgettext") is None or shutil.which("msgmerge") is None:
        raise CommandError("GNU gettext is missing: apt-get install gettext")
    with tempfile.TemporaryDirectory(prefix="catalogue-") as name:
        folder = Path(name)
        _copy_sources(app, folder)
        catalogue = folder / "locale" / LANGUAGE / "LC_MESSAGES" / "django.po"
        catalogue.parent.mkdir(parents=True)
        kept = catalogue_path(app)
        catalogue.write_text(kept.read_text("utf-8") if kept.exists() else HEADER, "utf-8")
        with override_settings(LOCALE_PATHS=[folder / "locale"]):
            _run_in(folder)
        text = catalogue.read_text("utf-8")
    return _OLD_HEADER.sub(lambda _match: HEADER, text, count=1)


def _copy_sources(app: str, folder: Path) -> None:
    ignore = shutil.ignore_patterns("__pycache__", "migrations")
    shutil.copytree(BASE_DIR / app, folder / app, ignore=ignore)
    templates = BASE_DIR / "templates"
    folders = [app]
    folders += SHARED_TEMPLATES if app == "orportal" else ()
    folders += SIGN_IN_TEMPLATES if app == "people" else ()
    for each in folders:
        if (templates / each).is_dir():
            shutil.copytree(templates / each, folder / "templates" / each, ignore=ignore)
    if app == "orportal":
        (folder / "templates").mkdir(exist_ok=True)
        for page in templates.glob("*.*"):
            shutil.copy(page, folder / "templates")


def _run_in(folder: Path) -> None:
    with contextlib.chdir(folder):
        call_command(
            _Extraction(),
            locale=[LANGUAGE],
            extensions=["html", "txt", "py"],
            no_location=True,
            no_obsolete=True,
            verbosity=0,
            stdout=io.StringIO(),
        )


def compile_stale() -> list[str]:
    """Compile every catalogue whose compiled form is missing or older; return the apps' names.

    This process reads them too: it may have looked for its words before they were there.
    """
    compiled = []
    for app in APPS:
        source = catalogue_path(app)
        target = source.with_suffix(".mo")
        if not source.exists():
            continue
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as file:
            catalogue = read_po(file, locale=LANGUAGE)
        # Written aside and moved: several processes may find it stale at once.
        with tempfile.NamedTemporaryFile(dir=target.parent, delete=False) as fresh:
            write_mo(fresh, catalogue)
        Path(fresh.name).chmod(0o644)
        Path(fresh.name).replace(target)
        translation_file_changed(None, target)
        compiled.append(app)
    return compiled
