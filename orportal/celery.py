"""Celery is the alarm clock and the hands; the database is the truth (ARCHITECTURE.md)."""

from __future__ import annotations

import os

from celery import Celery, Task
from celery.signals import beat_init, celeryd_init, task_prerun
from django.core.exceptions import ImproperlyConfigured
from django.db import close_old_connections

from orportal.broker import take_over

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "orportal.settings")

take_over()
app = Celery("orportal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@task_prerun.connect
def _keep_good_connections(sender: Task[..., object], **_kwargs: object) -> None:
    """Between tasks a connection is kept as between requests: while young, and once it answers."""
    if not sender.request.is_eager:
        close_old_connections()


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
