"""Evidence from posts (how much they stirred), comments, question hours, and documents."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advice.evidence import NotDisclosed, Offer, OfferGroup, by_key
from advice.figures import Draft
from advice.letters.compose import LANGUAGE
from blogs.lifecycle import CommentState
from blogs.models import Comment, Post
from dossiers.models import Document, Dossier
from live.models import Question, QuestionHour, QuestionState
from people.models import Person


class PostSource:
    """How many colleagues a post moved to comment. What they wrote the council paraphrases."""

    name = "posts"
    label = gettext_lazy("Posts")

    def offers(self, dossier: Dossier, person: Person) -> Iterable[OfferGroup]:
        """Every published post of the dossier on which enough people commented."""
        offers = tuple(
            Offer(
                str(row.post.key),
                _title(row.post),
                _("%(comments)d comments by %(writers)d people")
                % {"comments": row.comments, "writers": row.writers},
                _day(row.post),
            )
            for row in _posts(dossier, person)
            if row.writers >= settings.TOTAL_THRESHOLD
        )
        if offers:
            yield OfferGroup(_("Posts with comments"), reverse("blogs:index"), offers)

    def draft(self, ref: str, dossier: Dossier, person: Person) -> Draft:
        """How many commented, and how often."""
        row = next((row for row in _posts(dossier, person) if str(row.post.key) == ref), None)
        if row is None or row.writers < settings.TOTAL_THRESHOLD:
            raise NotDisclosed(_("Too few people commented to use this."))
        with translation.override(LANGUAGE):
            title = _title(row.post)
            said = _("%(writers)d colleagues wrote %(comments)d comments on the post “%(title)s”.")
            return Draft(
                source=self.name,
                ref=ref,
                label=_("Post “%(title)s”") % {"title": title},
                statement=said % {"writers": row.writers, "comments": row.comments, "title": title},
                method=_("comments on the portal, under the writers' names"),
                url=row.post.get_absolute_url(),
                since=_day(row.post),
                dated_on=timezone.localdate().isoformat(),
                respondents=row.writers,
            )


class CommentSource:
    """What a colleague wrote under a post, where they let the council quote it."""

    name = "comments"
    label = gettext_lazy("Comments")

    def offers(self, dossier: Dossier, person: Person) -> Iterable[OfferGroup]:
        """The comments under the dossier's posts that may be quoted, the oldest first."""
        offers = tuple(
            Offer(
                str(row.key),
                Truncator(row.body).words(16),
                _("under “%(title)s”") % {"title": _title(row.post)},
                timezone.localdate(row.created_at).isoformat(),
            )
            for row in _quotable(dossier, person)
        )
        if offers:
            yield OfferGroup(_("Comments that may be quoted"), reverse("blogs:index"), offers)

    def draft(self, ref: str, dossier: Dossier, person: Person) -> Draft:
        """One comment in its own words, without its writer's name."""
        row = by_key(_quotable(dossier, person), ref)
        with translation.override(LANGUAGE):
            title = _title(row.post)
            said = _("Under the post “%(title)s” a colleague wrote: “%(words)s”")
            return Draft(
                source=self.name,
                ref=ref,
                label=_("Comment on “%(title)s”") % {"title": title},
                statement=said % {"title": title, "words": row.body},
                method=_("comments on the portal, under the writers' names"),
                url=row.post.get_absolute_url(),
                dated_on=timezone.localdate(row.created_at).isoformat(),
                quote=row.body,
                quote_consent=True,
            )


def _quotable(dossier: Dossier, person: Person) -> QuerySet[Comment]:
    posts = Post.objects.visible_to(person).filter(dossier=dossier).published()
    return (
        Comment.objects.filter(post__in=posts, state=CommentState.VISIBLE, may_quote=True)
        .select_related("post")
        .order_by("created_at", "pk")
    )


@dataclass(frozen=True)
class _Counted:
    """A post with what was counted of its comments."""

    post: Post
    comments: int
    writers: int


