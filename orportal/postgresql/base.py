"""``ENGINE`` of the portal on PostgreSQL; the framework loads a module of this name."""

import select

from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection whose health is read off its socket.

    A kept connection is checked before the first query of every request (``CONN_HEALTH_CHECKS``).
    The framework asks the server ``SELECT 1``, which costs as much as a real query. A server that
    has ended, restarted or thrown the connection out has closed its side, and then the socket of an
    idle connection can be read from, where otherwise nothing comes without being asked.
    """

    def is_usable(self) -> bool:
        """Whether a query can be sent; asks the server itself where the socket leaves a doubt."""
        idle = self.connection is not None and not self.connection.closed and self._is_silent()
        return idle or super().is_usable()

    def _is_silent(self) -> bool:
        waiting = select.poll()
        waiting.register(self.connection.fileno(), select.POLLIN)
        return not waiting.poll(0)
