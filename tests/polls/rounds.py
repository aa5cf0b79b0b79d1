"""Makers for the tests of statements: a round, camps that vote alike, synthetic conversations."""

from __future__ import annotations

import datetime as dt
from random import Random
from typing import Any

from django.utils import timezone

from people.models import Person
from polls.actions.opening import open_consultation
from polls.actions.statements import make_round
from polls.models import Consultation, Statement
from polls.statements.grouping import Votes
from polls.statements.voting import answers_of
from tests.polls.ballots import vote

SEEDS = (
    "Ik wil mijn diensten zelf kunnen kiezen",
    "Een rooster moet zes weken van tevoren bekend zijn",
    "De planner weet het beste wie waar past",
    "Ruilen moet kunnen zonder toestemming",
    "Wie nachten draait, verdient een hogere toeslag",
    "Er zijn te weinig collega’s op een dienst",
)


def make_draft_round(by: Person, *seeds: str, **fields: Any) -> Consultation:
    """A draft with ``seeds`` (by default six), closing in a week."""
    settings = {
        name: fields.pop(name)
        for name in ("takes_statements", "added_each", "least_group")
        if name in fields
    }
    draft = Consultation(**{"closes_at": timezone.now() + dt.timedelta(days=7), **fields})
    title = "Wat vind jij van de nieuwe roosters?"
    made = make_round(draft, by=by, title=title, introduction="", seeds=seeds or SEEDS)
    for name, value in settings.items():
        setattr(made.round, name, value)
    made.round.save()
    return made


def make_open_round(by: Person, *seeds: str, **fields: Any) -> Consultation:
    """The same, opened for everyone on the roster."""
    return open_consultation(make_draft_round(by, *seeds, **fields), by)


def cast(consultation: Consultation, person: Person, votes: Votes, *added: str) -> str:
    """``person`` sends ``votes`` and adds statements; gives the receipt."""
    return vote(consultation, person, answers_of(votes, added))


def statement(consultation: Consultation, code: str) -> Statement:
    """The statement with ``code``."""
    return Statement.objects.get(consultation=consultation, code=code)


def conversation(
    sizes: tuple[int, ...],
    statements: int,
    *,
    seed: int = 7,
    answered: float = 0.8,
    loyal: float = 0.9,
    shared: int = 0,
    opposed: bool = False,
) -> tuple[list[Votes], list[str], list[int]]:
    """Votes of camps with a line of their own: (ballots, codes, the camp of each ballot).

    Each camp agrees or disagrees with each statement, its members follow it with chance ``loyal``
    and vote on a statement with chance ``answered``; on the last ``shared`` statements all camps
    agree. With ``opposed`` the second camp says the opposite of the first on all others.
    """
    luck = Random(seed)
    codes = [f"s{number}" for number in range(1, statements + 1)]
    lines = [[luck.choice(("agree", "disagree")) for _code in codes] for _camp in sizes]
    if opposed:
        lines[1] = ["disagree" if vote == "agree" else "agree" for vote in lines[0]]
    for line in lines:
        line[statements - shared :] = ["agree"] * shared
    camps = [camp for camp, size in enumerate(sizes) for _member in range(size)]
    luck.shuffle(camps)
    ballots = []
    for camp in camps:
        votes: Votes = {}
        for code, own in zip(codes, lines[camp], strict=True):
            if luck.random() < answered:
                other = luck.choice(("agree", "disagree", "pass"))
                votes[code] = own if luck.random() < loyal else other
        ballots.append(votes)
    return ballots, codes, camps
