from django.db import migrations

from dossiers.search.indexes import full_text


class Migration(migrations.Migration):
    dependencies = [("live", "0001_question_hours")]

    operations = [
        full_text("live_questionhour", title=("title",), text=("introduction", "minutes")),
        full_text("live_question", text=("text", "answer")),
    ]
