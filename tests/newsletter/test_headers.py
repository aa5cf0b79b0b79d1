"""A newsletter and a sign-in mail as a server received them, read by others than who wrote them.

Two parsers that the portal does not compose with read the bytes: one in Rust (fast_mail_parser) and
Python's own. Beside them stand the rules themselves, on the bytes: RFC 5322 (lines, fields that
must be there once), 2369 (List-*), 8058 (one click), 2045 (MIME) and what a DKIM signer needs.
"""

import re
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import fast_mail_parser
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from newsletter.models import OptOut
from people.models import Person
from tests.newsletter.making import deliver_all, make_issue, send_out
from tests.plugins.mail import SmtpServer

pytestmark = pytest.mark.django_db
ONCE = ("date", "from", "to", "subject", "message-id", "mime-version", "content-type")
FIELD = re.compile(rb"([!-9;-~]+):[ \t]*(.*)", re.DOTALL)
ATOM = rb"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
MESSAGE_ID = re.compile(rb"<" + ATOM + rb"(\." + ATOM + rb")*@" + ATOM + rb"(\." + ATOM + rb")*>")
DATE = re.compile(
    rb"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{1,2} "
    rb"(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d\d:\d\d:\d\d [+-]\d{4}"
)
SUBJECT = "Één rooster voor álle ploegen: wat jullie erover zeiden, en wat we nu met z’n allen doen"


def fields_of(data: bytes) -> dict[bytes, list[bytes]]:
    """The header fields by lower-case name, unfolded; what breaks RFC 5322 fails here."""
    assert data.isascii(), "7-bit, so no server on the way has to encode it anew"
    assert b"\x00" not in data
    assert data.count(b"\n") == data.count(b"\r\n") == data.count(b"\r")
    assert max(map(len, data.split(b"\r\n"))) <= 998
    head, _empty, _body = data.partition(b"\r\n\r\n")
    found: dict[bytes, list[bytes]] = {}
    for folded in re.split(rb"\r\n(?![ \t])", head):
        for line in folded.split(b"\r\n"):
            assert line.strip(), "a folded line of spaces alone ends the header for some"
            assert line == line.rstrip(), "spaces at an end do not survive every server"
            assert len(line) <= 78 or b" " not in line.split(b": ")[-1].strip(), "only a word alone"
        field = FIELD.fullmatch(re.sub(rb"\r\n([ \t])", rb"\1", folded))
        assert field, folded
        found.setdefault(field[1].lower(), []).append(field[2])
    return found


def assert_well_formed(data: bytes) -> dict[bytes, list[bytes]]:
    """What holds for every mail of ours with text and HTML; its fields."""
    fields = fields_of(data)
    for name in ONCE:
        assert len(fields[name.encode()]) == 1, name
    assert all(len(values) == 1 for values in fields.values()), "a signer covers each field once"
    assert MESSAGE_ID.fullmatch(fields[b"message-id"][0])
    assert DATE.fullmatch(fields[b"date"][0])
    sent = parsedate_to_datetime(fields[b"date"][0].decode())
    assert abs((timezone.now() - sent).total_seconds()) < 300
    assert fields[b"mime-version"] == [b"1.0"]
    assert fields[b"from"][0].count(b"@") == fields[b"to"][0].count(b"@") == 1
    return fields


def assert_read_alike(data: bytes, message: EmailMessage) -> None:
    """Both parsers find the same headers, and the same text before the same HTML."""
    tree = fast_mail_parser.parse_email_tree(data)
    for name in ("From", "To", "Subject", "Message-ID", "Content-Language", "List-Unsubscribe"):
        theirs = tree.headers.get(name, [])
        ours = [str(value).replace('"', "") for value in message.get_all(name, [])]
        assert theirs == ours, name
    assert tree.content_type == message.get_content_type() == "multipart/alternative"
    assert [part.content_type for part in tree.children] == ["text/plain", "text/html"]
    for part, own in zip(tree.children, message.iter_parts(), strict=True):
        (kind,) = part.headers["Content-Type"]
        assert "utf-8" in kind.lower()
        assert part.headers["Content-Transfer-Encoding"] == ["quoted-printable"]
        assert part.content is not None
        read = part.content.decode("utf-8").replace("\r\n", "\n")
        assert read == str(own.get_content()).replace("\r\n", "\n")
    assert data.rstrip(b"\r\n").endswith(b"--"), "the last boundary closes"
    assert not message.defects
    assert not [defect for part in message.walk() for defect in part.defects]


def test_a_newsletter_holds_to_the_rules(
    sanne: Person, ineke: Person, smtp_server: SmtpServer, settings: Settings
) -> None:
    settings.PORTAL_URL = "https://or.example"
    Person.objects.filter(pk=sanne.pk).update(
        given_name="Zoë", infix="van der", family_name="Ŵit, 3"
    )
    send_out(ineke, make_issue(ineke, SUBJECT, text=f"{'Goed nieuws. ' * 40}\n\n.\n\n.."))
    (arrived,) = smtp_server.wait_for(1, sanne.email)
    fields = assert_well_formed(arrived.data)
    assert_read_alike(arrived.data, arrived.message)
    tree = fast_mail_parser.parse_email_tree(arrived.data)
    assert tree.headers["Subject"] == [SUBJECT]
    assert tree.children[0].content is not None
    assert "Hallo Zoë," in tree.children[0].content.decode()
    assert fields[b"list-id"] == [b"<nieuwsbrief.or.example>"]
    assert fields[b"precedence"] == [b"bulk"]
    assert fields[b"list-unsubscribe-post"] == [b"List-Unsubscribe=One-Click"]
    assert re.fullmatch(rb"<https://or\.example/[!-;=?-~]+>", fields[b"list-unsubscribe"][0])


def test_the_one_click_of_its_header_unsubscribes(
    sanne: Person, ineke: Person, smtp_server: SmtpServer
) -> None:
    send_out(ineke, make_issue(ineke))
    (arrived,) = smtp_server.wait_for(1, sanne.email)
    link = fields_of(arrived.data)[b"list-unsubscribe"][0].decode().strip("<>")
    mail_program = Client(enforce_csrf_checks=True)
    answer = mail_program.post(urlsplit(link).path, {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers
    assert OptOut.objects.filter(address=sanne.email).exists()


def test_a_sign_in_mail_holds_to_the_rules(
    client: Client, sanne: Person, smtp_server: SmtpServer
) -> None:
    client.post(reverse("account_request_login_code"), {"login": sanne.email})
    deliver_all()
    (arrived,) = smtp_server.wait_for(1, sanne.email)
    fields = assert_well_formed(arrived.data)
    assert_read_alike(arrived.data, arrived.message)
    assert fields[b"auto-submitted"] == [b"auto-generated"]
    assert b"list-unsubscribe" not in fields


@pytest.mark.parametrize("broken", ["\r\nBcc: x@y.example", "\nBcc: x@y.example", "\u2028Bcc: x"])
def test_a_subject_with_a_line_break_goes_to_nobody_else(
    sanne: Person, ineke: Person, smtp_server: SmtpServer, broken: str
) -> None:
    issue = make_issue(ineke, f"Nieuws{broken}")
    try:
        send_out(ineke, issue)
    except ValueError:
        assert smtp_server.deliveries == []
        return
    for arrived in smtp_server.deliveries:
        assert b"bcc" not in fields_of(arrived.data)
