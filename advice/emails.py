"""The mails of concluding: that a letter waits, with no word of what it says."""

from collections.abc import Iterable

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation

from advice.models import LetterRelease
from people.models import Person


def announce_letter(release: LetterRelease, directors: Iterable[Person]) -> None:
    """Tell the director that a letter of the council waits in the portal."""
    for person in directors:
        if not person.email:
            continue
        context = {
            "person": person,
            "council_name": settings.COUNCIL_NAME,
            "url": settings.PORTAL_URL + release.get_absolute_url(),
        }
        with translation.override(person.language):
            mail = EmailMultiAlternatives(
                render_to_string("advice/email/letter_subject.txt", context).strip(),
                render_to_string("advice/email/letter.txt", context),
                settings.DEFAULT_FROM_EMAIL,
                [person.email],
            )
            mail.attach_alternative(
                render_to_string("advice/email/letter.html", context), "text/html"
            )
        mail.send()
