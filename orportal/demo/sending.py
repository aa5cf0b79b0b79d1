"""The demo's newsletters: one that goes out to two units at the first start, and a draft."""

from blogs.models import Post
from newsletter import actions
from newsletter.models import Issue
from orportal.demo.asking import Asked
from orportal.demo.staff import Cast
from people.models import Unit

GREETING = """\
In deze nieuwsbrief lees je wat zelfroosteren voor jou kan betekenen, en vragen we wat jij ervan
vindt. Meedoen kost één minuut en is anoniem.
"""


def fill(cast: Cast, post: Post, asked: Asked) -> None:
    """Compose both; the outbox's workers deliver the first one."""
    first = _composed(cast, "Zelfroosteren: praat mee", post, asked)
    first.units.set(Unit.objects.filter(name__in=["Behandeling", "Bestuursbureau"]))
    actions.send_issue(cast.ineke, first)
    _composed(cast, "December: zelfroosteren en het vragenuur", post, asked)


def _composed(cast: Cast, subject: str, post: Post, asked: Asked) -> Issue:
    issue = actions.start_issue(cast.ineke, subject)
    words = issue.blocks.get()
    words.heading, words.text = "Beste collega’s", GREETING
    actions.save_block(words)
    for kind, key in (("post", post.key), ("consultation", asked.running.key)):
        actions.add_block(issue, kind, object_key=str(key))
    return issue
