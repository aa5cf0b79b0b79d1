"""What goes from one tool to another: the tools do not know each other, so it is wired here."""

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from groups.signals import Passed, register_receiver
from listening.actions import note_signal
from listening.models import Signal, Source


def wire() -> None:
    """Let what leaves a closed group arrive among the council's signals."""
    register_receiver(from_group)


def from_group(passed: Passed) -> None:
    """Note a group's signal: the paraphrase, a quote that was allowed, and no secret name."""
    origin = (
        _("From the group %(name)s.") % {"name": passed.group_name}
        if passed.group_name
        else _("From a closed group.")
    )
    quote = _("In the writer's words, with their yes: “%(quote)s”") % {"quote": passed.quote}
    parts = [passed.paraphrase, *([quote] if passed.quote else []), origin]
    note_signal(
        Signal(
            title=Truncator(" ".join(passed.paraphrase.split())).chars(160, truncate="…"),
            text="\n\n".join(parts),
            source=Source.GROUP,
        ),
        passed.written_by,
    )
