"""The documents say what is there: commands, settings, folders, files."""

import ast
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands

BASE = Path(settings.BASE_DIR)
DOCUMENTS = sorted(
    [*BASE.glob("*.md"), *(BASE / "docs").rglob("*.md"), *(BASE / "deploy").rglob("*.md")]
)
NOT_OURS = {"var", "test-results"}


def name(path: Path) -> str:
    return str(path.relative_to(BASE))


def settings_read() -> set[str]:
    """The variables that the settings read from the environment."""
    tree = ast.parse((BASE / "orportal" / "settings.py").read_text("utf-8"))
    return {
        str(node.args[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "env"
        and node.args
        and isinstance(node.args[0], ast.Constant)
    } | ({"DATABASE_URL"} if "env.db(" in ast.unparse(tree) else set())


def make_targets() -> set[str]:
    return set(re.findall(r"^([a-z-]+):", (BASE / "Makefile").read_text("utf-8"), re.MULTILINE))


def test_the_table_of_settings_names_each_variable_that_is_read_and_no_other() -> None:
    rows = re.findall(r"^\| `([A-Z_]+)`", (BASE / "docs/settings.md").read_text(), re.MULTILINE)
    assert sorted(rows) == sorted(settings_read())


@pytest.mark.parametrize("document", DOCUMENTS, ids=name)
def test_what_a_document_tells_to_type_exists(document: Path) -> None:
    text = document.read_text("utf-8")
    told = set(re.findall(r"`make ([a-z-]+)", text)) | set(
        re.findall(r"^(?:    |\$ )?make ([a-z-]+)", text, re.MULTILINE)
    )
    assert told <= make_targets()
    commands = set(re.findall(r"manage\.py ([a-z_]+)", text))
    assert commands <= set(get_commands())


@pytest.mark.parametrize("document", DOCUMENTS, ids=name)
def test_what_a_document_links_to_exists(document: Path) -> None:
    links = re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", document.read_text("utf-8"))
    gone = [link for link in links if not (document.parent / link).exists()]
    assert gone == []


@pytest.mark.parametrize("document", ["README.md", "ARCHITECTURE.md"])
def test_the_map_names_every_folder_and_only_folders_that_exist(document: str) -> None:
    text = (BASE / document).read_text("utf-8")
    block = next(part for part in text.split("```")[1::2] if "outbox/" in part)
    named = {word.split("/")[0] for word in re.findall(r"(?<![\w/.])([a-z]+)/", block)}
    folders = {
        path.name
        for path in BASE.iterdir()
        if path.is_dir() and not path.name.startswith((".", "__")) and path.name not in NOT_OURS
    }
    assert named == folders


def test_the_licence_is_the_one_that_the_project_names() -> None:
    assert (BASE / "LICENSE").read_text("utf-8").startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2")
    assert 'license = "EUPL-1.2"' in (BASE / "pyproject.toml").read_text("utf-8")


def test_no_lock_file_names_a_host() -> None:
    for lock in ("requirements.txt", "requirements-dev.txt"):
        text = (BASE / lock).read_text("utf-8")
        assert "--hash=sha256:" in text
        assert not re.search(r"https?://|--(?!hash=sha256:)", text), "no option but hashes"
