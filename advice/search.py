"""What advice lets be found: released letters for whom they are for; findings and drafts for the
council; what came of it.
"""

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advice.models import Condition, Finding, Letter, LetterRelease, Section
from dossiers.models import Dossier
from dossiers.search.sources import Kind, Shown, Source
from people import rules
from people.models import Person

LETTER = Kind("letter", gettext_lazy("Letters"))
FINDING = Kind("finding", gettext_lazy("Findings"))


def _letters(person: Person) -> QuerySet[Letter]:
    """Those in the making for the council, the released ones for whom they were released to."""
    if rules.is_council(person):
        return Letter.objects.visible_to(person)
    return Letter.objects.filter(release__in=LetterRelease.objects.visible_to(person))


def _sections(person: Person) -> QuerySet[Section]:
    return Section.objects.filter(letter__in=_letters(person))


def _conditions(person: Person) -> QuerySet[Condition]:
    """The council's, in the dossiers it sees."""
    if not rules.is_council(person):
        return Condition.objects.none()
    return Condition.objects.filter(dossier__in=Dossier.objects.visible_to(person))


def _shown(letter: Letter, text: str, person: Person) -> Shown:
    is_released = letter.is_released and not rules.is_council(person)
    return Shown(
        letter.subject,
        letter.release.get_absolute_url() if is_released else letter.get_absolute_url(),
        text,
        label=_("Letter"),
        detail=letter.get_state_display(),
    )


def _show_letter(letter: Letter, person: Person) -> Shown:
    return _shown(letter, "", person)


def _show_section(section: Section, person: Person) -> Shown:
    return _shown(section.letter, section.body, person)


def _show_finding(finding: Finding, _person: Person) -> Shown:
    return Shown(
        finding.label,
        finding.get_absolute_url(),
        f"{finding.statement}\n\n{finding.question}",
        label=_("Finding %(number)s") % {"number": finding.number},
        detail=finding.dossier.title,
    )


def _show_condition(condition: Condition, _person: Person) -> Shown:
    return Shown(
        condition.dossier.title,
        condition.dossier.get_absolute_url(),
        f"{condition.text}\n\n{condition.remark}",
        label=_("Condition"),
        detail=condition.get_state_display(),
    )


SOURCES = (
    Source(
        kind=LETTER,
        door=_letters,
        title=("subject",),
        text=(),
        at="made_at",
        show=_show_letter,
        related=("release",),
    ),
    Source(
        kind=LETTER,
        door=_sections,
        title=("heading",),
        text=("body",),
        at="letter__made_at",
        show=_show_section,
        thing="letter",
        related=("letter__release",),
    ),
    Source(
        kind=FINDING,
        door=Finding.objects.visible_to,
        title=("label",),
        text=("question", "statement", "quote"),
        at="dated_on",
        show=_show_finding,
        related=("dossier",),
    ),
    Source(
        kind=FINDING,
        door=_conditions,
        text=("text", "remark"),
        at="due_on",
        show=_show_condition,
        related=("dossier",),
    ),
)
