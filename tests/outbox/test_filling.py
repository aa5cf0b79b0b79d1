"""A rendering filled per recipient is a correct message, whatever the values hold."""

import email.policy
from email import message_from_bytes
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outbox.composing import compose
from outbox.filling import Form, placeholder, quoted_printable, without_placeholders
from outbox.headers import RefusedHeader

VALUES = {
    "address": "sanne@delinde.example",
    "name": "Sanne de Wit",
    "date": "Mon, 23 Nov 2026 09:00:00 +0100",
    "message_id": "1f.00ff@delinde.example",
}


def filled(text: str, html: str = "", subject: str = "Nieuws", **values: str) -> bytes:
    """One recipient's bytes."""
    body = compose(subject=subject, sender="OR <or@delinde.example>", text=text, html=html)
    return Form(body).fill({**VALUES, **values})


def parsed(data: bytes) -> EmailMessage:
    return message_from_bytes(data, policy=email.policy.default)


def part(message: EmailMessage, kind: str) -> str:
    body = message.get_body((kind,))
    assert body is not None
    return str(body.get_content())


def assert_sendable(data: bytes) -> None:
    """What every SMTP server accepts, without any extension."""
    assert data.isascii()
    assert data.endswith(b"\r\n")
    assert b"\r" not in data.replace(b"\r\n", b"")
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert b"\x00" not in data
    for line in data.split(b"\r\n"):
        assert len(line) <= 78 or line.startswith(b"To:"), line
        assert not line.startswith(b".")


def test_name_and_link_are_filled_in_text_and_html() -> None:
    data = filled(
        f"Dag {placeholder('given')},\n\nhttps://or.example/{placeholder('link')}/\n",
        f"<p>Dag {placeholder('given')}</p><a href='https://x/{placeholder('link')}/'>af</a>",
        given="Zoë & <co>",
        link="a-b_c=",
    )
    assert_sendable(data)
    message = parsed(data)
    assert part(message, "plain").splitlines() == [
        "Dag Zoë & <co>,",
        "",
        "https://or.example/a-b_c=/",
    ]
    assert "<p>Dag Zoë &amp; &lt;co&gt;</p>" in part(message, "html")
    assert "https://x/a-b_c=/" in part(message, "html")
    assert message["To"] == "Sanne de Wit <sanne@delinde.example>"
    assert message["Message-ID"] == "<1f.00ff@delinde.example>"
    assert not message.defects


@given(
    before=st.text(st.characters(exclude_categories=["Cs"]), max_size=200),
    value=st.text(st.characters(exclude_categories=["Cs"]), max_size=200),
    after=st.text(st.characters(exclude_categories=["Cs"]), max_size=200),
)
def test_any_text_and_any_value_come_back_as_they_went_in(
    before: str, value: str, after: str
) -> None:
    before, after, value = map(without_placeholders, (before, after, value))
    data = filled(f"{before}{placeholder('given')}{after}|", given=value)
    assert_sendable(data)
    wanted = f"{before}{value.rstrip(chr(10)).rstrip(chr(13))}{after}|"

    def plainly(text: str) -> str:
        return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")

    got = part(parsed(data), "plain")
    assert plainly(got).rstrip("\n").replace("\n", "") == plainly(wanted).replace("\n", "")


@pytest.mark.parametrize(
    "text", [".", "..", "a\n.\nb", "From here", "x" * 500, "a \nb\t", "é" * 90]
)
def test_awkward_lines_keep_within_bounds_and_decode_again(text: str) -> None:
    import quopri

    made = quoted_printable(text)
    assert all(len(line) <= 76 for line in made.split(b"\r\n"))
    assert not any(line.startswith((b".", b"From ")) for line in made.split(b"\r\n"))
    assert quopri.decodestring(made.replace(b"\r\n", b"\n")).decode() == text


def test_subject_with_a_name_is_encoded_as_a_whole() -> None:
    data = filled("x", subject=f"{placeholder('given')}, jouw mening telt", given="Zoë")
    assert_sendable(data)
    assert parsed(data)["Subject"] == "Zoë, jouw mening telt"


@pytest.mark.parametrize("value", ["Zoë\r\nBcc: x@y.example", "a\nb", "a\rb", "a\x00b", "a\u2028b"])
def test_a_name_with_a_line_break_makes_no_header(value: str) -> None:
    with pytest.raises(RefusedHeader):
        filled("x", subject=f"{placeholder('given')}, hallo", given=value)
    with pytest.raises(RefusedHeader):
        filled("x", name=value)


def test_a_subject_with_a_line_break_is_refused() -> None:
    with pytest.raises(RefusedHeader):
        compose(subject="Hallo\r\nBcc: x@y.example", sender="or@delinde.example", text="x")


def test_a_long_subject_folds_and_comes_back_whole() -> None:
    subject = "Het roostervoorstel: wat vind jij van zelf roosteren? " * 4
    data = filled("x", subject=subject.strip())
    assert_sendable(data)
    assert parsed(data)["Subject"] == subject.strip()


def test_names_with_commas_quotes_and_accents_stay_one_mailbox() -> None:
    for name in ['Wit, Sanne "de"', "Zoë Øst", "a\\b", "=?utf-8?q?x?=", "O'Neil (nacht)"]:
        header = parsed(filled("x", name=name))["To"]
        assert [(box.display_name, box.addr_spec) for box in header.addresses] == [
            (name, "sanne@delinde.example")
        ]
