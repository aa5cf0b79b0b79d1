"""How posts and comments are asked for."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Count, Exists, OuterRef, Prefetch, Q
from django.utils import timezone

from blogs.lifecycle import CommentState, State
from dossiers.querysets import unlocked
from people import rules

if TYPE_CHECKING:
    from blogs.models import Comment, Post  # noqa: F401
    from people.models import Person


def live(now: datetime | None = None, path: str = "") -> Q:
    """What readers can see at ``now``, secrecy aside; ``path`` leads to the post, as ``post__``."""
    return Q(
        **{
            f"{path}state__in": (State.PUBLISHED, State.SCHEDULED),
            f"{path}published_at__lte": now or timezone.now(),
        }
    )


class PostQuerySet(models.QuerySet["Post"]):
    """Posts in the field's words."""

    def visible_to(self, person: Person) -> PostQuerySet:
        """The one door: the council sees drafts too; nobody sees what secrecy locks for them."""
        if not rules.may_read_portal(person):
            return self.none()
        here = self.filter(unlocked(person))
        return here if rules.is_council(person) else here.filter(live())

    def published(self, now: datetime | None = None) -> PostQuerySet:
        """Those whose moment has come, newest first; what outlets for everyone may carry."""
        return self.filter(live(now)).order_by("-published_at", "-pk")

    def for_everyone(self) -> PostQuerySet:
        """Published and under no secrecy: for newsletters and feeds, which nobody is exempt for."""
        return self.published().filter(unlocked(None))

    def in_the_making(self) -> PostQuerySet:
        """Drafts, what is scheduled for later, and what was withdrawn."""
        return self.exclude(live()).order_by("-created_at")

    def due(self, now: datetime) -> PostQuerySet:
        """Scheduled posts whose moment has come and that nobody has marked yet."""
        return self.filter(state=State.SCHEDULED, published_at__lte=now)

    def tagged(self, hashtag: str) -> PostQuerySet:
        """Those that carry ``#hashtag``."""
        return self.filter(hashtags__name=hashtag.lower())

    def with_details(self, person: Person) -> PostQuerySet:
        """All that a page shows ``person``, in a constant number of queries.

        ``post.dossier`` is None where the person may not know of the dossier.
        """
        from dossiers.models import Dossier

        return (
            self.select_related("author")
            .prefetch_related(
                "author__appointments",
                "hashtags",
                Prefetch("dossier", Dossier.objects.visible_to(person)),
            )
            .annotate(
                comment_count=Count("comments", filter=Q(comments__state=CommentState.VISIBLE))
            )
        )


class CommentQuerySet(models.QuerySet["Comment"]):
    """Comments in the field's words."""

    def visible_to(self, person: Person) -> CommentQuerySet:
        """The one door: those under a post the person may read; what waits, to writer and council.

        A hidden comment passes: its place and its reason are shown, its words are not.
        """
        if not rules.may_read_portal(person):
            return self.none()
        here = self.filter(unlocked(person, "post__dossier"))
        if rules.is_council(person):
            return here
        return here.filter(live(path="post__")).filter(
            ~Q(state=CommentState.WAITING) | Q(author=person)
        )

    def waiting(self) -> CommentQuerySet:
        """Those that appear once the council has read them."""
        return self.filter(state=CommentState.WAITING)

    def appealed(self) -> CommentQuerySet:
        """Hidden ones whose writer objected and has had no answer."""
        return self.filter(state=CommentState.HIDDEN, appealed_at__isnull=False, appeal_answer="")

    def reported(self) -> CommentQuerySet:
        """Those with a report that nobody has handled."""
        from blogs.models import Report

        open_reports = Report.objects.filter(comment=OuterRef("pk"), handled_at=None)
        return self.filter(Exists(open_reports))

    def asking_attention(self) -> CommentQuerySet:
        """All that the council still has to look at."""
        from blogs.models import Report

        open_reports = Report.objects.filter(comment=OuterRef("pk"), handled_at=None)
        return self.filter(
            Q(state=CommentState.WAITING)
            | Q(state=CommentState.HIDDEN, appealed_at__isnull=False, appeal_answer="")
            | Exists(open_reports)
        )

    def with_details(self) -> CommentQuerySet:
        """All that a thread shows, in a constant number of queries."""
        return self.select_related("author", "post", "parent").prefetch_related(
            "author__appointments"
        )
