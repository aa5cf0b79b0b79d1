from django.db import migrations

from dossiers.search.indexes import full_text


class Migration(migrations.Migration):
    dependencies = [("polls", "0012_compared_with_an_earlier_time")]

    operations = [full_text("polls_statement", text=("text",))]
