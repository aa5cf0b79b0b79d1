"""Traces of who took part that other apps hold, forgotten together with the marks.

Whoever was not reminded had answered: an app above that writes to those who have not answered keeps
a list which tells as much as the marks do. It registers itself at start-up::

    from polls import traces

    traces.register("newsletter", forget_readers)

The function is called inside the transaction that deletes the marks (``polls.actions.retention``).
"""

from collections.abc import Callable

from polls.models import Consultation

Forget = Callable[[Consultation], None]

_forgetters: dict[str, Forget] = {}


def register(name: str, forget: Forget) -> None:
    """Call ``forget`` when the marks of a consultation go; ``name`` is the app's."""
    _forgetters[name] = forget


def forget(consultation: Consultation) -> None:
    """Let every app forget who had, or had not, taken part in ``consultation``."""
    for each in _forgetters.values():
        each(consultation)
