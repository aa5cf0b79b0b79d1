"""What newsletter lets be found: issues, by their subject and the council's own words in them.

What a block shows of something else is found where it lives, behind that thing's own door.
"""

from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dossiers.querysets import unlocked
from dossiers.search.sources import Kind, Shown, Source
from newsletter.blocks import IMAGE, TEXT
from newsletter.models import Block, Issue
from people.models import Person

ISSUE = Kind("newsletter", gettext_lazy("Newsletters"))


def _issues(person: Person) -> QuerySet[Issue]:
    """The issues the person may read; none whose subject could name what is secret for them."""
    return Issue.objects.visible_to(person).without_secrets(person)


def _blocks(person: Person) -> QuerySet[Block]:
    """Own words and pictures of these issues, as nobody is exempt for."""
    issues = _issues(person).values("pk")
    return Block.objects.filter(unlocked(None), issue__in=issues, kind__in=[TEXT, IMAGE])


def _shown(issue: Issue, text: str) -> Shown:
    return Shown(
        issue.subject_here,
        issue.get_absolute_url(),
        text,
        label=_("Newsletter"),
        detail="" if issue.is_sent else issue.get_state_display(),
    )


def _show_issue(issue: Issue, _person: Person) -> Shown:
    return _shown(issue, issue.preview_here)


def _show_block(block: Block, _person: Person) -> Shown:
    return _shown(block.issue, f"{block.heading_here}\n\n{block.text_here}")


SOURCES = (
    Source(
        kind=ISSUE,
        door=_issues,
        title=("subject", "subject_en"),
        text=("preview", "preview_en"),
        at=Coalesce("sent_at", "written_at"),
        show=_show_issue,
    ),
    Source(
        kind=ISSUE,
        door=_blocks,
        title=("heading", "heading_en"),
        text=("text", "text_en"),
        at=Coalesce("issue__sent_at", "issue__written_at"),
        show=_show_block,
        thing="issue",
        related=("issue",),
    ),
)
