"""What every test may name: the cast, a mail server, workers, a browser."""

from collections.abc import Generator

import pytest
from django.conf import settings
from django.core.cache import cache

pytest_plugins = [
    "tests.cast",
    "tests.plugins.log_guard",
    "tests.plugins.mail",
    "tests.plugins.workers",
    "tests.plugins.browser",
]


def pytest_configure() -> None:
    """Settle what differs from a running portal: names of static files, and slow password hashes.

    The manifest of static files exists only after ``collectstatic``. Argon2 is slow by design.
    """
    settings.STORAGES["staticfiles"] = {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
    }
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.WHITENOISE_AUTOREFRESH = True
    settings.WHITENOISE_USE_FINDERS = True
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # WhiteNoise warns without


@pytest.fixture(autouse=True)
def _fresh_cache() -> Generator[None, None, None]:
    """Rate limits of one test do not reach the next."""
    yield
    cache.clear()
