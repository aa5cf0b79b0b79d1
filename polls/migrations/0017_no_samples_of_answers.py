from django.db import migrations

from dossiers.sampling import unsampled


class Migration(migrations.Migration):
    dependencies = [("polls", "0016_open_answers_without_language")]

    operations = [
        unsampled("polls_urnentry", sealed="bytea"),
        unsampled("polls_ballot", sealed="bytea"),
        unsampled("polls_paperentry", sealed="bytea"),
        unsampled("polls_agreeslip", sealed="bytea"),
        unsampled("polls_openanswer", text="text", redacted_text="text"),
        unsampled("polls_namedballot", answers="jsonb"),
        unsampled("polls_release", texts="jsonb"),
    ]
