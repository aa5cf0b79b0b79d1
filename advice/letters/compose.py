"""A letter's rows made into its tree: sections, citations, footnotes, annex "verantwoording"."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from django.conf import settings
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from advice.letters import prose, wording
from advice.letters.prose import Citation
from advice.letters.tree import (
    Block,
    Break,
    Chart,
    Head,
    Heading,
    Inline,
    Items,
    Note,
    PageBreak,
    Paragraph,
    Quote,
    Table,
    Text,
    Tree,
    printable,
)
from advice.models import Finding, Letter, Letterhead, Section

LANGUAGE = "nl"
"""Letters to a director under the law are written in Dutch."""


def compose(letter: Letter, *, draft: bool, today: date | None = None) -> Tree:
    """The letter as it stands; three queries. ``draft`` marks it as not released."""
    findings = {row.number: row for row in Finding.objects.filter(dossier=letter.dossier_id)}
    letterhead = Letterhead.objects.filter(pk=1).first() or Letterhead()
    sections = list(letter.sections.all())
    with translation.override(LANGUAGE):
        composer = _Composer(letter, sections, findings, letterhead)
        return printable(composer.tree(draft=draft, today=today or timezone.localdate()))


def fixed_words() -> tuple[tuple[str, str], ...]:
    """The words of the layout, in the language in force."""
    return (
        ("subject", _("Subject")),
        ("reference", _("Our reference")),
        ("table", _("Table")),
        ("figure", _("Figure")),
        ("page", _("Page")),
        ("of", _("of")),
        ("email", _("E-mail")),
    )


class _Composer:
    """One walk through one letter; numbers footnotes, tables and charts as they come."""

    def __init__(
        self,
        letter: Letter,
        sections: Iterable[Section],
        findings: Mapping[int, Finding],
        letterhead: Letterhead,
    ) -> None:
        self.letter = letter
        self.sections = sections
        self.findings = findings
        self.letterhead = letterhead
        self.notes: list[tuple[Inline, ...]] = []
        self.cited: dict[int, Finding] = {}
        self.tables = 0
        self.charts = 0

    def tree(self, *, draft: bool, today: date) -> Tree:
        body: list[Block] = []
        for section in self.sections:
            blocks = prose.to_blocks(section.body, self.in_line, self.as_blocks)
            if blocks:
                body.append(Heading(1, section.heading))
                body.extend(self.numbered(blocks))
        annex = tuple(self.numbered(self.annex()))
        return Tree(
            language=f"{LANGUAGE}-NL",
            head=self.head(draft, today),
            body=tuple(body),
            signature=self.signature(),
            annex=annex,
            notes=tuple(self.notes),
            words=fixed_words(),
        )

    def head(self, draft: bool, today: date) -> Head:
        letterhead = self.letterhead
        day = date_format(today, "DATE_FORMAT")
        return Head(
            sender=letterhead.sender or settings.COUNCIL_NAME,
            organisation=settings.ORGANISATION_NAME,
            address=tuple(letterhead.address.splitlines()),
            email=letterhead.email,
            recipient=tuple(self.letter.recipient.splitlines()),
            place_and_date=f"{letterhead.place}, {day}" if letterhead.place else day,
            date=today.isoformat(),
            reference=self.letter.reference,
            subject=self.letter.subject,
            draft=_("Draft") if draft else "",
        )

    def signature(self) -> tuple[str, ...]:
        letterhead = self.letterhead
        lines = [
            _("On behalf of the works council of %(organisation)s,")
            % {"organisation": settings.ORGANISATION_NAME},
            letterhead.signatory,
            letterhead.signatory_role,
        ]
        return tuple(line for line in lines if line)

    def in_line(self, citation: Citation) -> tuple[Inline, ...]:
        """The finding's sentence with its footnote, or the footnote alone."""
        finding = self.find(citation)
        if finding is None:
            missing = _("[finding %(number)s is not in this dossier]")
            return (Text(missing % {"number": citation.number}, bold=True),)
        self.notes.append(wording.note(finding))
        note = Note(len(self.notes))
        if "zin" in citation.forms:
            return (Text(finding.statement.strip()), note)
        return (note,)

    def as_blocks(self, citation: Citation) -> tuple[Block, ...]:
        """The table, chart and quote that were asked for, in the order asked."""
        finding = self.find(citation)
        if finding is None:
            return ()
        made: list[Block] = []
        for form in citation.forms:
            if form == "tabel" and finding.figures.cells:
                made.append(wording.table(finding))
            elif form == "afdelingen" and (groups := wording.group_table(finding)):
                made.append(groups)
            elif form == "grafiek" and finding.figures.cells:
                made.append(wording.chart(finding))
            elif form == "citaat" and finding.quote and finding.quote_consent:
                made.append(Quote(finding.quote, finding.label))
        return tuple(made)

    def find(self, citation: Citation) -> Finding | None:
        finding = self.findings.get(citation.number)
        if finding is not None:
            self.cited[finding.number] = finding
        return finding

    def numbered(self, blocks: Iterable[Block]) -> Iterable[Block]:
        """The same blocks, with tables and charts counted through the whole letter."""
        for block in blocks:
            if isinstance(block, Table):
                self.tables += 1
                yield replace(block, number=self.tables)
            elif isinstance(block, Chart):
                self.charts += 1
                yield replace(block, number=self.charts)
            elif isinstance(block, Items):
                yield replace(
                    block, items=tuple(tuple(self.numbered(item)) for item in block.items)
                )
            else:
                yield block

    def annex(self) -> Iterable[Block]:
        """How each cited finding was come by, with its whole table: method, response, limits."""
        if not self.cited:
            return
        yield PageBreak()
        yield Heading(1, _("Annex: how the findings were gathered"))
        yield Paragraph(
            (
                Text(
                    _(
                        "The council decides without mandate or instruction. What staff said "
                        "informs its judgement and does not replace it. Groups of fewer than "
                        "%(group)d are never shown apart, and no result rests on fewer than "
                        "%(total)d answers."
                    )
                    % {"group": settings.GROUP_THRESHOLD, "total": settings.TOTAL_THRESHOLD}
                ),
            )
        )
        for number in sorted(self.cited):
            yield from self.account(self.cited[number])

    def account(self, finding: Finding) -> Iterable[Block]:
        yield Heading(
            2,
            _("Finding %(number)s: %(label)s") % {"number": finding.number, "label": finding.label},
        )
        facts = [
            (_("Question"), finding.question),
            (_("Method"), finding.method),
            (_("Period"), wording.period(finding)),
            (_("Response"), wording.response(finding)),
            (_("Limits"), _limits(finding)),
        ]
        told: list[Inline] = []
        for name, fact in facts:
            if fact:
                told += [Break()] if told else []
                told += [Text(f"{name}: ", bold=True), Text(fact)]
        yield Paragraph(tuple(told))
        if finding.figures.cells:
            yield wording.table(finding)
        if groups := wording.group_table(finding):
            yield groups


def _limits(finding: Finding) -> str:
    if finding.response is None:
        return _("not counted among a known number of people, so not representative")
    if finding.response < 0.5:
        return _("fewer than half of those invited answered; those who did not may think otherwise")
    return ""
