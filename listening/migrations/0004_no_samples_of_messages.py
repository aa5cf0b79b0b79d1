from django.db import migrations

from dossiers.sampling import unsampled, unsampled_words


class Migration(migrations.Migration):
    dependencies = [("listening", "0003_words_to_search")]

    operations = [
        unsampled("listening_message", subject="varchar(120)", text="text"),
        unsampled("listening_reply", text="text"),
        unsampled("listening_conversationnote", text="text"),
        unsampled_words("listening_message"),
        unsampled_words("listening_reply"),
        unsampled_words("listening_conversationnote"),
    ]
