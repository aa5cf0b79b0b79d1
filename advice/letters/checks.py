"""The check before release: what stops it, and what deserves another look."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property

from django.conf import settings
from django.db.models import Count, Q
from django.utils.translation import gettext as _

from advice.letters import prose
from advice.letters.outline import OUTLINES
from advice.models import Condition, Finding, Letter, Section, Theme, Verdict
from dossiers import clock, markdown, readability
from dossiers.clock import Kind
from dossiers.models import PartState
from dossiers.models.papers import Part

HARD = 30
"""Below this Flesch-Douma score a section is very hard to read."""

_FIGURE = re.compile(
    r"\b\d+(?:[.,]\d+)?\s?(?:%|procent)|\b(?:\d+|een|twee|drie|vier|vijf|zes|zeven|acht|negen|tien)"
    r"\s+(?:van de|op de)\s+(?:\d+|tien|vijf|vier|drie)\b"
    r"|\b(?:(?:het (?:over)?grote deel|de (?:grote |overgrote )?meerderheid|de helft|de meesten"
    r"|een derde|een kwart|twee derde|driekwart)\s+van\s+(?:de|het|onze|alle))",
    re.IGNORECASE,
)
"""Words that claim a count or a share."""


class Weight(IntEnum):
    """How much a remark weighs."""

    STOP = 2
    LOOK = 1


@dataclass(frozen=True)
class Remark:
    """One remark of the check; ``section`` is where it lies, if it lies in one."""

    weight: Weight
    text: str
    section: Section | None = None

    @property
    def stops(self) -> bool:
        """Whether the letter cannot go out like this."""
        return self.weight is Weight.STOP


class Check:
    """The check of one letter: six queries, whatever its length."""

    def __init__(self, letter: Letter) -> None:
        self.letter = letter
        self.dossier = letter.dossier
        self.sections = list(
            letter.sections.annotate(waiting=Count("comments", filter=Q(comments__settled_at=None)))
        )
        self.findings = {
            row.number: row
            for row in Finding.objects.filter(dossier=letter.dossier_id).select_related(
                "placement", "superseded_by"
            )
        }

    @cached_property
    def remarks(self) -> list[Remark]:
        """All remarks, what stops first."""
        found = [
            *self._missing(),
            *self._verdict(),
            *self._citations(),
            *self._claims(),
            *self._left_out(),
            *self._request(),
            *self._law(),
            *self._reading(),
            *self._comments(),
        ]
        return sorted(found, key=lambda remark: -remark.weight)

    @property
    def stops(self) -> list[Remark]:
        """What must be mended before the letter goes out."""
        return [remark for remark in self.remarks if remark.stops]

    @property
    def cited(self) -> list[Finding]:
        """The findings cited, each once, in the order of the letter."""
        numbers = dict.fromkeys(
            citation.number
            for section in self.sections
            for citation in prose.citations(section.body)
        )
        return [self.findings[number] for number in numbers if number in self.findings]

    def _missing(self) -> Iterator[Remark]:
        written = {section.slug: section for section in self.sections}
        for part in OUTLINES.get(self.letter.kind, ()):
            section = written.get(part.slug)
            if part.required and (section is None or not section.body.strip()):
                text = _("The section “%(heading)s” is empty.") % {"heading": part.heading}
                yield Remark(Weight.STOP, text, section)

    def _verdict(self) -> Iterator[Remark]:
        if self.letter.kind not in (Kind.ADVICE, Kind.CONSENT, Kind.APPOINTMENT):
            return
        if not self.letter.verdict:
            yield Remark(Weight.STOP, _("The verdict of the council is not filled in."))
        conditional = self.letter.verdict == Verdict.CONDITIONAL
        if conditional and not Condition.objects.filter(dossier=self.dossier).exists():
            yield Remark(
                Weight.LOOK,
                _("The verdict is conditional, but no conditions are recorded to be followed."),
            )

    def _citations(self) -> Iterator[Remark]:
        for section in self.sections:
            for number in dict.fromkeys(
                citation.number for citation in prose.citations(section.body)
            ):
                yield from self._citation(section, number)

    def _citation(self, section: Section, number: int) -> Iterator[Remark]:
        finding = self.findings.get(number)
        name = {"number": number}
        if finding is None:
            text = _("Finding %(number)s is cited but is not in this dossier.") % name
            yield Remark(Weight.STOP, text, section)
            return
        if not finding.is_intact:
            text = _("Finding %(number)s was changed outside the portal. Take it anew.") % name
            yield Remark(Weight.STOP, text, section)
        if _is_too_small(finding):
            text = _("Finding %(number)s rests on too few answers to be cited.") % name
            yield Remark(Weight.STOP, text, section)
        if newer := getattr(finding, "superseded_by", None):
            text = _("Finding %(number)s was superseded by finding %(newer)s.") % {
                "number": number,
                "newer": newer.number,
            }
            yield Remark(Weight.LOOK, text, section)
        if finding.placement.set_aside:
            text = _("Finding %(number)s is cited, though the council set it aside.") % name
            yield Remark(Weight.LOOK, text, section)

    def _claims(self) -> Iterator[Remark]:
        for section in self.sections:
            for block in markdown.blocks(section.body, headings=False):
                if prose.citations(block):
                    continue
                if claim := _FIGURE.search(block):
                    text = _("“%(claim)s” has no source. Cite a finding in this paragraph.")
                    yield Remark(Weight.LOOK, text % {"claim": _around(block, claim)}, section)

    def _left_out(self) -> Iterator[Remark]:
        cited = {finding.number for finding in self.cited}
        for finding in self.findings.values():
            place = finding.placement
            if finding.number in cited or place.set_aside or hasattr(finding, "superseded_by"):
                continue
            if place.theme == Theme.MINORITY:
                text = _("A minority view is not in the letter: finding %(number)s.")
                yield Remark(Weight.LOOK, text % {"number": finding.number})

    def _request(self) -> Iterator[Remark]:
        lacking = self.dossier.parts.filter(state__in=[PartState.MISSING, PartState.PARTLY])
        for part in lacking:
            text = _("In the request this is lacking or incomplete: %(part)s. Does the letter say?")
            yield Remark(Weight.LOOK, text % {"part": Part(part.part).label})

    def _law(self) -> Iterator[Remark]:
        if clock.meeting_needed(self.dossier.facts):
            yield Remark(
                Weight.LOOK,
                _("No consultation meeting is recorded yet; the law wants one before you speak."),
            )
        if self.dossier.is_secret:
            yield Remark(
                Weight.LOOK,
                _("This dossier is under secrecy: the letter goes to the director only."),
            )

    def _reading(self) -> Iterator[Remark]:
        for section in self.sections:
            reading = readability.measure(prose.CITATION.sub("", section.body))
            if reading.score is not None and reading.score < HARD:
                text = _("This section is very hard to read (%(score)d). Shorten the sentences.")
                yield Remark(Weight.LOOK, text % {"score": reading.score}, section)

    def _comments(self) -> Iterator[Remark]:
        for section in self.sections:
            waiting = getattr(section, "waiting", 0)
            if waiting:
                text = _("Comments that were not settled: %(count)d.") % {"count": waiting}
                yield Remark(Weight.LOOK, text, section)


def _is_too_small(finding: Finding) -> bool:
    """Below the thresholds, though disclosure should have stopped it: the last gate."""
    if not finding.figures.cells:
        return False
    n = finding.respondents
    groups: Iterable[int | None] = (group.respondents for group in finding.figures.groups)
    small = any(size is not None and size < settings.GROUP_THRESHOLD for size in groups)
    return small or (n is not None and n < settings.TOTAL_THRESHOLD)


def _around(block: str, claim: re.Match[str]) -> str:
    """The claim with a few words beside it."""
    start = max(0, block.rfind(" ", 0, max(0, claim.start() - 24)) + 1)
    end = block.find(" ", min(len(block), claim.end() + 24))
    return block[start : len(block) if end < 0 else end].strip()
