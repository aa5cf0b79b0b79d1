"""Asking: what is asked, of whom, what they answered, and what was counted."""

from polls.models.ballot import Ballot, NamedBallot, PaperEntry, UrnEntry
from polls.models.consultation import (
    LOWEST_THRESHOLD,
    TRANSITIONS,
    Breakdown,
    Consultation,
    ConsultationKind,
    Joiners,
    Mode,
    State,
)
from polls.models.electorate import CodeSheet, Elector, ElectorMailing, MailKind, VotingCode
from polls.models.keys import RandomKeyField, random_key
from polls.models.open_answer import AgreeSlip, OpenAnswer, Review, Theme, ThemeRequest
from polls.models.questionnaire import (
    Axis,
    Choice,
    Question,
    QuestionKind,
    Questionnaire,
    Section,
    Wording,
)
from polls.models.result import Outcome, Release, ReleaseAudience, Tally, Turnout
from polls.models.statement import (
    MAX_SHOWN,
    MAX_STATEMENT,
    OpinionMap,
    Statement,
    StatementRound,
    StatementState,
)

__all__ = [
    "LOWEST_THRESHOLD",
    "MAX_SHOWN",
    "MAX_STATEMENT",
    "TRANSITIONS",
    "AgreeSlip",
    "Axis",
    "Ballot",
    "Breakdown",
    "Choice",
    "CodeSheet",
    "Consultation",
    "ConsultationKind",
    "Elector",
    "ElectorMailing",
    "Joiners",
    "MailKind",
    "Mode",
    "NamedBallot",
    "OpenAnswer",
    "OpinionMap",
    "Outcome",
    "PaperEntry",
    "Question",
    "QuestionKind",
    "Questionnaire",
    "RandomKeyField",
    "Release",
    "ReleaseAudience",
    "Review",
    "Section",
    "State",
    "Statement",
    "StatementRound",
    "StatementState",
    "Tally",
    "Theme",
    "ThemeRequest",
    "Turnout",
    "UrnEntry",
    "VotingCode",
    "Wording",
    "random_key",
]
