"""What the sign-in package asks of the portal: its mails, its words, its limits."""

import contextlib
from functools import partial
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.account.internal.stagekit import clear_login
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from outbox import wakes
from outbox.emails import post
from outbox.models import Lane
from people.log import log_act
from people.models import Person
from people.sign_in.backends import RosterBackend
from people.sign_in.secrets import seal, unseal

MAILS = {
    "account/email/login_code": "people/login_code",
    "account/email/password_reset_key": "people/password_reset",
    "account/email/password_changed": "people/means_changed",
    "account/email/password_set": "people/means_changed",
    "account/email/password_reset": "people/means_changed",
    "mfa/email/totp_activated": "people/means_changed",
    "mfa/email/totp_deactivated": "people/means_changed",
    "mfa/email/recovery_codes_generated": "people/means_changed",
    "mfa/email/webauthn_added": "people/means_changed",
    "mfa/email/webauthn_removed": "people/means_changed",
}
"""Ours for each of theirs; a mail that stands not here is never sent."""

CHANGES = {
    "account/email/password_changed": _("Your password was changed."),
    "account/email/password_set": _("A password was set."),
    "account/email/password_reset": _("Your password was set anew."),
    "mfa/email/totp_activated": _("An authenticator app was added."),
    "mfa/email/totp_deactivated": _("The authenticator app was removed."),
    "mfa/email/recovery_codes_generated": _("New recovery codes were made."),
    "mfa/email/webauthn_added": _("A passkey was added."),
    "mfa/email/webauthn_removed": _("A passkey was removed."),
}
_WRONG = _("This does not match. Check what you typed, or have a code mailed to you.")


class _UndoneError(Exception):
    """Takes back what was written for an address that nobody has."""


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # untyped package
    """Sign-in as the portal wants it."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _WRONG,
        "username_password_mismatch": _WRONG,
        "invalid_login": _WRONG,
        "incorrect_code": _("This code is not right. Check the newest mail and type it again."),
        "too_many_login_attempts": _("Too many attempts. Wait five minutes and try again."),
        "rate_limited": _("That went too fast. Wait a moment and try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: the roster decides who there is."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Queue the portal's own mail, at once; for an unknown address do as much and send none.

        Whoever asks for a code or a reset must not be able to tell from the time it takes whether
        an address is known.
        """
        person = Person.objects.employed().filter(email__iexact=email).first()
        with transaction.atomic():
            if person is None or template_prefix not in MAILS:
                self._pretend_to_send()
                return
            post(
                person,
                MAILS[template_prefix],
                {
                    "code": context.get("code", ""),
                    "url": context.get("password_reset_url", ""),
                    "change": CHANGES.get(template_prefix, ""),
                    "minutes": _minutes(),
                    "person": person,
                },
                priority=Lane.URGENT,
            )

    def _pretend_to_send(self) -> None:
        """Do what sending a code does, then undo it: rendering, rows, and waking the sender."""
        with contextlib.suppress(_UndoneError), transaction.atomic():
            post(
                "niemand@localhost.invalid",
                "people/login_code",
                {"code": self.generate_login_code(), "minutes": _minutes()},
                language=get_language() or "nl",
                priority=Lane.URGENT,
            )
            raise _UndoneError
        transaction.on_commit(partial(wakes.wake, Lane.URGENT))

    def send_notification_mail(
        self,
        template_prefix: str,
        user: Person,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Log every change of somebody's means of signing in, and tell them by mail."""
        with transaction.atomic():
            log_act(user, "people.sign_in_means")
            if user.email:
                self.send_mail(template_prefix, user.email, context or {})

    def get_reset_password_from_key_url(self, key: str) -> str:
        """At the portal's own address, whatever host the request named."""
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "U", "key": "K"})
        return f"{settings.PORTAL_URL}{path.replace('U-K', key)}"

    def pre_login(self, request: HttpRequest, user: Person, **kwargs: Any) -> HttpResponse | None:
        """Ask the backend too: the package lets pass whom it refuses, and checks one reason."""
        if not RosterBackend().user_can_authenticate(user):
            clear_login(request)
            inactive: HttpResponse = self.respond_user_inactive(request, user)
            return inactive
        response: HttpResponse | None = super().pre_login(request, user, **kwargs)
        return response

    def post_login(self, request: HttpRequest, user: Person, **kwargs: Any) -> HttpResponse:
        """Strip the session of addresses, and second factors of the time they were used."""
        response: HttpResponse = super().post_login(request, user, **kwargs)
        records = request.session.get(AUTHENTICATION_METHODS_SESSION_KEY, [])
        request.session[AUTHENTICATION_METHODS_SESSION_KEY] = [
            {key: value for key, value in record.items() if key not in {"email", "username"}}
            for record in records
        ]
        Authenticator.objects.filter(user=user).update(last_used_at=None)
        if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES and user.language != "nl":
            # Everybody starts in Dutch, so any other language was chosen, on another device.
            response.set_cookie(settings.LANGUAGE_COOKIE_NAME, user.language, samesite="Lax")
        return response


def display_name(person: Person) -> str:
    """How the sign-in package names somebody, on passkeys for one."""
    return person.full_name


def _minutes() -> int:
    return int(settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT) // 60


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # untyped package
    """Second factors: their secrets sealed."""

    def encrypt(self, text: str) -> str:
        """See ``people.sign_in.secrets``."""
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        """See ``people.sign_in.secrets``."""
        return unseal(encrypted_text)
