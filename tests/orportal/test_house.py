"""The house stands: arrows, migrations, templates, sizes, and what every page has."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import get_template
from django.test import Client

from orportal.catalogues import APPS
from tests.cast import SignIn
from tests.orportal.matrix.table import Cast
from tests.orportal.test_matrix import paths, table

BASE = Path(settings.BASE_DIR)
TEMPLATES = sorted(
    str(path.relative_to(BASE / "templates"))
    for path in (BASE / "templates").rglob("*.*")
    if path.suffix in (".html", ".txt")
)
SOURCES = sorted(
    path
    for folder in (*APPS, "tests", "benchmarks")
    for path in (BASE / folder).rglob("*.py")
    if "migrations" not in path.parts
)


@pytest.mark.long
def test_no_migration_is_missing() -> None:
    # In a process of its own: the tests' own SQLite is made without migrations.
    command = [sys.executable, "manage.py", "makemigrations", "--check", "--dry-run"]
    ran = subprocess.run(command, cwd=BASE, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr


@pytest.mark.parametrize("app", APPS)
def test_the_migrations_of_an_app_are_one_line_and_say_what_they_do(app: str) -> None:
    names = sorted(path.stem for path in (BASE / app / "migrations").glob("0*.py"))
    assert [name[:4] for name in names] == [f"{n:04d}" for n in range(1, len(names) + 1)]
    assert not [name for name in names if "_auto_" in name or name.endswith("_initial")]


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_template_compiles(template: str) -> None:
    get_template(template)


def test_no_source_file_is_longer_than_400_lines() -> None:
    long = [
        f"{path.relative_to(BASE)}: {lines}"
        for path in SOURCES
        if (lines := len(path.read_text("utf-8").splitlines())) > 400
    ]
    assert long == []


def hidden_words(path: Path) -> list[str]:
    """Words to translate that stand inside an f-string, where the extraction does not look."""
    calls = {"_", "gettext", "gettext_lazy", "ngettext", "pgettext"}
    return [
        f"{path.relative_to(BASE)}:{call.lineno}"
        for string in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(string, ast.JoinedStr)
        for call in ast.walk(string)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in calls
    ]


@pytest.mark.long
def test_no_words_hide_from_translation_in_an_f_string() -> None:
    assert [place for path in SOURCES for place in hidden_words(path)] == []


def faults(page: str) -> list[str]:
    """What a whole page lacks or may not hold."""
    found = []
    if not re.search(r'<html[^>]* lang="(nl|en)"', page):
        found.append("no language")
    title = re.search(r"<title>(.*?)</title>", page, re.DOTALL)
    if title is None or not title.group(1).strip():
        found.append("no title")
    if page.count("<h1") != 1:
        found.append(f"{page.count('<h1')} main headings")
    found += re.findall(r"<[a-z][^>]*\sstyle\s*=", page) + re.findall(r"<[a-z][^>]*\son\w+=", page)
    found += re.findall(r"<script(?![^>]*(?:\ssrc=|type=.application/json))[^>]*>", page)
    if re.search(r"<(?:script|link|img)[^>]*(?:src|href)=\"(?:https?:)?//", page):
        found.append("loads something from elsewhere")
    return found


MAILS = {"newsletter:preview_html"}
"""A mail as it will be sent, shown in a frame of its own; mail programs know inline styles only."""


@pytest.mark.long
@pytest.mark.parametrize("role", ["visitor", "employee", "secretary", "director", "administrator"])
@pytest.mark.parametrize("app", APPS)
def test_every_page_has_a_language_a_title_and_nothing_inline(
    app: str, role: str, matrix_cast: Cast, sign_in: SignIn
) -> None:
    things = table(app).things(matrix_cast)
    person = matrix_cast.playing(role)
    client = sign_in(person) if person else Client()
    wrong = []
    for row in table(app).rows:
        if row.method != "GET" or row.answers[role] != "200" or row.url.startswith("admin:"):
            continue
        if row.url in MAILS:
            continue
        for name, path in paths(row, things):
            response = client.get(path)
            html = response.headers.get("Content-Type", "").startswith("text/html")
            text = b"".join(response).decode(errors="replace") if html else ""
            if not response.streaming and text.lstrip().lower().startswith("<!doctype"):
                wrong += [f"{name} {row.thing}: {fault}" for fault in faults(text)]
            elif response.streaming:
                response.getvalue()
    assert not wrong, "\n" + "\n".join(wrong)


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ('<p style="color:red">', "<p style="),
        ('<a onclick="x()">', "<a onclick="),
        ("<script>x()</script>", "<script>"),
        ('<img src="https://elsewhere.example/x.png">', "loads something from elsewhere"),
        ("<h1>", "2 main headings"),
    ],
)
def test_a_fault_in_a_page_is_seen(body: str, fault: str) -> None:
    whole = '<html class="x" lang="nl"><title>T</title><h1>T</h1>'
    assert faults(whole) == []
    assert any(fault in found for found in faults(whole + body))
    assert faults("<html><h1>") == ["no language", "no title"]
