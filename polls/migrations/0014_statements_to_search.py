from django.db import migrations

from dossiers.search.indexes import full_text


class Migration(migrations.Migration):
    dependencies = [("polls", "0013_answers_read_along")]

    operations = [full_text("polls_statement", text=("text",))]
