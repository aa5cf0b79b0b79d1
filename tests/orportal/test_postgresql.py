"""A kept connection to PostgreSQL is found dead before anything is asked of it."""

import psycopg2
import pytest
from django.db import connection, connections

from orportal.postgresql.base import DatabaseWrapper

pytestmark = pytest.mark.services


@pytest.fixture
def kept(db: None) -> DatabaseWrapper:
    assert connection.vendor == "postgresql"
    copy = connections["default"].copy()
    assert isinstance(copy, DatabaseWrapper)
    copy.ensure_connection()
    return copy


def test_a_silent_connection_is_good_without_a_query(kept: DatabaseWrapper) -> None:
    kept.force_debug_cursor = True
    assert kept.is_usable()
    assert kept.connection.info.transaction_status == psycopg2.extensions.TRANSACTION_STATUS_IDLE
    with kept.cursor() as cursor:
        cursor.execute("SELECT 1")
        assert cursor.fetchone() == (1,)
    kept.close()


def test_one_that_the_server_ended_is_replaced(kept: DatabaseWrapper) -> None:
    pid = kept.connection.info.backend_pid
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])
    assert not kept.is_usable()
    kept.settings_dict = {**kept.settings_dict, "CONN_HEALTH_CHECKS": True}
    kept.close_if_unusable_or_obsolete()  # as at the start of a request
    with kept.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        assert cursor.fetchone() != (pid,)
    kept.close()
