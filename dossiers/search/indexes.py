"""The indexes that make full text quick on PostgreSQL, for migrations; nothing on SQLite.

A GIN index on an expression over the row's own columns: it keeps no column beside them, is filled
and emptied with the row, and is left out of a logical dump, which carries its definition only.
"""

from typing import Any

from django.db.migrations import RunPython

from dossiers.search.fulltext import vector


def full_text(table: str, *, title: tuple[str, ...] = (), text: tuple[str, ...] = ()) -> RunPython:
    """An operation that indexes the words of ``table``. A source with these columns uses it.

    The definition is frozen with the migration that names it. Where ``vector`` or the columns of a
    source change, add a migration that drops this index and makes the next.
    """
    name = f"{table}_words"

    def create(_apps: Any, schema_editor: Any) -> None:
        if schema_editor.connection.vendor != "postgresql":
            return
        quote = schema_editor.quote_name
        words = vector(map(quote, title), map(quote, text))
        schema_editor.execute(
            f"CREATE INDEX {quote(name)} ON {quote(table)} USING gin (({words}))", params=None
        )

    def drop(_apps: Any, schema_editor: Any) -> None:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP INDEX {schema_editor.quote_name(name)}")

    return RunPython(create, drop)
