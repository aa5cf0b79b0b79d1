"""No language on an open answer: it was always empty, and a rare one would point at its writer."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("polls", "0015_texts_kept_for_the_closing")]

    operations = [migrations.RemoveField(model_name="openanswer", name="language")]
