from django.db import migrations

from people import log_triggers


def create(apps, schema_editor):
    log_triggers.create(schema_editor.connection)


def drop(apps, schema_editor):
    log_triggers.drop(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0002_own_addresses_codes_and_uploads"),
    ]

    operations = [migrations.RunPython(create, drop)]
