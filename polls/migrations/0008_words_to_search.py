from django.db import migrations

from dossiers.search.indexes import full_text


class Migration(migrations.Migration):
    dependencies = [("polls", "0007_rounds_of_statements")]

    operations = [
        full_text("polls_consultation", title=("title",)),
        full_text("polls_questionnaire", text=("introduction",)),
        full_text("polls_question", text=("text", "help_text")),
        full_text("polls_outcome", text=("heard", "done")),
    ]
