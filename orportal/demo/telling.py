"""The demo's posts, with a picture drawn here, and what colleagues say to them."""

import io
import math

from django.core.files.base import ContentFile
from django.utils.formats import date_format
from PIL import Image, ImageDraw

from blogs.actions.commenting import write_comment
from blogs.actions.publishing import publish_post
from blogs.actions.writing import PostText, write_post
from blogs.lifecycle import CommentPolicy
from blogs.models import Kind, Post
from dossiers.images import remake
from dossiers.models import Dossier
from orportal.demo.staff import Cast

ROSTER_POST = """\
De bestuurder wil vanaf 1 april werken met **zelfroosteren** in de zorg en bij Facilitair. Hij heeft
de ondernemingsraad om advies gevraagd. Uiterlijk {due} geven wij dat advies. Daarvoor willen we
eerst weten wat jij ervan vindt.

## Wat verandert er?

- Je geeft zelf aan wanneer je wilt werken, per vier weken.
- Een planner maakt het rooster rond. Bij een gat beslist het team.
- Wisselen doe je in de app of op het bord in de teamkamer.

## Wat weten we nog niet?

We weten niet wat er gebeurt als niemand de nacht wil draaien. Ook is niet duidelijk of er een
toeslag komt. Dat vragen we na.

Doe mee met de peiling en zeg hieronder wat je ervan vindt. #zelfroosteren #rooster
"""


def fill(cast: Cast, dossier: Dossier) -> Post:
    """Four posts; the one about the roster has a picture and comments. Gives that one."""
    due = date_format(dossier.advice_due_on or dossier.opened_at, "j F")
    roster = write_post(
        cast.fatima,
        PostText(
            title="Zelfroosteren: wat betekent het voor jou?",
            body=ROSTER_POST.format(due=due),
            dossier=dossier,
            image=remake(ContentFile(_picture(), name="rooster.png")),
            image_alt="Een weekrooster met gekleurde vakken voor dag, avond en nacht",
        ),
    )
    publish_post(roster, cast.fatima)
    roster.refresh_from_db()
    first = write_comment(
        roster, cast.sanne, "Fijn dat jullie het vragen. Geldt dit ook voor de weekenden?"
    )
    write_comment(
        roster,
        cast.fatima,
        "Ja, de weekenden horen erbij. De regel van één weekend vrij op twee blijft staan.",
        parent=first,
    )
    write_comment(roster, cast.omar, "In de nacht zijn we maar met z’n tweeën. Hoe moet dat dan?")
    for author, text in (
        (
            cast.joris,
            PostText(
                title="Zo werkt de ondernemingsraad",
                body=(
                    "Wij vertegenwoordigen alle collega’s van De Linde. We geven advies over grote"
                    " plannen en we moeten instemmen met regels over werktijden en veiligheid.\n\n"
                    "Elke eerste maandag van de maand vergaderen we. Loop gerust binnen op het"
                    " spreekuur. #uitleg"
                ),
                comment_policy=CommentPolicy.CLOSED,
            ),
        ),
        (
            cast.mila,
            PostText(
                kind=Kind.UPDATE,
                body="De tilliften op Molenzicht zijn gekeurd en weer in gebruik. #veiligheid",
            ),
        ),
    ):
        publish_post(write_post(author, text), author)
    write_post(
        cast.fatima,
        PostText(
            title="Concept: vragen over de nieuwe parkeerplaats",
            body="Nog aanvullen met de cijfers van Facilitair.",
        ),
    )
    return roster


def _picture() -> bytes:
    """A week of coloured shifts, drawn."""
    picture = Image.new("RGB", (1200, 640), "#f2f4f0")
    pen = ImageDraw.Draw(picture)
    colours = ("#0d585c", "#6fb0a8", "#f2b431")
    for day in range(7):
        for row in range(4):
            if (day * 3 + row * 5) % 7 == 0:
                continue
            left, top = 90 + day * 148, 90 + row * 122
            colour = colours[(day + 2 * row + int(3 * math.sin(day * row))) % 3]
            pen.rounded_rectangle((left, top, left + 124, top + 94), 16, fill=colour)
    target = io.BytesIO()
    picture.save(target, "PNG")
    return target.getvalue()
