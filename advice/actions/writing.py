"""Writing a letter: starting it, its sections with their versions, comments on them."""

from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from advice.letters.compose import LANGUAGE
from advice.letters.outline import OUTLINES
from advice.models import Comment, Letter, Section, SectionVersion
from dossiers.models import Dossier
from people.log import log_act
from people.models import Person


@dataclass
class EditConflict(Exception):
    """Somebody saved the section since it was opened; ``current`` is what stands there now."""

    current: Section
    by: Person


class NotOpenForWriting(Exception):
    """The letter is before the council, adopted or released: its text stands."""


@transaction.atomic
def start_letter(actor: Person, dossier: Dossier) -> Letter:
    """Begin the letter of a dossier with the sections its kind brings."""
    with translation.override(LANGUAGE):
        letter = Letter.objects.create(
            dossier=dossier,
            kind=dossier.kind,
            subject=dossier.title,
            recipient=_("The director of %(organisation)s")
            % {"organisation": settings.ORGANISATION_NAME},
            made_by=actor,
        )
        Section.objects.bulk_create(
            Section(letter=letter, slug=part.slug, position=position, heading=str(part.heading))
            for position, part in enumerate(OUTLINES[letter.kind])
        )
    log_act(actor, "advice.start_letter", letter)
    return letter


@transaction.atomic
def revise_letter(actor: Person, letter: Letter) -> None:
    """Save a letter's subject, recipient, reference and verdict."""
    _open_for_writing(letter)
    letter.save(update_fields=["subject", "recipient", "reference", "verdict"])
    log_act(actor, "advice.revise_letter", letter)


@transaction.atomic
def write_section(
    actor: Person, section: Section, *, heading: str, body: str, based_on: int
) -> Section:
    """Save a section as its next version.

    ``based_on`` is the version the writer began from. Raises EditConflict where another version
    was saved since, and writes nothing; NotOpenForWriting where the text stands.
    """
    current = Section.objects.select_for_update().select_related("letter").get(pk=section.pk)
    _open_for_writing(current.letter)
    if current.version != based_on:
        last = current.versions.select_related("by").first()
        raise EditConflict(current, last.by if last else actor)
    if (current.heading, current.body) == (heading, body):
        return current
    current.version += 1
    current.heading, current.body = heading, body
    current.save(update_fields=["version", "heading", "body"])
    SectionVersion.objects.create(
        section=current, number=current.version, heading=heading, body=body, by=actor
    )
    log_act(actor, "advice.write_section", current)
    return current


@transaction.atomic
def cite_finding(actor: Person, section: Section, citation: str) -> Section:
    """Set a citation below what a section says now."""
    current = Section.objects.select_for_update().get(pk=section.pk)
    body = f"{current.body.rstrip()}\n\n{citation}".strip()
    return write_section(
        actor, current, heading=current.heading, body=body, based_on=current.version
    )


@transaction.atomic
def add_section(actor: Person, letter: Letter, heading: str) -> Section:
    """Add a section of the council's own at the end."""
    _open_for_writing(letter)
    last = letter.sections.aggregate(last=Max("position"))["last"]
    position = 0 if last is None else last + 1
    section = Section.objects.create(
        letter=letter, slug=f"own-{position}", position=position, heading=heading
    )
    log_act(actor, "advice.add_section", section)
    return section


@transaction.atomic
def move_section(actor: Person, section: Section, *, up: bool) -> None:
    """Swap a section with its neighbour."""
    _open_for_writing(section.letter)
    rows = list(section.letter.sections.select_for_update())
    at = next(index for index, row in enumerate(rows) if row.pk == section.pk)
    other = at - 1 if up else at + 1
    if 0 <= other < len(rows):
        rows[at], rows[other] = rows[other], rows[at]
        for position, row in enumerate(rows):
            row.position = position
        Section.objects.bulk_update(rows, ["position"])
        log_act(actor, "advice.move_section", section)


@transaction.atomic
def comment(actor: Person, section: Section, *, text: str, suggestion: str) -> Comment:
    """Say something of a section, or suggest another text for it."""
    made = Comment.objects.create(
        section=section, by=actor, text=text, suggestion=suggestion, on_version=section.version
    )
    log_act(actor, "advice.comment", made)
    return made


@transaction.atomic
def settle_comment(actor: Person, made: Comment, *, take_over: bool) -> None:
    """Mark a comment as dealt with; taken over, its suggestion becomes the section's text.

    Raises EditConflict where the section changed since the suggestion was made.
    """
    if take_over and made.suggestion:
        write_section(
            actor,
            made.section,
            heading=made.section.heading,
            body=made.suggestion,
            based_on=made.on_version,
        )
        made.taken_over = True
    made.settled_at, made.settled_by = timezone.now(), actor
    made.save(update_fields=["settled_at", "settled_by", "taken_over"])
    log_act(actor, "advice.settle_comment", made)


def _open_for_writing(letter: Letter) -> None:
    current = Letter.objects.select_for_update().get(pk=letter.pk)
    if not current.is_open_for_writing:
        raise NotOpenForWriting
