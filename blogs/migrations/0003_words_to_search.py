from django.db import migrations

from dossiers.search.indexes import full_text


class Migration(migrations.Migration):
    dependencies = [("blogs", "0002_video_with_its_words")]

    operations = [
        full_text("blogs_post", title=("title",), text=("body", "transcript")),
        full_text("blogs_comment", text=("body",)),
    ]
