"""The sweep that marks planned posts as published."""

from celery import shared_task
from django.utils import timezone

from blogs import actions


@shared_task(name="blogs.publish_due")
def publish_due() -> None:
    """Mark every planned post whose moment has come; finds none where nothing is due."""
    actions.publish_due(timezone.now())
