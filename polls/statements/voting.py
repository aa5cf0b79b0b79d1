"""A round as it is voted on: the questionnaire it makes, and what a ballot of it holds. Pure.

In a ballot's answers stand ``{"s1": "agree", "s2": "pass"}``, and besides, until the urn is
emptied, ``added`` (the statements its voter adds), and ``put`` (how many were added before).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import override

from polls.questions.schema import Answers, Choice, Kind, Question
from polls.statements.grouping import Votes
from polls.statements.shapes import AGREE, DISAGREE, PASS, VOTES

ADDED, PUT = "added", "put"
CODE = re.compile(r"s[1-9]\d{0,5}")
ROOM = 2_048
"""The envelope's one length in bytes: 250 votes and five statements of 140 characters fit,
compressed, however little they have in common."""


def question_of(code: str, text: str, language: str) -> Question:
    """A statement as the question it is: agree, disagree or pass, in ``language``."""
    with override(language):
        choices = (
            Choice(AGREE, _("Agree")),
            Choice(DISAGREE, _("Disagree")),
            Choice(PASS, _("No opinion")),
        )
    return Question(code, Kind.SINGLE, text, choices=choices)


def votes_in(answers: Mapping[str, object]) -> Votes:
    """The votes in a ballot, without what else it holds."""
    return {
        code: str(vote) for code, vote in answers.items() if vote in VOTES and CODE.fullmatch(code)
    }


def added_in(answers: Mapping[str, object]) -> list[str]:
    """The statements that a ballot adds."""
    added = answers.get(ADDED)
    return [text for text in added if isinstance(text, str)] if isinstance(added, list) else []


def put_before(answers: Mapping[str, object]) -> int:
    """How many statements its voter added before, out of the ballot by now."""
    put = answers.get(PUT)
    return put if isinstance(put, int) else 0


def answers_of(votes: Votes, added: Iterable[str] = (), put: int = 0) -> Answers:
    """A ballot's answers."""
    answers: Answers = {**votes}
    if texts := list(added):
        answers[ADDED] = texts
    if put:
        answers[PUT] = put
    return answers


def merged_votes(votes: Votes, merged: Mapping[str, str], counted: Iterable[str]) -> Votes:
    """The votes that count: those under a merged code stand for the one it was merged into.

    One vote a person: who voted on the kept one too has that vote counted, and of several merged
    ones the first by number. What is neither kept nor merged is left out.
    """
    kept = set(counted)
    found = {code: vote for code, vote in votes.items() if code in kept}
    for code in sorted(votes, key=lambda code: (len(code), code)):
        target = _last(code, merged)
        if code in merged and target in kept:
            found.setdefault(target, votes[code])
    return found


def _last(code: str, merged: Mapping[str, str]) -> str:
    """Where a chain of mergings ends."""
    seen = {code}
    while code in merged and merged[code] not in seen:
        code = merged[code]
        seen.add(code)
    return code


def packed(votes: Votes) -> str:
    """Votes for a field of a form: ``s1a.s5d.s7p``."""
    return ".".join(f"{code}{vote[0]}" for code, vote in votes.items())


def unpacked(text: str, known: Iterable[str]) -> Votes:
    """What ``packed`` made, of the codes that are ``known``; whatever else it says is left out."""
    by_letter = {vote[0]: vote for vote in VOTES}
    codes = set(known)
    found: Votes = {}
    for part in text.split(".")[:1_000]:
        code, letter = part[:-1], part[-1:]
        if code in codes and letter in by_letter:
            found[code] = by_letter[letter]
    return found
