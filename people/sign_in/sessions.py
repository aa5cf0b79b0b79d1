"""Sessions that do not tell when somebody signed in."""

from datetime import datetime, time, timedelta

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.base_session import AbstractBaseSession
from django.utils import timezone


class SessionStore(DatabaseStore):
    """Expires at the midnight after it would: the exact second is that of signing in."""

    def create_model_instance(self, data: dict[str, object]) -> AbstractBaseSession:
        """The row, with its time of expiry moved to the day's end."""
        row = super().create_model_instance(data)
        day = timezone.localtime(row.expire_date).date() + timedelta(days=1)
        row.expire_date = timezone.make_aware(datetime.combine(day, time.min))
        return row
