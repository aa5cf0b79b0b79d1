from django.db import migrations

from dossiers.search.indexes import full_text


class Migration(migrations.Migration):
    dependencies = [("newsletter", "0002_stopped_for_secrecy")]

    operations = [
        full_text(
            "newsletter_issue", title=("subject", "subject_en"), text=("preview", "preview_en")
        ),
        full_text("newsletter_block", title=("heading", "heading_en"), text=("text", "text_en")),
    ]
