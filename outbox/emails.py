"""Mail from a triple of templates: subject, text, HTML, in the reader's language."""

from collections.abc import Mapping
from typing import Protocol
from uuid import UUID

from django.conf import settings
from django.template import Context, Engine
from django.template.loader import get_template
from django.utils.translation import get_language, override

from outbox.actions import Recipient, queue_single
from outbox.composing import compose
from outbox.filling import without_placeholders
from outbox.models import Lane, Mailing


class Addressee(Protocol):
    """Someone with an address and a language: the portal's people, without knowing them."""

    key: UUID
    email: str
    language: str

    def get_full_name(self) -> str:
        """The name on the envelope."""
        ...


class Written(Protocol):
    """The words of a mail."""

    @property
    def subject(self) -> str:
        """One line."""
        ...

    @property
    def text(self) -> str:
        """The plain-text part."""
        ...

    @property
    def html(self) -> str:
        """The HTML part."""
        ...


class Letter:
    """A triple of templates rendered: ``subject`` (one line), ``text`` and ``html``."""

    def __init__(self, template: str, context: Mapping[str, object], language: str) -> None:
        """``template`` is ``<app>/<name>``: ``templates/<app>/email/<name>.subject.txt`` etc."""
        app, _slash, name = template.partition("/")
        with override(language):
            values = {
                "portal_url": settings.PORTAL_URL,
                "council_name": settings.COUNCIL_NAME,
                "organisation_name": settings.ORGANISATION_NAME,
                "language": language,
                **context,
            }
            stem = f"{app}/email/{name}"
            # A title typed with a line break is one line in a subject, and no header of its own.
            self.subject = " ".join(plain(f"{stem}.subject.txt", values).split())
            self.text = plain(f"{stem}.txt", values)
            self.html = get_template(f"{stem}.html").render({**values, "subject": self.subject})


def plain(template: str, values: Mapping[str, object]) -> str:
    """A plain-text template rendered without escaping for HTML."""
    found = Engine.get_default().get_template(template)
    return str(found.render(Context(dict(values), autoescape=False)))


def post(
    to: Addressee | str,
    template: str,
    context: Mapping[str, object],
    *,
    language: str = "",
    priority: Lane = Lane.NORMAL,
    headers: Mapping[str, str] | None = None,
) -> Mailing | None:
    """Queue one mail in the current transaction, in the language of who reads it.

    ``template`` is ``<app>/<name>`` (see ``Letter``). Someone without an address gets
    no mail: None. Raises ``RefusedHeader`` for an address or header that cannot be sent.
    ``priority`` ``Lane.URGENT`` is for what somebody waits for at the screen; it is delivered as
    soon as the transaction commits.
    """
    own = "" if isinstance(to, str) else to.language
    language = language or own or get_language() or settings.LANGUAGE_CODE
    if not isinstance(to, str) and not to.email:
        return None
    letter = Letter(template, context, language)
    return post_letter(to, letter, language=language, priority=priority, headers=headers)


def post_letter(
    to: Addressee | str,
    letter: Written,
    *,
    language: str,
    priority: Lane = Lane.NORMAL,
    headers: Mapping[str, str] | None = None,
) -> Mailing:
    """Queue one mail whose words are ready; see ``post``."""
    if isinstance(to, str):
        recipient = Recipient(to)
    else:
        name = " ".join(to.get_full_name().split())
        recipient = Recipient(to.email, name=name, key=to.key.hex)
    body = compose(
        subject=without_placeholders(letter.subject),
        sender=settings.DEFAULT_FROM_EMAIL,
        text=without_placeholders(letter.text),
        html=without_placeholders(letter.html),
        extra={"Content-Language": language, **(headers or {})},
    )
    return queue_single(subject=letter.subject, body=body, recipients=[recipient], lane=priority)
