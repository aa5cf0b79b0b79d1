from django.db import migrations

from dossiers.sampling import unsampled, unsampled_words


class Migration(migrations.Migration):
    dependencies = [("live", "0002_words_to_search")]

    operations = [
        unsampled("live_question", text="text", answer="text"),
        unsampled_words("live_question"),
    ]
