"""Taking a letter out of the portal as a file."""

from advice.models import Letter
from people.log import log_act
from people.models import Person


def note_export(actor: Person, letter: Letter) -> None:
    """Log that somebody took the draft out as a file."""
    log_act(actor, "advice.export_letter", letter)


def note_report(actor: Person) -> None:
    """Log that somebody took the annual report out as a file."""
    log_act(actor, "advice.export_report")
