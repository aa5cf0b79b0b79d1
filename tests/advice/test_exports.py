"""Long letters as files: made once by a worker, for who asked and may still read the letter."""

from __future__ import annotations

import os
import select
import threading
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from celery import current_app
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from advice.actions import exporting, writing
from advice.actions.exporting import ask_for_file, make_file, sweep_files
from advice.letters.formats import FORMATS, Format
from advice.letters.tree import Tree
from advice.models import ExportStep, Letter, LetterExport
from advice.tasks import export_letter
from dossiers.actions import impose_secrecy
from dossiers.models import Dossier
from people.models import Act, Person
from tests.cast import SignIn
from tests.plugins.workers import StartWorker, Worker

START = {"docx": b"PK", "odt": b"PK", "pdf": b"%PDF"}


@pytest.fixture
def long_letter(ineke: Person, letter: Letter) -> Letter:
    section = letter.sections.get(slug="arguments")
    writing.write_section(
        ineke,
        section,
        heading=section.heading,
        body="\n\n".join(["[[bevinding:1|tabel afdelingen grafiek]]"] * 8),
        based_on=section.version,
    )
    return letter


def past_lease(export: LetterExport) -> None:
    late = timezone.now() - timedelta(seconds=1)
    LetterExport.objects.filter(pk=export.pk).update(lease_until=late)


def fetch(client: Client, export: LetterExport) -> Any:
    return client.get(reverse("advice:export_file", args=[export.key]))


@pytest.mark.parametrize("suffix", FORMATS)
def test_from_the_letter_to_the_file(
    suffix: str, sign_in: SignIn, ineke: Person, long_letter: Letter
) -> None:
    client = sign_in(ineke)
    page = client.get(long_letter.get_absolute_url()).content.decode()
    ask = reverse("advice:ask_file", args=[long_letter.key, suffix])
    assert f'action="{ask}"' in page
    assert "brief.docx" not in page
    answer = client.post(ask, follow=True)
    watching = answer.content.decode()
    assert '<noscript><meta http-equiv="refresh"' in watching
    assert 'hx-trigger="every 1s"' in watching
    export = LetterExport.objects.get()
    assert fetch(client, export).status_code == 404
    assert make_file(export.pk)
    ready = client.get(export.get_absolute_url()).content.decode()
    assert "refresh" not in ready
    assert "hx-trigger" not in ready
    file = fetch(client, export)
    assert file.content.startswith(START[suffix])
    assert file["Content-Type"] == FORMATS[suffix].media_type
    assert f'-concept.{suffix}"' in file["Content-Disposition"]
    assert "no-store" in file["Cache-Control"]


def test_a_short_letter_keeps_its_direct_link_and_a_long_one_is_asked_for(
    sign_in: SignIn, ineke: Person, letter: Letter
) -> None:
    client = sign_in(ineke)
    direct = reverse("advice:draft_file", args=[letter.key, "docx"])
    assert direct in client.get(letter.get_absolute_url()).content.decode()
    assert client.get(direct).content.startswith(b"PK")
    section = letter.sections.get(slug="process")
    writing.write_section(
        ineke, section, heading="x", body="[[bevinding:1|tabel]]\n\n" * 30, based_on=1
    )
    assert client.get(direct).url == letter.get_absolute_url()  # type: ignore[attr-defined]


def test_fetching_is_logged_and_asking_is_not(
    sign_in: SignIn, ineke: Person, letter: Letter
) -> None:
    export = ask_for_file(ineke, letter, "docx")
    make_file(export.pk)
    acts = Act.objects.filter(verb="advice.export_letter")
    assert not acts.exists()
    fetch(sign_in(ineke), export)
    assert [act.object_key for act in acts] == [str(letter.key)]


def test_nobody_else_sees_the_file_not_even_who_reads_the_letter(
    sign_in: SignIn, ineke: Person, fatima: Person, joris: Person, bakker: Person, letter: Letter
) -> None:
    export = ask_for_file(ineke, letter, "docx")
    make_file(export.pk)
    for person in (fatima, joris, bakker):
        client = sign_in(person)
        assert client.get(export.get_absolute_url()).status_code == 404
        assert fetch(client, export).status_code == 404
    assert fetch(Client(), export).status_code == 302


def secrecy(joris: Person, dossier: Dossier) -> None:
    impose_secrecy(joris, dossier, imposed_by="x", scope="x", until=None, exempt=[])


