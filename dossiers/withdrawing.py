"""What was set going before secrecy was imposed, and has to stop.

A lock hides what is filed under a dossier, but mail that was handed over before it goes on by
itself. An app above that sends such mail registers itself at start-up::

    from dossiers import withdrawing

    withdrawing.register("polls", stop_mail)

The function is called inside the transaction that imposes secrecy; what must be seen by workers it
leaves for after the commit.
"""

from collections.abc import Callable

from dossiers.models import Dossier

Stop = Callable[[Dossier], None]

_stops: dict[str, Stop] = {}


def register(name: str, stop: Stop) -> None:
    """Call ``stop`` when secrecy is imposed on a dossier; ``name`` is the app's."""
    _stops[name] = stop


def withdraw(dossier: Dossier) -> None:
    """Stop all that still goes out about ``dossier``."""
    for stop in _stops.values():
        stop(dossier)
