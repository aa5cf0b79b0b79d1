from django.db import migrations

from dossiers.sampling import unsampled, unsampled_words


class Migration(migrations.Migration):
    dependencies = [("groups", "0002_words_to_search")]

    operations = [
        unsampled("groups_sealedletter", content="bytea"),
        unsampled("groups_message", body="text"),
        unsampled("groups_picture", content="bytea"),
        unsampled_words("groups_message"),
    ]
