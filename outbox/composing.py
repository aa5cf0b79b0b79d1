"""A message's headers and parts, put together once as the form that ``outbox.filling`` fills."""

import secrets
from collections.abc import Mapping
from email.message import EmailMessage as MimeMessage
from email.mime.base import MIMEBase
from email.policy import SMTP
from email.utils import parseaddr

from django.core.mail import EmailMessage, EmailMultiAlternatives

from outbox import headers
from outbox.filling import (
    HEADER,
    HTML,
    PLACEHOLDER,
    RAW,
    TEXT,
    TO,
    body_with_slots,
    slot,
)

OWN = frozenset({"from", "to", "subject", "date", "message-id", "mime-version", "content-type"})
"""Headers that are made here; the same name among a message's extra headers would double them."""


def compose(
    *,
    subject: str,
    sender: str,
    text: str,
    html: str = "",
    extra: Mapping[str, str] | None = None,
    to: str = "",
) -> bytes:
    """One message as a form: text, and HTML beside it where there is any.

    ``subject``, ``text``, ``html`` and the values of ``extra`` may hold placeholders; in ``extra``
    their values must be ASCII. ``to`` is a fixed To header; without it each recipient's own stands
    there. Raises ``RefusedHeader`` where a header holds a line break.
    """
    head = head_lines(subject, sender, to, extra or {})
    plain = part("text/plain", body_with_slots(text, TEXT))
    if not html:
        return head + plain
    boundary = f"=_{secrets.token_hex(12)}".encode()  # quoted-printable never holds "=_"
    return b"".join(
        [
            head,
            b'Content-Type: multipart/alternative;\r\n boundary="' + boundary + b'"\r\n\r\n',
            b"--" + boundary + b"\r\n" + plain,
            b"--" + boundary + b"\r\n" + part("text/html", body_with_slots(html, HTML)),
            b"--" + boundary + b"--\r\n",
        ]
    )


def part(content_type: str, body: bytes) -> bytes:
    """One body with its content headers."""
    return (
        f"Content-Type: {content_type}; charset=utf-8\r\n"
        "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
    ).encode() + body


def head_lines(subject: str, sender: str, to: str, extra: Mapping[str, str]) -> bytes:
    """Every header but those that describe the content."""
    name, address = parseaddr(headers.checked(sender))
    lines = [
        headers.raw_line("From", headers.mailbox(name, headers.normal_address(address))),
        headers.raw_line("To", to) if to else slot(TO, "to"),
        subject_line(subject),
    ]
    given = {key.lower() for key in extra}
    if "date" not in given:
        lines.append(b"Date: " + slot(RAW, "date") + b"\r\n")
    if "message-id" not in given:
        lines.append(b"Message-ID: <" + slot(RAW, "message_id") + b">\r\n")
    if "auto-submitted" not in given:
        lines.append(b"Auto-Submitted: auto-generated\r\n")
    lines += [
        extra_line(key, value)
        for key, value in extra.items()
        if key.lower() not in OWN or key.lower() in {"date", "message-id"}
    ]
    lines.append(b"MIME-Version: 1.0\r\n")
    return b"".join(lines)


def subject_line(subject: str) -> bytes:
    """The subject, encoded now, or per recipient where it holds a placeholder."""
    headers.checked(subject)
    if PLACEHOLDER.search(subject):
        return slot(HEADER, f"Subject:{subject}")
    return headers.line("Subject", subject)


def extra_line(name: str, value: str) -> bytes:
    """Any other header, with raw slots where its value holds placeholders."""
    pieces = PLACEHOLDER.split(headers.checked(value))
    if len(pieces) == 1:
        return headers.line(name, value)
    made = [headers.raw_line(name, pieces[0].rstrip(" "))[:-2] if pieces[0].strip() else b""]
    for index, piece in enumerate(pieces[1:], start=1):
        made.append(slot(RAW, piece) if index % 2 else piece.replace(", ", ",\r\n ").encode())
    return b"".join(made) + b"\r\n"


def compose_from_django(message: EmailMessage) -> bytes:
    """A message of the framework's own class as a form without placeholders in its text."""
    alternatives = list(getattr(message, "alternatives", []) or [])
    to = ", ".join(
        headers.mailbox(name, headers.normal_address(address))
        for name, address in map(parseaddr, map(headers.checked, message.to))
    )
    extra = {str(key): str(value) for key, value in message.extra_headers.items()}
    if message.cc:
        extra["Cc"] = ", ".join(message.cc)
    if message.reply_to:
        extra["Reply-To"] = ", ".join(message.reply_to)
    sender = str(extra.pop("From", message.from_email))
    only_html = all(alternative[1] == "text/html" for alternative in alternatives)
    if not message.attachments and only_html and message.content_subtype == "plain":
        return compose(
            subject=str(message.subject),
            sender=sender,
            text=str(message.body),
            html=str(alternatives[0][0]) if alternatives else "",
            extra=extra,
            to=to or "undisclosed-recipients:;",
        )
    head = head_lines(str(message.subject), sender, to or "undisclosed-recipients:;", extra)
    head = head.removesuffix(b"MIME-Version: 1.0\r\n")
    return head + seven_bit(message).as_bytes()


def seven_bit(message: EmailMessage) -> MimeMessage:
    """The content of a message with attachments, without headers of its own, in pure ASCII."""
    made = MimeMessage(policy=SMTP.clone(cte_type="7bit"))
    made.set_content(str(message.body), message.content_subtype, cte="quoted-printable")
    if isinstance(message, EmailMultiAlternatives):
        for content, mimetype in message.alternatives:
            made.add_alternative(
                str(content), str(mimetype).partition("/")[2], cte="quoted-printable"
            )
    for attachment in message.attachments:
        if isinstance(attachment, MIMEBase):
            payload, filename = attachment.get_payload(decode=True), attachment.get_filename()
            mimetype = attachment.get_content_type()
        else:
            filename, payload, mimetype = attachment
        data = payload.encode() if isinstance(payload, str) else bytes(payload or b"")
        maintype, _slash, subtype = (mimetype or "application/octet-stream").partition("/")
        made.add_attachment(data, maintype, subtype, filename=filename)
    return made
