"""What a dossier holds: its dates, its lock, its papers."""

from dossiers.clock import Kind
from dossiers.models.dates import CalendarFeed, Deadline, Meeting, Reminder
from dossiers.models.dossier import Dossier
from dossiers.models.papers import Document, Note, PartState, Request, RequestPart
from dossiers.models.plan import Channel, PlanStep, StepState
from dossiers.models.secrecy import Secrecy, SecrecyChange

__all__ = [
    "CalendarFeed",
    "Channel",
    "Deadline",
    "Document",
    "Dossier",
    "Kind",
    "Meeting",
    "Note",
    "PartState",
    "PlanStep",
    "Reminder",
    "Request",
    "RequestPart",
    "Secrecy",
    "SecrecyChange",
    "StepState",
]
