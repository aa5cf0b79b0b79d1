"""Counting a closed round: votes into tallies, voters into opinion groups, in one go.

All of it happens in the transaction that destroys the ballots: who voted what lies side by side in
the worker's memory only. What is kept has passed ``polls.protection``, as every other result has.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from polls.actions.statements import keep_late
from polls.models import Consultation, OpinionMap, Statement, StatementState
from polls.protection import Row
from polls.questions.schema import Answers, Schema
from polls.statements.grouping import Grouping, Votes, find_groups
from polls.statements.shapes import AGREE, DISAGREE, OPINION, Axis, OpinionGroup, Opinions
from polls.statements.telling import Voted, consensus, division, pulling, telling
from polls.statements.voting import added_in, merged_votes, votes_in
from polls.tally import ANSWERED, Counts, Mark, count, marks_of


@dataclass(frozen=True)
class Found:
    """What was found beside the counts, before it is stored."""

    grouping: Grouping
    late: list[str]


def count_round(
    consultation: Consultation, schema: Schema, ballots: Iterable[tuple[Answers, str]]
) -> tuple[Counts, Found]:
    """Count votes, those under merged statements at the kept one, in the whole and by group."""
    merged = dict(
        Statement.objects.filter(consultation=consultation, state=StatementState.MERGED)
        .exclude(merged_into=None)
        .values_list("code", "merged_into__code")
    )
    codes = list(schema.by_code)
    votes: list[Votes] = []
    late: list[str] = []
    for answers, _group in ballots:
        votes.append(merged_votes(votes_in(answers), merged, codes))
        late += added_in(answers)
    counts = count(schema, [(dict(each), "") for each in votes], by_group=False)
    grouping = find_groups(votes, codes, consultation.group_threshold)
    if any(grouping.labels):
        by_label: dict[str, Counter[Mark]] = counts.by[OPINION]
        for label, each in zip(grouping.labels, votes, strict=True):
            by_label[label].update(marks_of(schema, dict(each)))
    return counts, Found(grouping, late)


def keep_opinions(
    consultation: Consultation, found: Found, counts: Counts, rows: Iterable[Row]
) -> None:
    """Store what the groups stand for and where they lie. ``rows`` are what may be told."""
    whole = _voted(counts.whole)
    sizes = Counter(found.grouping.labels)
    table = {label: _voted(counts.by[OPINION][label]) for label in sorted(sizes) if label}
    told = {
        (row.group, row.item)
        for row in rows
        if row.attribute == OPINION and row.cell == ANSWERED and row.count is not None
    }
    across, upward = _axes(found.grouping)
    states = Counter(
        Statement.objects.filter(consultation=consultation, is_seed=False).values_list(
            "state", flat=True
        )
    )
    opinions = Opinions(
        voters=counts.ballots,
        groups=tuple(
            OpinionGroup(
                label,
                sizes[label],
                tuple(each for each in telling(table, label) if (label, each.code) in told),
                found.grouping.ellipses.get(label),
            )
            for label in table
        ),
        unplaced=sizes[""] if table else 0,
        consensus=tuple(consensus(whole, table)),
        division=tuple(division(whole, table)),
        across=across,
        upward=upward,
        seeds=Statement.objects.filter(consultation=consultation, is_seed=True).shown().count(),
        added=states[StatementState.SHOWN],
        merged=states[StatementState.MERGED],
        refused=states[StatementState.REFUSED],
        late=states[StatementState.WAITING] + len(found.late),
    )
    OpinionMap.objects.create(consultation=consultation, payload=opinions.to_json())
    keep_late(consultation, found.late)


def _voted(marks: Counter[Mark]) -> dict[str, Voted]:
    codes = sorted({item for item, cell in marks if cell == ANSWERED})
    return {
        code: Voted(marks[code, AGREE], marks[code, DISAGREE], marks[code, ANSWERED])
        for code in codes
    }


def _axes(grouping: Grouping) -> tuple[Axis, Axis]:
    made = [
        Axis(*pulling({code: pull[at] for code, pull in grouping.pull.items()})) for at in (0, 1)
    ]
    return made[0], made[1]
