"""The comments under a post as one reader sees them: threads, and what may be done with each."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.core.paginator import Page, Paginator
from django.utils.safestring import SafeString

from blogs import rules
from blogs.lifecycle import CommentState
from blogs.models import Comment, Post
from dossiers import markdown
from people.models import Person
from people.rules import is_council

PER_PAGE = 30


@dataclass
class ShownComment:
    """A comment with what ``person`` may see and do."""

    comment: Comment
    person: Person
    replies: list["ShownComment"] = field(default_factory=list)

    @property
    def by_council(self) -> bool:
        """Whether its writer sits on the council."""
        return is_council(self.comment.author)

    @property
    def is_own(self) -> bool:
        """Whether the reader wrote it."""
        return self.comment.author_id == self.person.pk

    @property
    def shows_words(self) -> bool:
        """Whether the words are shown: a hidden comment's only to its writer."""
        return self.comment.state in (CommentState.VISIBLE, CommentState.WAITING) or (
            self.comment.state == CommentState.HIDDEN and self.is_own
        )

    @property
    def html(self) -> SafeString:
        """The words, safe to show; headings below the page's own."""
        return markdown.to_html(self.comment.body, top=4)

    @property
    def may_edit(self) -> bool:
        """See ``rules.may_edit_comment``."""
        return rules.may_edit_comment(self.person, self.comment)

    @property
    def may_delete(self) -> bool:
        """See ``rules.may_delete_comment``."""
        return rules.may_delete_comment(self.person, self.comment)

    @property
    def may_reply(self) -> bool:
        """See ``rules.may_reply``."""
        return rules.may_reply(self.person, self.comment)

    @property
    def may_report(self) -> bool:
        """See ``rules.may_report``."""
        return rules.may_report(self.person, self.comment)

    @property
    def may_appeal(self) -> bool:
        """See ``rules.may_appeal``."""
        return rules.may_appeal(self.person, self.comment)

    @property
    def may_hide(self) -> bool:
        """Whether the reader moderates and there is something to hide."""
        return rules.may_moderate(self.person) and self.comment.can_become(CommentState.HIDDEN)

    @property
    def has_more(self) -> bool:
        """Whether anything beside replying and objecting can be done."""
        return self.may_edit or self.may_delete or self.may_report or self.may_hide or self.may_lock

    @property
    def may_lock(self) -> bool:
        """Whether the reader moderates and this heads a thread."""
        return rules.may_moderate(self.person) and self.comment.parent_id is None


@dataclass(frozen=True)
class Threads:
    """One page of threads, and the page it is."""

    shown: list[ShownComment]
    page: Page[Comment]


def threads(post: Post, person: Person, page: str | int | None) -> Threads:
    """One page of the threads under ``post``, oldest first."""
    visible = Comment.objects.visible_to(person).filter(post=post).with_details()
    paginator = Paginator(visible.filter(parent=None), PER_PAGE)
    chosen = paginator.get_page(page)
    heads = list(chosen.object_list)
    replies: dict[int | None, list[Comment]] = defaultdict(list)
    for reply in visible.filter(parent__in=heads):
        replies[reply.parent_id].append(reply)
    shown = [_shown(head, replies[head.pk], person) for head in heads]
    return Threads(shown, chosen)


def page_of(comment: Comment) -> int:
    """The page of ``threads`` on which the comment stands, for links to it."""
    head = comment.parent or comment
    before = Comment.objects.filter(
        post=comment.post_id, parent=None, created_at__lt=head.created_at
    ).exclude(state=CommentState.WAITING)
    return before.count() // PER_PAGE + 1


def _shown(head: Comment, replies: Iterable[Comment], person: Person) -> ShownComment:
    shown = ShownComment(head, person)
    for reply in replies:
        reply.parent = head
        shown.replies.append(ShownComment(reply, person))
    return shown
