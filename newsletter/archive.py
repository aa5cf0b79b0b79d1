"""A sent issue on the web: the words that were sent, of what the reader may still see."""

from typing import Any

from django.utils.translation import get_language

from dossiers.markdown import to_html
from newsletter.blocks import Card
from newsletter.editions import Part, parts_of
from newsletter.mailing import seen_if
from newsletter.models import Issue
from people.models import Person


def archived_parts(issue: Issue, reader: Person) -> list[dict[str, Any]]:
    """The parts as the page takes them: each thing was asked again whether it may be shown."""
    return [
        {
            "kind": part.block.kind,
            "position": part.block.position,
            "heading": part.block.heading_here,
            "html": to_html(part.block.text_here, top=2),
            "image_url": part.block.image_url if part.block.image else "",
            "image_alt": part.block.image_alt,
            "card": words_sent(part),
        }
        for part in parts_for(parts_of(issue), reader)
    ]


def parts_for(parts: list[Part], reader: Person) -> list[Part]:
    """Of ``parts``, those that are for this reader; one question, however many are narrowed."""
    flags = {
        f"sees_{part.block.pk}": seen_if(part.readers) for part in parts if part.readers is not None
    }
    if not flags:
        return parts
    people = Person.objects.get_queryset().filter(pk=reader.pk).annotate(**flags)
    seen = people.values(*flags).get()
    return [part for part in parts if seen.get(f"sees_{part.block.pk}", True)]


def words_sent(part: Part) -> Card | None:
    """The card as it was sent, in the language in force; as it is now where none was kept."""
    kept = part.block.snapshot.get("en" if get_language() == "en" else "nl")
    return Card.from_data(kept) if kept else part.card
