"""Celery is the alarm clock and the hands; the database is the truth (ARCHITECTURE.md)."""

import os

from celery import Celery
from celery.signals import beat_init, celeryd_init
from django.core.exceptions import ImproperlyConfigured

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "orportal.settings")

app = Celery("orportal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@celeryd_init.connect
@beat_init.connect
def _refuse_half_configured(**_kwargs: object) -> None:
    """Workers and the scheduler are doors the portal starts through, as the web is.

    Celery logs what its signals' receivers raise and goes on; only SystemExit ends it.
    """
    from orportal.checks import refuse_half_configured

    try:
        refuse_half_configured()
    except ImproperlyConfigured as error:
        raise SystemExit(str(error)) from error