def test_secrecy_takes_a_file_that_is_ready(
    sign_in: SignIn, ineke: Person, joris: Person, letter: Letter
) -> None:
    export = ask_for_file(ineke, letter, "docx")
    make_file(export.pk)
    client = sign_in(ineke)
    secrecy(joris, letter.dossier)
    assert fetch(client, export).status_code == 404
    assert client.get(export.get_absolute_url()).status_code == 404
    assert not LetterExport.objects.exists()


def test_secrecy_imposed_while_it_is_written_keeps_nothing(
    monkeypatch: pytest.MonkeyPatch, ineke: Person, joris: Person, letter: Letter
) -> None:
    def write(tree: Tree) -> bytes:
        secrecy(joris, letter.dossier)
        return b"PK"

    monkeypatch.setitem(FORMATS, "docx", Format(write, "x/y"))
    export = ask_for_file(ineke, letter, "docx")
    assert not make_file(export.pk)
    assert not LetterExport.objects.exclude(content=b"").exists()
    assert not make_file(export.pk)


def test_who_left_the_council_meanwhile_gets_nothing(
    sign_in: SignIn, ineke: Person, letter: Letter
) -> None:
    ready, waiting = (ask_for_file(ineke, letter, suffix) for suffix in ("docx", "pdf"))
    make_file(ready.pk)
    yesterday = timezone.localdate() - timedelta(days=1)
    ineke.appointments.update(began_on=yesterday, ended_on=yesterday)
    assert fetch(sign_in(Person.objects.get(pk=ineke.pk)), ready).status_code == 404
    assert not make_file(waiting.pk)
    assert not LetterExport.objects.filter(pk=waiting.pk).exists()


def test_asking_twice_while_it_is_made_gives_the_same(ineke: Person, letter: Letter) -> None:
    first = ask_for_file(ineke, letter, "docx")
    assert ask_for_file(ineke, letter, "docx") == first
    assert ask_for_file(ineke, letter, "pdf") != first
    make_file(first.pk)
    assert ask_for_file(ineke, letter, "docx") != first


def test_the_page_says_that_the_letter_changed_since(
    sign_in: SignIn, ineke: Person, letter: Letter
) -> None:
    export = ask_for_file(ineke, letter, "docx")
    make_file(export.pk)
    client = sign_in(ineke)
    told = "De brief is veranderd"
    assert told not in client.get(export.get_absolute_url()).content.decode()
    section = letter.sections.get(slug="process")
    writing.write_section(ineke, section, heading="x", body="Anders.", based_on=1)
    assert told in client.get(export.get_absolute_url()).content.decode()


def test_after_three_failures_the_page_says_so_plainly(
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    sign_in: SignIn,
    ineke: Person,
    letter: Letter,
) -> None:
    def write(tree: Tree) -> bytes:
        raise ValueError("geheim woord")

    monkeypatch.setitem(FORMATS, "docx", Format(write, "x/y"))
    export = ask_for_file(ineke, letter, "docx")
    for left in (ExportStep.WAITING, ExportStep.WAITING, ExportStep.FAILED):
        assert not make_file(export.pk)
        export.refresh_from_db()
        assert export.step == left
    assert not make_file(export.pk)
    assert export.tries == 3
    assert "failed at try 3" in caplog.text
    page = sign_in(ineke).get(export.get_absolute_url()).content.decode()
    assert "drie keer" in page
    assert "geheim woord" not in page
    assert "refresh" not in page
    assert ask_for_file(ineke, letter, "docx") != export


def test_a_worker_that_dies_three_times_is_given_up(ineke: Person, letter: Letter) -> None:
    export = ask_for_file(ineke, letter, "docx")
    LetterExport.objects.filter(pk=export.pk).update(step=ExportStep.WRITING, tries=3)
    past_lease(export)
    sweep_files()
    export.refresh_from_db()
    assert export.has_failed


def test_a_file_is_forgotten_after_a_day(ineke: Person, letter: Letter) -> None:
    old, fresh = (ask_for_file(ineke, letter, suffix) for suffix in ("docx", "pdf"))
    make_file(old.pk)
    LetterExport.objects.filter(pk=old.pk).update(asked_at=timezone.now() - timedelta(hours=25))
    sweep_files()
    assert list(LetterExport.objects.all()) == [fresh]


