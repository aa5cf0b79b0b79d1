from django.db import migrations

from dossiers.search.indexes import full_text


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0003_communication_plan")]

    operations = [
        full_text("dossiers_dossier", title=("title",), text=("summary",)),
        full_text("dossiers_document", title=("name",)),
        full_text("dossiers_note", text=("text",)),
        full_text(
            "dossiers_request",
            title=("title",),
            text=("decision", "reasons", "consequences", "measures"),
        ),
        full_text("dossiers_planstep", title=("goal",), text=("message", "remark")),
    ]
