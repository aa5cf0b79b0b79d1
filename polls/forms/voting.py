"""The page on which statements are voted on: what it carries along, and what a button does with it.

Nothing is stored on the way: votes and added statements travel in the page itself, until they are
sent as one ballot. So stopping half-way without sending leaves no trace, and no vote has a time.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from polls.models import MAX_STATEMENT
from polls.questions.schema import Answers
from polls.questions.validation import clean_text
from polls.redaction import suggest
from polls.statements.grouping import Votes
from polls.statements.likeness import alike, same
from polls.statements.shapes import VOTES
from polls.statements.voting import added_in, answers_of, packed, put_before, unpacked, votes_in

MOST_ADDED = 5
"""No round lets a person add more: the envelope's one length is made for it."""


@dataclass(frozen=True)
class Ballot:
    """What a voter holds: votes, statements to add, and how many were added in earlier ballots."""

    votes: Votes
    added: tuple[str, ...] = ()
    put: int = 0

    @classmethod
    def of(cls, answers: Mapping[str, object]) -> Ballot:
        """A ballot as it was sent."""
        return cls(votes_in(answers), tuple(added_in(answers)), put_before(answers))

    @classmethod
    def posted(cls, post: QueryDict, known: Sequence[str], put: int, room: int) -> Ballot:
        """A ballot as the page carries it: votes under the codes that are ``known``, and as many
        statements as there is ``room`` for."""
        added = [tidy(text) for text in post.getlist("added")]
        kept = tuple(text for text in dict.fromkeys(added) if 0 < len(text) <= MAX_STATEMENT)
        return cls(unpacked(post.get("votes", ""), known), kept[:room], put)

    @property
    def answers(self) -> Answers:
        """What goes into the envelope."""
        return answers_of(self.votes, self.added, self.put)

    @property
    def packed(self) -> str:
        """The votes as one field."""
        return packed(self.votes)

    @property
    def is_empty(self) -> bool:
        return not self.votes and not self.added


class Adding(NamedTuple):
    """A statement somebody writes that is not taken yet: what is wrong, or worth a second look."""

    text: str = ""
    error: str = ""
    suggestion: str = ""
    """The text without what points at people, where there is any."""
    resembles: tuple[str, ...] = ()
    """Codes of statements that say nearly the same."""

    @property
    def is_open(self) -> bool:
        """Whether the part of the page where it is written stands open."""
        return bool(self.text or self.error)


@dataclass(frozen=True)
class Voting:
    """What a button made of the page. ``show`` is the statement asked for; ``listed`` all votes."""

    ballot: Ballot
    show: str = ""
    listed: bool = False
    adding: Adding = field(default_factory=Adding)
    is_sent: bool = False
    error: str = ""
    acted: bool = False


def follow(
    post: QueryDict,
    ballot: Ballot,
    texts: Mapping[str, str],
    room: int,
    names: Mapping[str, frozenset[str]],
) -> Voting:
    """What the button in ``post`` asks for.

    ``texts``: the statements on offer by code; ``room``: how many this person may add;
    ``names``: names of people here that stand in what is written, by text.
    """
    go, on = post.get("go", ""), post.get("on", "")
    written = tidy(post.get("statement", ""))
    # What somebody was writing stays while they vote on.
    here = Voting(ballot, acted=True, adding=Adding(written[: 2 * MAX_STATEMENT]))
    if go in VOTES and on in texts:
        return replace(here, ballot=replace(ballot, votes={**ballot.votes, on: go}))
    if go.startswith("to-"):
        return replace(here, show=go.removeprefix("to-"))
    if go == "list":
        return replace(here, listed=True)
    if go.startswith("drop-"):
        dropped = go.removeprefix("drop-")
        kept = tuple(text for at, text in enumerate(ballot.added) if str(at) != dropped)
        return replace(here, ballot=replace(ballot, added=kept), listed=True)
    if go in ("add", "add-anyway"):
        return _add(here, written, texts, room, names, go == "add-anyway")
    if go == "send":
        if ballot.is_empty:
            return replace(here, error=_("Vote on at least one statement before you send."))
        return replace(here, is_sent=True)
    return here


def _add(
    here: Voting,
    text: str,
    texts: Mapping[str, str],
    room: int,
    names: Mapping[str, frozenset[str]],
    insists: bool,
) -> Voting:
    ballot = here.ballot
    again = replace(here, adding=Adding(text, _wrong(text, ballot, room)))
    if again.adding.error:
        return again
    known = next((code for code, other in texts.items() if same(text, other)), "")
    if known:
        error = _("This statement is there already. Vote on it instead.")
        return replace(again, adding=Adding(text, error, resembles=(known,)))
    if not insists:
        suggestion = suggest(text, names.get(text, frozenset()))
        look = Adding(
            text,
            suggestion=suggestion if suggestion != text else "",
            resembles=tuple(alike(text, texts)),
        )
        if look.suggestion or look.resembles:
            return replace(here, adding=look)
    return replace(here, ballot=replace(ballot, added=(*ballot.added, text)), adding=Adding())


def _wrong(text: str, ballot: Ballot, room: int) -> str:
    if not text:
        return _("Write your statement first.")
    if len(text) > MAX_STATEMENT:
        return _("This is %(length)d characters; at most %(limit)d fit. Shorten it a little.") % {
            "length": len(text),
            "limit": MAX_STATEMENT,
        }
    if len(text.split()) < 3:
        return _("Make it a full sentence that colleagues can agree or disagree with.")
    if any(same(text, other) for other in ballot.added):
        return _("You added this one already.")
    if room <= len(ballot.added):
        most = room + ballot.put
        return ngettext(
            "You can add %(n)d statement, and you have.",
            "You can add %(n)d statements, and you have.",
            most,
        ) % {"n": most}
    return ""


def tidy(text: str) -> str:
    """One line of text as it was meant."""
    return " ".join(clean_text(text).split())
