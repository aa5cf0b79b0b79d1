"""A mail is a row first, then a delivered mail."""

from pathlib import Path

import pytest
from django.core.mail import EmailMultiAlternatives, get_connection
from pytest_django import DjangoAssertNumQueries, Settings

from outbox import delivered, delivering
from outbox.emails import post
from outbox.headers import RefusedHeader
from outbox.models import Delivery, Lane, Mailing, Rendering, State
from people.models import Person
from tests.plugins.mail import SmtpServer

pytestmark = pytest.mark.django_db


def deliver_all() -> None:
    """What workers would do."""
    for lane in Lane:
        while delivering.deliver_batch(lane).rows:
            pass


@pytest.fixture
def mail_dir(settings: Settings, tmp_path: Path) -> Path:
    settings.SMTP_URL = ""
    settings.MAIL_DIR = tmp_path / "mail"
    return tmp_path / "mail"


@pytest.fixture(autouse=True)
def _own_journal(settings: Settings, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path


def test_posting_makes_one_waiting_row_with_a_fixed_message_id(sanne: Person) -> None:
    mailing = post(sanne, "outbox/trial", {})
    assert mailing is not None
    row = mailing.deliveries.get()
    assert (row.address, row.state, row.lane) == (sanne.email, State.QUEUED, Lane.NORMAL)
    assert row.recipient_key == sanne.key.hex
    assert mailing.label == "Een testmail van het portaal van Ondernemingsraad"


def test_someone_without_an_address_gets_no_mail(omar: Person) -> None:
    assert post(omar, "outbox/trial", {}) is None
    assert not Mailing.objects.exists()


def test_delivered_over_smtp_with_text_and_html(sanne: Person, smtp_server: SmtpServer) -> None:
    post(sanne, "outbox/trial", {}, headers={"X-Kind": "trial"})
    deliver_all()
    [arrived] = smtp_server.wait_for(1, sanne.email)
    message = arrived.message
    assert message["To"] == f"{sanne.full_name} <{sanne.email}>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["X-Kind"] == "trial"
    assert message["Content-Language"] == "nl"
    assert message.get_content_type() == "multipart/alternative"
    html, text = message.get_body(("html",)), message.get_body(("plain",))
    assert html is not None
    assert text is not None
    assert "kan het portaal mail versturen" in text.get_content()
    assert '<html lang="nl"' in html.get_content()
    assert Delivery.objects.get().state == State.SENT
    assert Mailing.objects.get().state == "done"


def test_the_reader_s_language_decides(sanne: Person, smtp_server: SmtpServer) -> None:
    sanne.language = "en"
    post(sanne, "outbox/trial", {})
    deliver_all()
    assert "A test mail" in smtp_server.wait_for(1)[0].message["Subject"]


def test_what_was_written_to_one_person_is_not_kept_once_sent(
    sanne: Person, smtp_server: SmtpServer
) -> None:
    post(sanne, "outbox/trial", {})
    assert bytes(Rendering.objects.get().body)
    deliver_all()
    assert bytes(Rendering.objects.get().body) == b""


def test_without_a_server_mail_becomes_a_file(sanne: Person, mail_dir: Path) -> None:
    post(sanne, "outbox/trial", {})
    deliver_all()
    [mail] = delivered.mails()
    assert mail.to == sanne.email
    assert "kan het portaal mail versturen" in mail.text
    assert [path.suffix for path in mail_dir.iterdir()] == [".eml"]


def test_django_s_own_mail_goes_through_the_outbox(smtp_server: SmtpServer) -> None:
    backend = get_connection("outbox.backend.OutboxBackend")
    message = EmailMultiAlternatives(
        "Jouw inlogcode: 482 913",
        "Dag Zoë\n.\nEinde",
        "OR <or@delinde.example>",
        ["Zoë Wit <zoe@delinde.example>"],
        bcc=["archief@delinde.example"],
        reply_to=["secretaris@delinde.example"],
    )
    message.attach_alternative("<p>Dag Zoë</p>", "text/html")
    message.attach("rooster.csv", "dag;dienst\n", "text/csv")
    assert backend.send_messages([message]) == 1
    assert {row.lane for row in Delivery.objects.all()} == {Lane.URGENT}
    deliver_all()
    arrived = smtp_server.wait_for(2)
    assert {one for each in arrived for one in each.recipients} == {
        "zoe@delinde.example",
        "archief@delinde.example",
    }
    read = arrived[0].message
    assert read["To"] == "Zoë Wit <zoe@delinde.example>"
    assert "archief" not in str(read)
    assert read["Reply-To"] == "secretaris@delinde.example"
    body = read.get_body(("plain",))
    assert body is not None
    assert body.get_content().splitlines() == ["Dag Zoë", ".", "Einde"]
    assert [each.get_filename() for each in read.iter_attachments()] == ["rooster.csv"]


@pytest.mark.parametrize("address", ["", "geen", "a@b@c d", "a\r\nRCPT TO:<x@y.example>@d.example"])
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(RefusedHeader):
        post(address, "outbox/trial", {}, language="nl")
    assert not Delivery.objects.exists()


def test_posting_takes_the_same_queries_every_time(
    sanne: Person, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(10):
        post(sanne, "outbox/trial", {})
