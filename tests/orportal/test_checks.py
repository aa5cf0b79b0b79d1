"""Production refuses to start half configured, and says what to set."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from pytest_django import Settings

from orportal.checks import check_configuration, faults, refuse_half_configured


@pytest.fixture
def production(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """The settings of a portal in production with nothing wrong."""
    settings.LOCAL = False
    settings.SECRET_KEY, settings.URN_KEY, settings.ALIAS_KEY = "s" * 40, "u" * 40, "a" * 40
    settings.PORTAL_URL = "https://or.delinde.example"
    settings.ALLOWED_HOSTS = ["or.delinde.example"]
    monkeypatch.setitem(settings.DATABASES["default"], "ENGINE", "django.db.backends.postgresql")
    settings.REDIS_URL = "redis://broker.internal/0"
    settings.SMTP_URL = "smtp+tls://or:word@mail.delinde.example:587"
    settings.DEFAULT_FROM_EMAIL = "OR <or@delinde.example>"
    return settings


def test_a_whole_configuration_starts(production: Settings) -> None:
    assert faults() == []
    refuse_half_configured()
    assert check_configuration() == []


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("SECRET_KEY", "short", "SECRET_KEY is shorter than 32 characters"),
        ("URN_KEY", "s" * 40, "URN_KEY is not set, or is not a key of its own"),
        ("ALIAS_KEY", "s" * 40, "ALIAS_KEY is not set, or is not a key of its own"),
        ("ALIAS_KEY", "u" * 40, "ALIAS_KEY is the same as URN_KEY"),
        ("PORTAL_URL", "http://or.delinde.example", "PORTAL_URL is not set"),
        ("ALLOWED_HOSTS", ["other.example"], "ALLOWED_HOSTS does not name or.delinde.example"),
        ("ALLOWED_HOSTS", ["*", "or.delinde.example"], "ALLOWED_HOSTS allows every host"),
        ("REDIS_URL", "", "REDIS_URL is not set"),
        ("SMTP_URL", "", "SMTP_URL is not set"),
        ("DEFAULT_FROM_EMAIL", "OR <or@localhost>", "DEFAULT_FROM_EMAIL is not set"),
        ("TOTAL_THRESHOLD", 4, "TOTAL_THRESHOLD is 4: never below 5"),
        ("GROUP_THRESHOLD", 4, "GROUP_THRESHOLD is 4: never below 5"),
    ],
)
def test_one_fault_is_one_line(production: Settings, name: str, value: object, words: str) -> None:
    setattr(production, name, value)
    with pytest.raises(ImproperlyConfigured, match=words.replace("(", r"\(")):
        refuse_half_configured()
    assert words in str(check_configuration()[0].msg)


def test_the_embedded_database_is_refused(
    production: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(production.DATABASES["default"], "ENGINE", "django.db.backends.sqlite3")
    assert faults() == ["DATABASE_URL is not set to a PostgreSQL database (postgres://…)"]


def test_a_local_portal_may_lack_servers_but_not_lower_the_thresholds(
    production: Settings,
) -> None:
    production.LOCAL, production.SMTP_URL, production.REDIS_URL = True, "", ""
    assert faults() == []
    production.TOTAL_THRESHOLD = 3
    assert faults() == ["TOTAL_THRESHOLD is 3: never below 5"]
