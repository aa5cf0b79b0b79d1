"""The demo's newsletters: a monthly one with its archive, one that goes out to two units at the
first start, and two drafts."""

import datetime as dt

from django.utils import timezone
from django.utils.formats import date_format

from blogs.models import Post
from newsletter import actions
from newsletter.blocks import kinds
from newsletter.models import Issue
from orportal.demo import series
from orportal.demo.asking import Asked
from orportal.demo.staff import Cast
from people.models import Selection, Unit
from polls.actions.outcomes import publish_outcome

GREETING = """\
In deze nieuwsbrief lees je wat zelfroosteren voor jou kan betekenen, en vragen we wat jij ervan
vindt. Meedoen kost één minuut en is anoniem.
"""
TOLD = """\
Jullie vertelden ons hoe de roosters nu uitpakken. Hieronder lees je wat wij ermee deden.
"""
HEARD = "Jullie vertelden hoe het rooster van nu uitpakt, en waar het anders moet."
DONE = "We legden dit voor aan de bestuurder en nemen het mee in ons advies over zelfroosteren."


def fill(cast: Cast, post: Post, asked: Asked) -> None:
    """Compose all; the outbox's workers deliver the first one."""
    series.fill(cast)
    first = _composed(cast, "Zelfroosteren: praat mee", post, asked)
    first.units.set(Unit.objects.filter(name__in=["Behandeling", "Bestuursbureau"]))
    actions.send_issue(cast.ineke, first)
    month = date_format(timezone.localdate() + dt.timedelta(days=14), "F").capitalize()
    _composed(cast, f"{month}: zelfroosteren en het vragenuur", post, asked)
    told(cast, asked)


def told(cast: Cast, asked: Asked) -> None:
    """A draft for a saved selection, with what was heard, what was done and news of a dossier."""
    publish_outcome(asked.finished, heard=HEARD, done=DONE, by=cast.ineke)
    care = Selection.objects.create(name="Zorg op de werkvloer")
    care.units.set(Unit.objects.filter(name="Behandeling"))
    issue = actions.start_issue(cast.ineke, "Wat er met jullie antwoorden gebeurde")
    issue.selection = care
    issue.save(update_fields=["selection"])
    words = issue.blocks.get()
    words.heading, words.text = "Beste collega’s", TOLD
    actions.save_block(words)
    for kind in kinds():
        if kind.name in ("outcome", "dossier"):
            for key, _words in list(kind.choices())[:1]:
                actions.add_block(issue, kind.name, object_key=key)


def _composed(cast: Cast, subject: str, post: Post, asked: Asked) -> Issue:
    issue = actions.start_issue(cast.ineke, subject)
    words = issue.blocks.get()
    words.heading, words.text = "Beste collega’s", GREETING
    actions.save_block(words)
    for kind, key in (("post", post.key), ("consultation", asked.running.key)):
        actions.add_block(issue, kind, object_key=str(key))
    return issue
