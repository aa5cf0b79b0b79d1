"""The database's own refusal to change the log of acts, for SQLite and PostgreSQL.

A migration that alters ``Act`` on SQLite rebuilds its table and loses the triggers: end it with
``create``. A test looks whether they are there.
"""

from django.db.backends.base.base import BaseDatabaseWrapper

_SQLITE_CREATE = [
    "CREATE TRIGGER people_act_no_update BEFORE UPDATE ON people_act"
    " BEGIN SELECT RAISE(ABORT, 'the log of acts is append-only'); END",
    "CREATE TRIGGER people_act_no_delete BEFORE DELETE ON people_act"
    " BEGIN SELECT RAISE(ABORT, 'the log of acts is append-only'); END",
]
_SQLITE_DROP = [
    "DROP TRIGGER IF EXISTS people_act_no_update",
    "DROP TRIGGER IF EXISTS people_act_no_delete",
]
_POSTGRESQL_CREATE = [
    "CREATE OR REPLACE FUNCTION people_act_append_only() RETURNS trigger LANGUAGE plpgsql AS"
    " $$ BEGIN RAISE EXCEPTION 'the log of acts is append-only'"
    " USING ERRCODE = 'integrity_constraint_violation'; END $$",
    "CREATE TRIGGER people_act_no_change BEFORE UPDATE OR DELETE ON people_act"
    " FOR EACH ROW EXECUTE FUNCTION people_act_append_only()",
    "CREATE TRIGGER people_act_no_truncate BEFORE TRUNCATE ON people_act"
    " FOR EACH STATEMENT EXECUTE FUNCTION people_act_append_only()",
]
_POSTGRESQL_DROP = [
    "DROP TRIGGER IF EXISTS people_act_no_change ON people_act",
    "DROP TRIGGER IF EXISTS people_act_no_truncate ON people_act",
    "DROP FUNCTION IF EXISTS people_act_append_only()",
]


def create(connection: BaseDatabaseWrapper) -> None:
    """From here on rows of the log can be added, and nothing else."""
    _run(connection, _POSTGRESQL_CREATE if _is_postgresql(connection) else _SQLITE_CREATE)


def drop(connection: BaseDatabaseWrapper) -> None:
    """Take the triggers away: for undoing the migration, and for emptying a test database."""
    _run(connection, _POSTGRESQL_DROP if _is_postgresql(connection) else _SQLITE_DROP)


def _is_postgresql(connection: BaseDatabaseWrapper) -> bool:
    return connection.vendor == "postgresql"


def _run(connection: BaseDatabaseWrapper, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
