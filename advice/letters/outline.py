"""The sections of a letter, per kind of matter (domain: the advice letter)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from dossiers.clock import Kind

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Part:
    """One section: its name in the outline, its heading, a hint, and whether it must be filled."""

    slug: str
    heading: StrOrPromise
    hint: StrOrPromise
    required: bool = True


REQUEST = Part(
    "request",
    _("Request and annexes"),
    _("Which request, received when, with which annexes. What was asked afterwards, and answered."),
)
PROCESS = Part(
    "process",
    _("Process"),
    _("The questions, the consultation meetings and the agreements made, each with its date."),
)
CONSULTATION = Part(
    "consultation",
    _("Consultation of staff"),
    _("How staff were asked, how many answered, who was not reached. Insert findings here."),
)
ASSESSMENT = Part(
    "assessment",
    _("Assessment"),
    _("Is the request complete, is the decision necessary, is it acceptable for staff?"),
)
ARGUMENTS = Part(
    "arguments",
    _("Arguments, alternatives and conditions"),
    _("The court looks only at objections that stand in this letter. Leave none out."),
)
CONCLUSION = Part(
    "conclusion",
    _("Conclusion"),
    _("What the council says, in one clear sentence, with the conditions numbered."),
)
DECISION = Part(
    "decision",
    _("Request for a written decision"),
    _("Ask for the decision in writing, and for the reasons where it deviates."),
)

OUTLINES: dict[str, tuple[Part, ...]] = {
    Kind.ADVICE: (
        REQUEST, PROCESS, CONSULTATION, ASSESSMENT, ARGUMENTS, CONCLUSION, DECISION,
    ),
    Kind.CONSENT: (
        REQUEST, PROCESS, CONSULTATION, ASSESSMENT, ARGUMENTS, CONCLUSION, DECISION,
    ),
    Kind.APPOINTMENT: (
        REQUEST, PROCESS,
        Part(CONSULTATION.slug, CONSULTATION.heading, CONSULTATION.hint, required=False),
        ASSESSMENT, CONCLUSION, DECISION,
    ),
    Kind.INITIATIVE: (
        Part("occasion", _("Occasion"), _("Why the council takes this up now.")),
        CONSULTATION,
        Part("proposal", _("Proposal"), _("What should be decided, in full sentences.")),
        ARGUMENTS,
        DECISION,
    ),
    Kind.INFORMATION: (
        Part("occasion", _("Occasion"), _("What the council needs the information for.")),
        Part("questions", _("What we ask"), _("Number the questions, so the answers can be.")),
        Part("answer_by", _("When"), _("By which day, and in which form.")),
    ),
    Kind.CONSULTATION: (
        Part("occasion", _("Occasion"), _("What this letter is about.")),
        CONSULTATION,
        CONCLUSION,
    ),
    Kind.FREE: (
        Part("occasion", _("Occasion"), _("What this letter is about.")),
        Part(CONSULTATION.slug, CONSULTATION.heading, CONSULTATION.hint, required=False),
        CONCLUSION,
    ),
}  # fmt: skip


def part_of(kind: str, slug: str) -> Part | None:
    """The outline's part behind a section, or None for one the council added itself."""
    return next((part for part in OUTLINES.get(kind, ()) if part.slug == slug), None)
