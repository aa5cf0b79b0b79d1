"""Voting on statements, one at a time: signed in, by code, or again with a receipt."""

from __future__ import annotations

from typing import Any, NamedTuple
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dossiers.markdown import to_html
from people.guards import SignedInRequest, signed_in
from polls.disclosure import participants_of
from polls.forms.voting import MOST_ADDED, Ballot, Voting, follow, tidy
from polls.models import MAX_STATEMENT, Consultation, ConsultationKind, Statement
from polls.names import known_names
from polls.questions.schema import Answers, Schema
from polls.statements.likeness import alike
from polls.statements.ordering import OnOffer, in_order, next_of
from polls.statements.shapes import AGREE, DISAGREE, PASS
from polls.views.languages import language_links, unspoken
from polls.views.rendering import moment

TEMPLATE = "polls/statements/vote.html"


class Choice(NamedTuple):
    """One of the three buttons."""

    value: str
    label: str
    key: int


class OwnVote(NamedTuple):
    """A statement with what this voter said of it."""

    code: str
    text: str
    vote: str
    words: str


class Sitting:
    """One voter before one page of a round: what they hold, and what the page shows."""

    def __init__(
        self,
        consultation: Consultation,
        schema: Schema,
        receipt: str,
        *,
        before: Answers | None = None,
    ) -> None:
        """``before``: what stands under the receipt already, where it is a change."""
        self.consultation, self.schema, self.receipt = consultation, schema, receipt
        self.texts = {question.code: question.text for question in schema}
        self.before = Ballot.of(before or {})
        self.is_change = before is not None
        self.voting = Voting(self.before)

    def follow(self, post: QueryDict) -> Answers | None:
        """Do what the button asks; the ballot's answers where it is sent."""
        go = post.get("go", "")
        if self.is_change and go == "change":
            return None
        # Votes may stand under what is not on offer: an own statement that waits to be read.
        known = [*self.texts, *self.before.votes]
        adds = bool(post.getlist("added")) or go in ("add", "add-anyway")
        room = self.room if adds else 0  # a query that a ballot without statements need not pay
        ballot = Ballot.posted(post, known, self.before.put, room)
        written = tidy(post.get("statement", ""))
        names = {written: known_names(written)} if go == "add" else {}
        self.voting = follow(post, ballot, self.texts, room, names)
        return ballot.answers if self.voting.is_sent else None

    @property
    def room(self) -> int:
        """How many statements this voter may add, with those that are in this ballot."""
        setting = self.consultation.round
        if not setting.takes_statements:
            return 0
        return max(min(setting.added_each, MOST_ADDED) - self.before.put, 0)

    @property
    def has_more(self) -> bool:
        """Whether there are statements this voter has not voted on."""
        return bool(next_of(self.texts, self.voting.ballot.votes))

    @property
    def status(self) -> int:
        return 400 if self.voting.error or self.voting.adding.error else 200

    def context(self, *, action: str, notice: str = "") -> dict[str, Any]:
        """Everything ``polls/statements/vote.html`` names."""
        votes = {code: v for code, v in self.voting.ballot.votes.items() if code in self.texts}
        show = self.voting.show if self.voting.show in self.texts else ""
        show = show or next_of(self._order(), votes)
        foreign = self.schema.language != (get_language() or "")
        introduced = not votes and not self.voting.acted and not self.is_change
        return {
            "consultation": self.consultation,
            "schema": self.schema,
            "action": action,
            "receipt": "" if self.is_change else self.receipt,
            "code": self.receipt if self.is_change else "",
            "is_change": self.is_change,
            "notice": notice or self.voting.error,
            "languages": language_links(self.consultation, self.schema),
            "content_language": self.schema.language if foreign else "",
            "title_language": self._language_of("title"),
            "introduction_language": self._language_of("introduction"),
            "statement_language": self._language_of(f"question:{show}:text"),
            "unspoken": unspoken(self.consultation, self.schema),
            "closes": moment(self.consultation),
            "introduction": to_html(self.schema.introduction, top=2) if introduced else "",
            "voting": self.voting,
            "ballot": self.voting.ballot,
            "statement": {"code": show, "text": self.texts.get(show, "")},
            "earlier_vote": votes.get(show, ""),
            "choices": choices(),
            "own_votes": self._own_votes(votes),
            "voted": len(votes),
            "total": len(self.texts),
            "is_done": not show,
            "may_add": self.room > len(self.voting.ballot.added),
            "takes_statements": self.consultation.round.takes_statements,
            "max_length": MAX_STATEMENT,
            "resembles": [
                OwnVote(code, self.texts[code], votes.get(code, ""), "")
                for code in self.voting.adding.resembles
            ],
            "draft_name": f"orportaal-{self.consultation.key}",
            "keeps_draft": not self.is_change,
        }

    def _order(self) -> list[str]:
        rows = Statement.objects.filter(consultation=self.consultation).shown()
        took_part = participants_of(self.consultation)
        offers = [
            OnOffer(code, max(took_part - since, 0))
            for code, since in rows.values_list("code", "shown_after")
            if code in self.texts
        ]
        return in_order(offers, self.receipt)

    def _language_of(self, ref: str) -> str:
        """The language of the text under ``ref`` where it is not that of the page around it."""
        language = self.schema.language_of(ref)
        return language if language != get_language() else ""

    def _own_votes(self, votes: dict[str, str]) -> list[OwnVote]:
        words = {choice.value: choice.label for choice in choices()}
        return [OwnVote(code, self.texts[code], vote, words[vote]) for code, vote in votes.items()]


def choices() -> list[Choice]:
    """The three answers, in the language of the page."""
    return [
        Choice(AGREE, _("Agree"), 1),
        Choice(DISAGREE, _("Disagree"), 2),
        Choice(PASS, _("No opinion"), 3),
    ]


@signed_in
@require_POST
def resembling(request: SignedInRequest, key: UUID) -> HttpResponse:
    """While somebody types: statements on offer that say nearly the same. Keeps nothing."""
    found = Consultation.objects.visible_to(request.user).select_related("questionnaire")
    consultation = get_object_or_404(found, key=key, kind=ConsultationKind.STATEMENTS)
    rows = Statement.objects.filter(consultation=consultation).shown()
    texts = dict(rows.values_list("code", "text"))
    text = tidy(request.POST.get("statement", ""))[: 2 * MAX_STATEMENT]
    context = {
        "resembles": [OwnVote(code, texts[code], "", "") for code in alike(text, texts)],
        "typing": True,
    }
    return render(request, "polls/statements/_resembling.html", context)
