"""What the tests stand on stands: mail arrives, workers work, the browser sees, servers end."""

import os
import select
import shutil
import smtplib
import subprocess
import sys
import textwrap

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from orportal.celery import app
from people.models import Person
from tests.plugins.browser import PHONE, BrowseAs, assert_accessible
from tests.plugins.mail import SmtpServer
from tests.plugins.throwaway import make_run_folder
from tests.plugins.workers import Worker


def test_the_run_writes_in_a_folder_of_its_own() -> None:
    assert "orportaal-run-" in str(settings.VAR_DIR)


def test_a_mail_arrives_at_the_smtp_server(smtp_server: SmtpServer) -> None:
    host, port = smtp_server.url.removeprefix("smtp://").split(":")
    with smtplib.SMTP(host, int(port)) as connection:
        connection.sendmail("or@x.example", ["a@x.example"], b"Subject: Hoi\r\n\r\nDag")
    smtp_server.wait_for(1, to="a@x.example")
    assert [message["Subject"] for message in smtp_server.to("a@x.example")] == ["Hoi"]
    with pytest.raises(AssertionError, match="0 of 1"):
        smtp_server.wait_for(1, to="b@x.example", seconds=0.01)


@pytest.mark.long
def test_a_worker_process_takes_tasks_and_ends(celery_worker_process: Worker) -> None:
    replies = app.control.ping(timeout=10, limit=1) or []
    assert [reply for each in replies for reply in each.values()] == [{"ok": "pong"}]
    celery_worker_process.stop()
    assert celery_worker_process.process.returncode == 0


@pytest.mark.browser
def test_the_browser_is_signed_in_and_reads_dutch(sanne: Person, browse_as: BrowseAs) -> None:
    page = browse_as(sanne, PHONE)
    page.goto(reverse("start"))
    assert page.evaluate("navigator.language") == "nl-NL"
    assert page.locator("html").get_attribute("lang") == "nl"
    assert_accessible(page)


@pytest.mark.browser
def test_axe_sees_a_fault(browse_as: BrowseAs) -> None:
    page = browse_as(None)
    page.set_content("<html lang=nl><title>x</title><img src='data:,'></html>")
    with pytest.raises(AssertionError, match="image-alt"):
        assert_accessible(page)


@pytest.mark.services
def test_servers_die_with_the_process_that_started_them() -> None:
    folder = make_run_folder()
    program = textwrap.dedent(
        f"""
        import threading
        from pathlib import Path
        from tests.plugins.throwaway import start_postgresql, start_redis
        folder = Path({str(folder)!r})
        servers = [start_postgresql(folder), start_redis(folder)]
        print(*(server.process.pid for server in servers), flush=True)
        threading.Event().wait()
        """
    )
    starter = subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, cwd=settings.BASE_DIR
    )
    assert starter.stdout is not None
    pids = [int(pid) for pid in starter.stdout.readline().split()]
    handles = [os.pidfd_open(pid) for pid in pids]
    starter.kill()
    starter.communicate()
    assert len(handles) == 2
    for handle in handles:
        waiting = select.poll()
        waiting.register(handle, select.POLLIN)
        assert waiting.poll(20_000), "still running"
        os.close(handle)
    shutil.rmtree(folder)


def test_a_visitor_is_asked_to_sign_in(client: Client, db: None) -> None:
    assert client.get(reverse("start")).status_code == 302
