"""Small makers for newsletters in tests."""

from email.message import EmailMessage

from django.utils import timezone

from blogs.models import Post
from dossiers.models import Dossier
from newsletter import actions, mailing
from newsletter.models import Block, Issue
from outbox import delivering
from outbox.models import Lane
from people.models import Person
from polls.models import Consultation, Elector, Questionnaire, State


def make_issue(
    writer: Person, subject: str = "Nieuws van de OR", text: str = "Goed nieuws."
) -> Issue:
    """A draft with one text block."""
    issue = actions.start_issue(writer, subject)
    Block.objects.filter(issue=issue).update(text=text, heading="Deze week")
    return issue


def make_post(
    author: Person, title: str = "Zelf roosteren", dossier: Dossier | None = None
) -> Post:
    """A published post."""
    return Post.objects.create(
        title=title,
        body="De proef met zelf roosteren begint in **januari**.",
        author=author,
        dossier=dossier,
        state="published",
        published_at=timezone.now(),
    )


def make_poll(
    author: Person, asked: list[Person], title: str = "Wat vind je ervan?"
) -> Consultation:
    """An open poll for ``asked`` only."""
    poll = Consultation.objects.create(
        title=title,
        kind="poll",
        questionnaire=Questionnaire.objects.create(),
        state=State.OPEN,
        opened_at=timezone.now(),
        created_by=author,
        electorate_size=len(asked),
    )
    Elector.objects.bulk_create(Elector(consultation=poll, person=person) for person in asked)
    return poll


def add(issue: Issue, kind: str, thing: Post | Consultation) -> Block:
    """A block that shows ``thing``."""
    return actions.add_block(issue, kind, object_key=str(thing.key))


def send_out(sender: Person, issue: Issue) -> None:
    """Send, hand over and deliver, as workers would."""
    actions.send_issue(sender, issue)
    mailing.hand_over(issue)
    deliver_all()
    issue.refresh_from_db()


def deliver_all() -> None:
    """All that is due."""
    for lane in Lane:
        while delivering.deliver_batch(lane).rows:
            pass


def addresses(issue: Issue) -> set[str]:
    """Whom an issue was queued for."""
    assert issue.mailing is not None
    return set(issue.mailing.deliveries.values_list("address", flat=True))


def body(message: EmailMessage, kind: str) -> str:
    """One part of a mail that arrived."""
    part = message.get_body((kind,))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")
