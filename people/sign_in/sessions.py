"""Sessions that do not tell when somebody signed in, and whose rows open no session."""

from datetime import datetime, time, timedelta
from hashlib import sha256
from typing import Any, cast

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.db.models import QuerySet
from django.utils import timezone

from people.models import Person, Session
from people.prepared import Prepared
from people.sign_in.rows import columns, person_in


def row_key(cookie: str) -> str:
    """What a row is found by: 40 hexadecimal digits of the SHA-256 of what the cookie holds.

    A dump of the database then holds nobody's cookie, so it signs nobody in. The column has room
    for 40 signs: 160 bits, of a cookie of 165.
    """
    return sha256(f"people.session:{cookie}".encode()).hexdigest()[:40]


def _running_sessions(key: str, now: datetime) -> QuerySet[Session, tuple[Any, ...]]:
    rows = Session.objects.filter(session_key=key, expire_date__gt=now)
    return rows.values_list("session_data", *columns("person__"))


_running = Prepared(_running_sessions, key=str, now=datetime)


class SessionStore(DatabaseStore):
    """Expires at the midnight after it would: the exact second is that of signing in."""

    person: Person | None = None
    """Whom the row was tied to when it was loaded, with their roles; not yet vouched for."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """The rows these are kept in."""
        return Session

    def load(self) -> dict[str, object]:
        """What the session of this cookie holds; nothing, and a new cookie, where there is none."""
        rows = self.session_key and _running.rows(key=row_key(self.session_key), now=timezone.now())
        if not rows:
            self._session_key = None
            return {}
        self.person = person_in(row[1:] for row in rows)
        held: dict[str, object] = self.decode(rows[0][0])
        return held

    def exists(self, session_key: str) -> bool:
        """Whether a cookie is in use."""
        return super().exists(row_key(session_key))

    def delete(self, session_key: str | None = None) -> None:
        """End the session of this cookie, or of another."""
        cookie = session_key or self.session_key
        if cookie is not None:
            super().delete(row_key(cookie))

    def create_model_instance(self, data: dict[str, object]) -> Session:
        """The row, under its cookie's digest, with its time of expiry moved to the day's end."""
        row = cast(Session, super().create_model_instance(data))
        row.session_key = row_key(row.session_key)
        row.person_id = cast("int | None", data.get(SESSION_KEY))
        day = timezone.localtime(row.expire_date).date() + timedelta(days=1)
        row.expire_date = timezone.make_aware(datetime.combine(day, time.min))
        return row
