"""Being signed in: one row for each browser, tied to whoever is signed in there."""

from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models


class Session(AbstractBaseSession):
    """What the portal keeps between the requests of one browser.

    ``person`` repeats what the signed data say, so that one query gives both and nobody's sessions
    outlive them. It lets nobody in: ``people.sign_in.who`` believes the data.
    """

    person = models.ForeignKey(
        "people.Person", models.CASCADE, null=True, editable=False, related_name="sessions"
    )

    @classmethod
    def get_session_store_class(cls) -> type[SessionBase]:
        """What reads and writes these rows."""
        from people.sign_in.sessions import SessionStore

        return SessionStore
