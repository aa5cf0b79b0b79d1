"""Every catalogue is complete: nothing missing, unsure, out of date or with a lost placeholder.

Dutch for all apps; Polish, Turkish, Ukrainian and Arabic for the pages of answering.
"""

import re
from collections import defaultdict
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po
from django.conf import LazySettings
from django.utils.translation import activate, gettext, ngettext, override

from orportal.catalogues import APPS, CATALOGUES, catalogue_path, compile_stale, extract

PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|%[sd]|\{(\w*)\}")


def read(app: str, language: str = "nl") -> Catalog:
    with catalogue_path(app, language).open("rb") as file:
        return read_po(file, locale=language)


def forms(value: object) -> list[str]:
    return [str(form) for form in value] if isinstance(value, list | tuple) else [str(value)]


def placeholders(text: str) -> set[str]:
    return {match.group(0) for match in PLACEHOLDER.finditer(text.replace("%%", ""))}


def faults(message: Message) -> list[str]:
    """What is wrong with one entry, in words."""
    found = []
    if message.fuzzy:
        found.append("marked fuzzy")
    originals, translations = forms(message.id), forms(message.string)
    if not all(translation.strip() for translation in translations):
        return [*found, "not translated"]
    allowed = set().union(*map(placeholders, originals))
    for translation in translations:
        if extra := placeholders(translation) - allowed:
            found.append(f"unknown placeholder {', '.join(sorted(extra))}")
    # A singular may leave the number out ("one colleague"); the last form may leave out nothing.
    if missing := placeholders(originals[-1]) - placeholders(translations[-1]):
        found.append(f"lost placeholder {', '.join(sorted(missing))}")
    return found


def describe(message: Message) -> str:
    return f"{forms(message.id)[0]!r}: {'; '.join(faults(message))}"


@pytest.mark.parametrize(("app", "language"), CATALOGUES)
def test_a_catalogue_is_complete(app: str, language: str) -> None:
    catalogue = read(app, language)
    wrong = [describe(message) for message in catalogue if message.id and faults(message)]
    assert wrong == []


@pytest.mark.parametrize(("app", "language"), CATALOGUES)
def test_a_catalogue_holds_exactly_what_the_code_asks_for(app: str, language: str) -> None:
    kept = catalogue_path(app, language).read_text("utf-8")
    assert kept == extract(app, language), f"manage.py catalogue {app}"


@pytest.mark.parametrize(
    ("language", "numbers"),
    [
        ("pl", {1: 0, 2: 1, 5: 2, 12: 2, 22: 1}),
        ("tr", {1: 0, 2: 1, 5: 1}),
        ("uk", {1: 0, 2: 1, 5: 2, 11: 2, 21: 0}),
        ("ar", {0: 0, 1: 1, 2: 2, 3: 3, 10: 3, 11: 4, 99: 4, 100: 5}),
    ],
)
def test_numbers_take_the_form_their_language_has_for_them(
    language: str, numbers: dict[int, int]
) -> None:
    compile_stale()
    catalogue = read("answering", language)
    message = catalogue["Send %(n)s vote"]
    with override(language):
        said = {n: ngettext("Send %(n)s vote", "Send %(n)s votes", n) for n in numbers}
    assert said == {n: forms(message.string)[form] for n, form in numbers.items()}


def test_the_same_words_are_the_same_dutch_in_every_app() -> None:
    """Django merges the catalogues into one, so a second translation would silently lose."""
    seen: dict[tuple[str | None, str], dict[str, str]] = defaultdict(dict)
    for app in APPS:
        for message in read(app):
            if message.id:
                key = (message.context, forms(message.id)[0])
                seen[key][app] = forms(message.string)[0]
    torn = {key: words for key, words in seen.items() if len(set(words.values())) > 1}
    assert torn == {}


def test_a_catalogue_is_compiled_once_and_again_after_a_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "django.po"
    source.write_bytes(catalogue_path("orportal").read_bytes())
    monkeypatch.setattr("orportal.catalogues.catalogue_path", lambda *_which: source)
    monkeypatch.setattr("orportal.catalogues.CATALOGUES", (("orportal", "nl"),))
    assert compile_stale() == ["orportal"]
    assert compile_stale() == []
    source.write_text(source.read_text("utf-8") + '\nmsgid "x"\nmsgstr "y"\n', "utf-8")
    assert compile_stale() == ["orportal"]


def test_what_was_compiled_is_read_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: LazySettings
) -> None:
    source = tmp_path / "nl" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    source.write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'
        '\nmsgid "fresh words"\nmsgstr "verse woorden"\n',
        "utf-8",
    )
    monkeypatch.setattr("orportal.catalogues.catalogue_path", lambda *_which: source)
    monkeypatch.setattr("orportal.catalogues.CATALOGUES", (("orportal", "nl"),))
    settings.LOCALE_PATHS = [tmp_path]
    with override("nl"):
        assert gettext("fresh words") == "fresh words"
        compile_stale()
        activate("nl")
        assert gettext("fresh words") == "verse woorden"


@pytest.mark.parametrize(
    ("original", "translation", "fault"),
    [
        ("Hello", "", "not translated"),
        ("Hello %(name)s", "Hallo", "lost placeholder %(name)s"),
        ("Hello", "Hallo %s", "unknown placeholder %s"),
        (("%(n)s person", "%(n)s people"), ("één mens", "mensen"), "lost placeholder %(n)s"),
    ],
)
def test_a_fault_is_named(original: object, translation: object, fault: str) -> None:
    assert fault in faults(Message(original, translation))  # type: ignore[arg-type]


def test_a_singular_may_leave_the_number_out() -> None:
    message = Message(("%(n)s person", "%(n)s people"), ("één mens", "%(n)s mensen"))
    assert faults(message) == []