def test_who_lost_the_lease_changes_nothing(
    monkeypatch: pytest.MonkeyPatch, ineke: Person, letter: Letter
) -> None:
    export = ask_for_file(ineke, letter, "docx")
    slow = Format(lambda tree: b"of the second", "x/y")

    def write(tree: Tree) -> bytes:
        past_lease(export)
        monkeypatch.setitem(FORMATS, "docx", slow)
        assert make_file(export.pk)
        return b"of the first, too late"

    monkeypatch.setitem(FORMATS, "docx", Format(write, "x/y"))
    assert not make_file(export.pk)
    export.refresh_from_db()
    assert bytes(export.content) == b"of the second"
    assert export.tries == 2


@pytest.mark.django_db(transaction=True)
def test_of_two_workers_at_once_one_makes_it(
    monkeypatch: pytest.MonkeyPatch, ineke: Person, letter: Letter
) -> None:
    written: list[int] = []

    def write(tree: Tree) -> bytes:
        written.append(1)
        return b"PK"

    monkeypatch.setitem(FORMATS, "docx", Format(write, "x/y"))
    export = ask_for_file(ineke, letter, "docx")
    start = threading.Barrier(4)
    made: list[bool] = []

    def run() -> None:
        try:
            connection.ensure_connection()
            start.wait(20)
            made.append(make_file(export.pk))
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _each in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(made) == [False, False, False, True]
    assert written == [1]
    assert LetterExport.objects.get().is_ready


def halted_at(point: str, go: partial[Any], start_worker: StartWorker, folder: Path) -> Worker:
    """A real worker that stands still after ``point``, reached because of ``go``."""
    current_app.control.purge()  # messages of other tests would be answered first
    fifo = folder / "halted"
    os.mkfifo(fifo)
    reader = os.open(fifo, os.O_RDWR)
    worker = start_worker("-I", "tests.polls.halting", HALT_AT=point, HALT_FIFO=str(fifo))
    go()
    halted, _writable, _failed = select.select([reader], [], [], 40)
    os.close(reader)
    assert halted, "".join(worker.log)
    return worker


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_a_real_worker_makes_it_because_it_was_asked(
    ineke: Person, letter: Letter, start_worker: StartWorker, tmp_path: Path
) -> None:
    go = partial(ask_for_file, ineke, letter, "pdf")
    worker = halted_at("advice.actions.exporting:make_file", go, start_worker, tmp_path)
    worker.kill()
    export = LetterExport.objects.get()
    assert export.is_ready, "".join(worker.log)
    assert bytes(export.content).startswith(b"%PDF")


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_killed_while_writing_it_is_made_anew_after_its_lease(
    ineke: Person, letter: Letter, start_worker: StartWorker, tmp_path: Path
) -> None:
    go = partial(ask_for_file, ineke, letter, "docx")
    halted_at("advice.actions.exporting:compose", go, start_worker, tmp_path).kill()
    export = LetterExport.objects.get()
    assert export.step == ExportStep.GATHERING
    assert not make_file(export.pk)
    past_lease(export)
    assert make_file(export.pk)
    export.refresh_from_db()
    assert export.tries == 2
    assert bytes(export.content).startswith(b"PK")


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_the_sweep_finds_what_a_lost_message_left(
    monkeypatch: pytest.MonkeyPatch,
    ineke: Person,
    letter: Letter,
    start_worker: StartWorker,
    tmp_path: Path,
) -> None:
    with monkeypatch.context() as lost:
        lost.setattr(exporting, "_wake", lambda pk: None)
        ask_for_file(ineke, letter, "odt")
    go = partial(sweep_files)
    halted_at("advice.actions.exporting:make_file", go, start_worker, tmp_path).kill()
    assert LetterExport.objects.get().is_ready


def test_the_broker_being_away_stops_nobody(
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Any,
    sign_in: SignIn,
    ineke: Person,
    letter: Letter,
) -> None:
    def away(pk: int) -> None:
        raise OSError

    monkeypatch.setattr(exporting, "_wake", away)
    with django_capture_on_commit_callbacks(execute=True):
        answer = sign_in(ineke).post(reverse("advice:ask_file", args=[letter.key, "docx"]))
    assert answer.status_code == 302
    assert export_letter(LetterExport.objects.get().pk)
