from django.db import migrations


def forget(apps, schema_editor):
    """Whom issues to "not answered yet" went to, where the marks of who had are gone already."""
    issues = apps.get_model("newsletter", "Issue").objects
    written = issues.exclude(waiting_for__marks_gone_on=None).exclude(mailing=None)
    mailings = written.values("mailing")
    apps.get_model("outbox", "Delivery").objects.filter(mailing__in=mailings).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("newsletter", "0007_test_mails_that_stop"),
        ("outbox", "0004_when_the_clock_was_looked_at"),
        ("polls", "0015_texts_kept_for_the_closing"),
    ]

    operations = [migrations.RunPython(forget, migrations.RunPython.noop)]
