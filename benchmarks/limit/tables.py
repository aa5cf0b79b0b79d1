"""Make the limit's one table."""

from django.db import connection

from benchmarks.limit.models import Answer


def make() -> bool:
    """Make it in the database of the settings."""
    with connection.schema_editor() as editor:
        editor.create_model(Answer)
    return True
