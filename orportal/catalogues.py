"""The catalogues: Dutch for every app, more languages for answering, compiled when stale.

``manage.py catalogue`` writes ``locale/<app>/nl/LC_MESSAGES/django.po``; GNU gettext extracts,
Babel compiles. Extraction works on a copy of the app's own files, so that a catalogue holds the
words of its app and no other, and so that nothing is written beside the sources.

Whoever answers in Polish, Turkish, Ukrainian or Arabic meets the pages of answering and no others.
Their words are one catalogue of their own, ``answering``, taken from the files in ``ANSWERING``.
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
ANSWERING_LANGUAGES = ("pl", "tr", "uk", "ar")
ANSWERING = (
    "polls/forms/answer_page.py",
    "polls/forms/voting.py",
    "polls/letters/blank.py",
    "polls/questions/describing.py",
    "polls/questions/validation.py",
    "polls/statements/voting.py",
    "polls/views/answering.py",
    "polls/views/codes.py",
    "polls/views/keeping.py",
    "polls/views/own_answer.py",
    "polls/views/rendering.py",
    "polls/views/standings.py",
    "polls/views/trying.py",
    "polls/views/voting.py",
    "templates/base_kiosk.html",
    "templates/components/footer.html",
    "templates/components/trust.html",
    "templates/frame.html",
    "templates/polls/_error_summary.html",
    "templates/polls/_languages.html",
    "templates/polls/_sections.html",
    "templates/polls/_trust.html",
    "templates/polls/_typed.html",
    "templates/polls/answer.html",
    "templates/polls/answer_base.html",
    "templates/polls/enter_code.html",
    "templates/polls/kept.html",
    "templates/polls/kiosk_base.html",
    "templates/polls/own_answer.html",
    "templates/polls/own_answer_code.html",
    "templates/polls/own_answer_done.html",
    "templates/polls/pilot_over.html",
    "templates/polls/preview_done.html",
    "templates/polls/preview_empty.html",
    "templates/polls/questions",
    "templates/polls/standing.html",
    "templates/polls/statements/_ballot.html",
    "templates/polls/statements/_resembling.html",
    "templates/polls/statements/vote.html",
    "templates/polls/thanks.html",
)
"""What somebody who answers gets to read; a test walks it and finds what is missing here."""
CATALOGUES = (
    *((app, LANGUAGE) for app in APPS),
    *(("answering", language) for language in ANSWERING_LANGUAGES),
)
"""Every catalogue there is: whose words, in which language."""
PLURALS = {
    "nl": "nplurals=2; plural=(n != 1);",
    "pl": "nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);",
    "tr": "nplurals=2; plural=(n > 1);",
    "uk": "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 :"
    " n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);",
    "ar": "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 :"
    " n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);",
}
SHARED_TEMPLATES = ("components", "allauth", "socialaccount")
"""Folders of templates that belong to no tool, so to the composition."""
SIGN_IN_TEMPLATES = ("account", "mfa")
"""Folders that the sign-in package names; their words are those of ``people``."""

_OLD_HEADER = re.compile(r'\A(?:#.*\n)*msgid ""\nmsgstr ""\n(?:".*"\n)*')


def header(language: str) -> str:
    """The first entry of a catalogue, the same whoever last ran the extraction."""
    return (
        'msgid ""\nmsgstr ""\n"Project-Id-Version: ORportaal\\n"\n'
        f'"Language: {language}\\n"\n'
        '"MIME-Version: 1.0\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
        '"Content-Transfer-Encoding: 8bit\\n"\n'
        f'"Plural-Forms: {PLURALS[language]}\\n"\n'
    )


class _Extraction(makemessages.Command):
    """Django's extraction with an order and merging that make for small, stable changes."""

    msgmerge_options = [*makemessages.Command.msgmerge_options, "--no-fuzzy-matching", "-s"]
    xgettext_options = [*makemessages.Command.xgettext_options, "--sort-output"]


def catalogue_path(app: str, language: str = LANGUAGE) -> Path:
    """Where the words of ``app`` in ``language`` are kept."""
    return BASE_DIR / "locale" / app / language / "LC_MESSAGES" / "django.po"


def extract(app: str, language: str = LANGUAGE) -> str:
    """The catalogue of ``app`` as its code asks for it today, with the translations it has.

    Raises CommandError where a string cannot be extracted or GNU gettext is missing.
    """
    if shutil.which("xgettext") is None or shutil.which("msgmerge") is None:
        raise CommandError("GNU gettext is missing: apt-get install gettext")
    with tempfile.TemporaryDirectory(prefix="catalogue-") as name:
        folder = Path(name)
        if app == "answering":
            _copy_listed(folder)
        else:
            _copy_sources(app, folder)
        catalogue = folder / "locale" / language / "LC_MESSAGES" / "django.po"
        catalogue.parent.mkdir(parents=True)
        kept = catalogue_path(app, language)
        text = kept.read_text("utf-8") if kept.exists() else header(language)
        catalogue.write_text(text, "utf-8")
        with override_settings(LOCALE_PATHS=[folder / "locale"]):
            _run_in(folder, language)
        text = catalogue.read_text("utf-8")
    return _OLD_HEADER.sub(lambda _match: header(language), text, count=1)


def _copy_listed(folder: Path) -> None:
    for name in ANSWERING:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        if (BASE_DIR / name).is_dir():
            shutil.copytree(BASE_DIR / name, folder / name)
        else:
            shutil.copy(BASE_DIR / name, folder / name)


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


def _run_in(folder: Path, language: str) -> None:
    with contextlib.chdir(folder):
        call_command(
            _Extraction(),
            locale=[language],
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
    for app, language in CATALOGUES:
        source = catalogue_path(app, language)
        target = source.with_suffix(".mo")
        if not source.exists():
            continue
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as file:
            catalogue = read_po(file, locale=language)
        # Written aside and moved: several processes may find it stale at once.
        with tempfile.NamedTemporaryFile(dir=target.parent, delete=False) as fresh:
            write_mo(fresh, catalogue)
        Path(fresh.name).chmod(0o644)
        Path(fresh.name).replace(target)
        translation_file_changed(None, target)
        compiled.append(app)
    return compiled
