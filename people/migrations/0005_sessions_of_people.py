import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def take_over(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Whoever is signed in stays so: the framework's table becomes ours.

    The rows say nothing of their person yet; the signed data do, and the next save repeats it.
    """
    connection = editor.connection
    with connection.cursor() as cursor:
        if "django_session" in connection.introspection.table_names(cursor):
            cursor.execute(
                "INSERT INTO people_session (session_key, session_data, expire_date)"
                " SELECT session_key, session_data, expire_date FROM django_session"
            )
            cursor.execute("DROP TABLE django_session")


def keep_no_samples(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """PostgreSQL's planner keeps samples of columns, also of rows that are gone by then."""
    if editor.connection.vendor == "postgresql":
        for column in ("session_data", "person_id"):
            editor.execute(f"ALTER TABLE people_session ALTER COLUMN {column} SET STATISTICS 0")


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0004_saved_selections"),
    ]

    operations = [
        migrations.CreateModel(
            name="Session",
            fields=[
                (
                    "session_key",
                    models.CharField(
                        max_length=40,
                        primary_key=True,
                        serialize=False,
                        verbose_name="session key",
                    ),
                ),
                ("session_data", models.TextField(verbose_name="session data")),
                ("expire_date", models.DateTimeField(db_index=True, verbose_name="expire date")),
                (
                    "person",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sessions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "session",
                "verbose_name_plural": "sessions",
                "abstract": False,
            },
        ),
        migrations.RunPython(take_over, migrations.RunPython.noop),
        migrations.RunPython(keep_no_samples, migrations.RunPython.noop),
    ]
