from django.db import migrations

from dossiers.sampling import unsampled


class Migration(migrations.Migration):
    dependencies = [
        ("dossiers", "0006_what_a_step_became"),
        ("newsletter", "0008_forget_who_had_not_answered"),
    ]

    operations = [unsampled("newsletter_slip", sealed="bytea")]
