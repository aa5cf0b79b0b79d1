"""What concluding holds: findings, letters, what became of them."""

from advice.models.export import UNDER_WAY, ExportStep, LetterExport
from advice.models.finding import Finding, Placement, Theme
from advice.models.legal import LegalStep
from advice.models.letter import Comment, Letter, LetterState, Section, SectionVersion, Verdict
from advice.models.outcome import Condition, ConditionState, Decision, Follows
from advice.models.release import Letterhead, LetterRelease, Receipt
from advice.models.round import Choice, Round, Vote

__all__ = [
    "UNDER_WAY",
    "Choice",
    "Comment",
    "Condition",
    "ConditionState",
    "Decision",
    "ExportStep",
    "Finding",
    "Follows",
    "LegalStep",
    "Letter",
    "LetterExport",
    "LetterRelease",
    "LetterState",
    "Letterhead",
    "Placement",
    "Receipt",
    "Round",
    "Section",
    "SectionVersion",
    "Theme",
    "Verdict",
    "Vote",
]
