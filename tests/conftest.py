"""What every test may name: the cast, a mail server, workers, a browser."""

from collections.abc import Generator

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from pytest_django import DjangoDbBlocker

from people import log_triggers

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


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest first, so that no core waits for them at the end.

    Attacks read whole dumps again and again: each takes long.
    """
    for item in items:
        if "attack" in item.nodeid.split("::")[0]:
            item.add_marker(pytest.mark.long)
    long = ("test_walk.py", "mypy", "test_serve", "kills", "test_alias_attack", "test_attack")

    def rank(item: pytest.Item) -> int:
        return next((at for at, name in enumerate(long) if name in item.nodeid), len(long))

    items.sort(key=rank)


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """On PostgreSQL the database goes with its throwaway server.

    Dropping it first fails where a worker of the last test is just about to let go of it.
    """
    return connection.vendor == "postgresql"


@pytest.fixture(scope="session")
def django_db_use_migrations() -> bool:
    """SQLite's tables are made of the models, in a second instead of a quarter of a minute.

    The migrations make PostgreSQL's, and those of every portal that a test serves; that they say
    the same as the models is a test of its own.
    """
    return connection.vendor == "postgresql"


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None, django_db_use_migrations: bool, django_db_blocker: DjangoDbBlocker
) -> None:
    """With the triggers that no model tells of."""
    if not django_db_use_migrations:
        with django_db_blocker.unblock():
            log_triggers.create(connection)


@pytest.fixture(autouse=True)
def _fresh_cache() -> Generator[None, None, None]:
    """Rate limits of one test do not reach the next."""
    yield
    cache.clear()
