"""Lets a test that commits for real be cleaned up: the log of acts refuses to be emptied.

Such tests empty every table when they end. For that moment, and no longer, the triggers are away.
"""

from typing import Any

from django.db import connection
from django.test import TransactionTestCase

from people import log_triggers

_empty_tables = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]


def _fixture_teardown(self: Any) -> None:
    log_triggers.drop(connection)
    try:
        _empty_tables(self)
    finally:
        log_triggers.create(connection)


TransactionTestCase._fixture_teardown = _fixture_teardown  # type: ignore[attr-defined]
