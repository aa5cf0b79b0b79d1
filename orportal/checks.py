"""In production the portal refuses to start half configured, one clear line a fault.

``refuse_half_configured`` is called by each door the portal starts through (web, worker,
scheduler); ``manage.py check --deploy`` reports the same faults as errors.
"""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.exceptions import ImproperlyConfigured

SHORTEST_KEY = 32


def faults() -> list[str]:
    """What keeps this configuration from serving people; each names the variable to set."""
    found = _threshold_faults()
    if not settings.LOCAL:
        found += [*_key_faults(), *_address_faults(), *_server_faults()]
    return found


def _threshold_faults() -> list[str]:
    found = []
    for name in ("TOTAL_THRESHOLD", "GROUP_THRESHOLD"):
        if getattr(settings, name) < 5:
            found.append(f"{name} is {getattr(settings, name)}: never below 5")
    if settings.GROUP_THRESHOLD < settings.TOTAL_THRESHOLD:
        found.append("GROUP_THRESHOLD is below TOTAL_THRESHOLD")
    return found


def _key_faults() -> list[str]:
    names = ("SECRET_KEY", "URN_KEY", "ALIAS_KEY")
    keys = {name: str(getattr(settings, name)) for name in names}
    found = []
    for name, key in keys.items():
        if key == settings.INSECURE_KEY or (name != "SECRET_KEY" and key == keys["SECRET_KEY"]):
            found.append(f"{name} is not set, or is not a key of its own")
        elif len(key) < SHORTEST_KEY:
            found.append(f"{name} is shorter than {SHORTEST_KEY} characters")
    if keys["URN_KEY"] == keys["ALIAS_KEY"] != keys["SECRET_KEY"]:
        found.append("ALIAS_KEY is the same as URN_KEY")
    return found


def _address_faults() -> list[str]:
    address = urlsplit(settings.PORTAL_URL)
    found = []
    if address.scheme != "https" or not address.hostname:
        found.append("PORTAL_URL is not set to the portal's https:// address")
    elif address.hostname not in settings.ALLOWED_HOSTS:
        found.append(f"ALLOWED_HOSTS does not name {address.hostname}, the host of PORTAL_URL")
    if "*" in settings.ALLOWED_HOSTS:
        found.append("ALLOWED_HOSTS allows every host")
    return found


def _server_faults() -> list[str]:
    found = []
    if settings.DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
        found.append("DATABASE_URL is not set to a PostgreSQL database (postgres://…)")
    if not settings.REDIS_URL:
        found.append("REDIS_URL is not set to the broker (redis://…)")
    if not settings.SMTP_URL:
        found.append("SMTP_URL is not set to a mail server (smtp+tls://user:password@host:587)")
    found += _returned_mail_faults()
    if settings.DEFAULT_FROM_EMAIL.endswith("@localhost>"):
        found.append("DEFAULT_FROM_EMAIL is not set to the council's own address")
    return found


def _returned_mail_faults() -> list[str]:
    from outbox import mailbox, webhooks  # here, since every worker loads this module

    found = []
    if settings.BOUNCE_IMAP_URL:
        try:
            mailbox.Account.parse(settings.BOUNCE_IMAP_URL)
        except ValueError as error:
            found.append(str(error))
    if settings.MAIL_EVENTS_FROM and not webhooks.is_on():
        names = ", ".join(webhooks.PROVIDERS)
        found.append(f"MAIL_EVENTS_FROM is none of {names}, or MAIL_EVENTS_SECRET is not set")
    return found


def refuse_half_configured() -> None:
    """Raise ImproperlyConfigured, one line a fault, where this portal may not start."""
    found = faults()
    if found:
        lines = "".join(f"\n  {fault}" for fault in found)
        raise ImproperlyConfigured(
            f"the portal does not start, its settings are not complete (docs/settings.md):{lines}"
        )


@register(Tags.security, deploy=True)
def check_configuration(
    app_configs: Sequence[AppConfig] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """The same faults for ``manage.py check --deploy``."""
    return [Error(fault, id="orportal.E001") for fault in faults()]
