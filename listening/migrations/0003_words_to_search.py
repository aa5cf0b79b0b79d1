from django.db import migrations

from dossiers.search.indexes import full_text


class Migration(migrations.Migration):
    dependencies = [("listening", "0002_whether_the_council_was_told")]

    operations = [
        full_text("listening_message", title=("subject",), text=("text",)),
        full_text("listening_reply", text=("text",)),
        full_text("listening_conversationnote", title=("theme",), text=("text",)),
        full_text(
            "listening_signal", title=("title",), text=("text", "director_answer", "feedback")
        ),
    ]
