from django.db import migrations

from dossiers.search.indexes import full_text


class Migration(migrations.Migration):
    dependencies = [("advice", "0001_findings_letters_and_outcomes")]

    operations = [
        full_text("advice_letter", title=("subject",)),
        full_text("advice_section", title=("heading",), text=("body",)),
        full_text("advice_finding", title=("label",), text=("question", "statement", "quote")),
        full_text("advice_condition", text=("text", "remark")),
    ]
