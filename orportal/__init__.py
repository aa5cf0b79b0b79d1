"""Composition: settings, urls, Celery, the start pages and the demo; imported by no app."""

from orportal.celery import app as celery_app

__all__ = ["celery_app"]