def _posts(dossier: Dossier, person: Person) -> list[_Counted]:
    posts = Post.objects.visible_to(person).filter(dossier=dossier).published()
    counts = {
        pk: (comments, writers)
        for pk, comments, writers in Comment.objects.filter(
            post__in=posts, state=CommentState.VISIBLE
        )
        .order_by()
        .values_list("post")
        .annotate(Count("pk"), Count("author", distinct=True))
    }
    return [_Counted(row, *counts.get(row.pk, (0, 0))) for row in posts]


def _day(post: Post) -> str:
    return timezone.localdate(post.published_at).isoformat() if post.published_at else ""


def _title(post: Post) -> str:
    return post.title or Truncator(post.body).words(8)


class QuestionHourSource:
    """What colleagues wanted to know, and how many with them."""

    name = "question_hours"
    label = gettext_lazy("Question hours")

    def offers(self, dossier: Dossier, person: Person) -> Iterable[OfferGroup]:
        """The questions that were dealt with, the most wanted first."""
        hours = {
            row.pk: row for row in QuestionHour.objects.visible_to(person).filter(dossier=dossier)
        }
        questions = _questions(dossier, person)
        for pk, hour in hours.items():
            offers = tuple(
                Offer(
                    str(row.key),
                    row.text,
                    _("%(count)d colleagues wanted to know this too") % {"count": support},
                )
                for row, support in questions
                if row.question_hour_id == pk
            )
            if offers:
                yield OfferGroup(hour.title, hour.get_absolute_url(), offers)

    def draft(self, ref: str, dossier: Dossier, person: Person) -> Draft:
        """One question with its support and the answer that was given."""
        found = next(
            (pair for pair in _questions(dossier, person) if str(pair[0].key) == ref), None
        )
        if found is None:
            raise NotDisclosed(_("This is not there any more."))
        row, support = found
        hour = row.question_hour
        with translation.override(LANGUAGE):
            statement = _("In the question hour a colleague asked: “%(question)s”") % {
                "question": row.text
            }
            if support >= settings.TOTAL_THRESHOLD:
                statement += " " + _("%(count)d colleagues wanted to know this too.") % {
                    "count": support
                }
            return Draft(
                source=self.name,
                ref=ref,
                label=_("Question hour “%(title)s”") % {"title": hour.title},
                statement=statement,
                question=row.text,
                method=_("question hour on the portal"),
                url=hour.get_absolute_url(),
                dated_on=timezone.localdate(hour.starts_at).isoformat(),
            )


def _questions(dossier: Dossier, person: Person) -> list[tuple[Question, int]]:
    rows = (
        Question.objects.visible_to(person)
        .filter(
            question_hour__dossier=dossier,
            state__in=[QuestionState.ACCEPTED, QuestionState.ANSWERED],
        )
        .select_related("question_hour")
        .by_support()
    )
    return [(row, int(getattr(row, "support_count", 0))) for row in rows]


class DocumentSource:
    """Papers in the dossier that the letter rests on."""

    name = "documents"
    label = gettext_lazy("Documents")

    def offers(self, dossier: Dossier, person: Person) -> Iterable[OfferGroup]:
        """Every document of the dossier."""
        rows = Document.objects.visible_to(person).filter(dossier=dossier)
        offers = tuple(
            Offer(str(row.key), row.name, row.get_what_display(), row.at.date().isoformat())
            for row in rows
        )
        if offers:
            yield OfferGroup(_("Documents in this dossier"), dossier.get_absolute_url(), offers)

    def draft(self, ref: str, dossier: Dossier, person: Person) -> Draft:
        """A reference to the document; what it says the council writes itself."""
        row = by_key(Document.objects.visible_to(person).filter(dossier=dossier), ref)
        with translation.override(LANGUAGE):
            return Draft(
                source=self.name,
                ref=ref,
                label=_("Document “%(name)s”") % {"name": row.name},
                statement=_("In the dossier lies “%(name)s” (%(kind)s).")
                % {"name": row.name, "kind": row.get_what_display()},
                method=str(row.get_what_display()),
                url=row.get_absolute_url(),
                dated_on=timezone.localdate(row.at).isoformat(),
            )
