"""docs/aliases.md says what the code does."""

from pathlib import Path

from django.conf import settings

from groups import aliases
from groups.actions import letters

PAGE = (Path(settings.BASE_DIR) / "docs" / "aliases.md").read_text("utf-8")


def test_the_rounds_the_size_and_the_company_are_as_written() -> None:
    *first, last = (f"{time:%H:%M}" for time in letters.ROUNDS)
    assert f"{', '.join(first)} and {last}" in PAGE
    assert f"at least {letters.TOGETHER} aliases" in PAGE
    assert f"waited {int(letters.AT_MOST.total_seconds() // 3600)} hours" in PAGE
    assert f"{aliases.SIZE} bytes" in PAGE


def test_every_file_it_names_is_there() -> None:
    for word in PAGE.replace("`", " ").split():
        if "/" in word and word.endswith(".py"):
            assert (Path(settings.BASE_DIR) / word).exists(), word
