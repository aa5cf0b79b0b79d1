"""Columns of which the database keeps no samples.

PostgreSQL's planner keeps up to a hundred values of each column, as they are, and has them still
when the rows are gone: of a table that was emptied it takes no new ones. What the portal promises
to destroy may not be among them.
"""

from __future__ import annotations

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def unsampled(table: str, **columns: str) -> migrations.RunPython:
    """An operation: no samples of these ``columns``, each with its type; those there are go."""

    def forwards(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
        _alter(editor, table, columns, 0)

    def backwards(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
        _alter(editor, table, columns, -1)

    return migrations.RunPython(forwards, backwards)


def unsampled_words(table: str) -> migrations.RunPython:
    """An operation: no samples of the words in the index that ``full_text`` made for ``table``.

    Stands behind ``unsampled`` of the columns that the index is over: that makes the index anew,
    and so drops what was sampled of it.
    """

    def forwards(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
        _alter_words(editor, table, 0)

    def backwards(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
        _alter_words(editor, table, -1)

    return migrations.RunPython(forwards, backwards)


def _alter_words(editor: BaseDatabaseSchemaEditor, table: str, target: int) -> None:
    if editor.connection.vendor == "postgresql":
        editor.execute(f'ALTER INDEX "{table}_words" ALTER COLUMN 1 SET STATISTICS {target}')


def _alter(
    editor: BaseDatabaseSchemaEditor, table: str, columns: dict[str, str], target: int
) -> None:
    if editor.connection.vendor != "postgresql":
        return
    for column, kind in columns.items():
        # To the type that it has: nothing is written anew, but samples taken before are dropped.
        editor.execute(f'ALTER TABLE "{table}" ALTER COLUMN "{column}" TYPE {kind}')
        editor.execute(f'ALTER TABLE "{table}" ALTER COLUMN "{column}" SET STATISTICS {target}')
