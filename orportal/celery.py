"""Celery is the alarm clock and the hands; the database is the truth (ARCHITECTURE.md)."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "orportal.settings")

app = Celery("orportal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
