"""``manage.py import_roster``: the same plan in words, and an exit code that can be relied on."""

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from people.models import Act, Person
from tests.cast import make_people
from tests.people.roster.lists import OMAR, SANNE, as_csv

pytestmark = pytest.mark.django_db


def run(path: Path, *options: str) -> str:
    out = io.StringIO()
    call_command("import_roster", str(path), *options, stdout=out)
    return out.getvalue()


@pytest.fixture
def staff_list(tmp_path: Path) -> Path:
    path = tmp_path / "lijst.csv"
    path.write_bytes(as_csv(SANNE, OMAR, ";Bo;;Bos;;;;;;;"))
    return path


def test_a_dry_run_shows_the_plan_and_writes_nothing(staff_list: Path) -> None:
    said = run(staff_list, "--dry-run")
    assert "Sanne de Wit" in said
    assert "4" in said.splitlines()[1]
    assert not Person.objects.exists()


def test_an_import_writes_and_is_logged_without_a_person(staff_list: Path) -> None:
    run(staff_list)
    assert Person.objects.count() == 2
    assert Act.objects.get().actor_key == ""


def test_a_plan_by_which_many_leave_needs_their_number(staff_list: Path) -> None:
    make_people(10)
    for said in ([], ["--yes"], ["--yes", "--leaving", "9"]):
        with pytest.raises(CommandError, match="--leaving 10"):
            run(staff_list, *said)
    assert Person.objects.employed().count() == 10
    run(staff_list, "--leaving", "10")
    assert Person.objects.employed().count() == 2


@pytest.mark.parametrize("data", [b"", b"%PDF", b"naam\nBo\n", as_csv(";Bo;;Bos;;;;;;;")])
def test_a_file_that_cannot_be_used_fails(tmp_path: Path, data: bytes, sanne: Person) -> None:
    path = tmp_path / "lijst.csv"
    path.write_bytes(data)
    with pytest.raises(CommandError):
        run(path, "--yes")
    assert Person.objects.employed().get() == sanne


def test_a_file_that_is_not_there_fails_with_a_plain_word(tmp_path: Path) -> None:
    with pytest.raises(CommandError):
        run(tmp_path / "weg.csv")
