from django.db import migrations

from dossiers.search.indexes import full_text


class Migration(migrations.Migration):
    dependencies = [("groups", "0001_closed_groups")]

    operations = [
        full_text("groups_group", title=("name",), text=("purpose",)),
        full_text("groups_thread", title=("title",)),
        full_text("groups_message", text=("body",)),
    ]
