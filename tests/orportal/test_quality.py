"""The code as its tools see it; ``make lint`` runs the same from the command line."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

BASE = Path(settings.BASE_DIR)
BIN = Path(sys.executable).parent
PAGES = [
    str(path.relative_to(BASE))
    for path in sorted((BASE / "templates").rglob("*.html"))
    if "email" not in path.parts  # mail programs read style attributes only
]


@pytest.mark.quality
@pytest.mark.parametrize(
    "command",
    [
        ["mypy", "."],
        ["ruff", "check", "."],
        ["ruff", "format", "--check", "."],
        ["djlint", "--lint", "--quiet", *PAGES],
        ["lint-imports"],
    ],
    ids=lambda command: " ".join(command[:2]),
)
def test_the_tools_find_nothing(command: list[str]) -> None:
    ran = subprocess.run(
        [str(BIN / command[0]), *command[1:]],
        cwd=BASE,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
