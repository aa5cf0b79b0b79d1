"""Check the opinion groups against a conversation published in the Polis export format."""

import csv
from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from polls.statements.grouping import LEAST_VOTES, Votes, find_groups
from polls.statements.shapes import AGREE, DISAGREE, PASS
from polls.statements.telling import Voted, consensus_of

VOTE = {"1": AGREE, "-1": DISAGREE, "0": PASS}
REJECTED = "-1"
TOP = 10


class Command(BaseCommand):
    """``manage.py compare_groups FOLDER``, with ``participants-votes.csv``, ``comments.csv``."""

    help = "Compare opinion groups with those of a published Polis conversation."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--least", type=int, default=10, help="the smallest group")

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["folder"]
        try:
            codes, ballots, theirs = read(folder)
        except (OSError, KeyError) as error:
            raise CommandError(f"not a Polis export: {error}") from error
        self.stdout.write(f"{len(ballots)} voters, {len(codes)} statements")
        self.stdout.write(f"published groups: {sizes(theirs)}")
        active = [len(ballot) >= LEAST_VOTES for ballot in ballots]
        ours = find_groups(ballots, codes, options["least"]).labels
        filled: list[Votes] = [{code: vote.get(code, PASS) for code in codes} for vote in ballots]
        as_passes = find_groups(filled, codes, options["least"]).labels
        self.tell("ours", theirs, ours, ballots, codes)
        self.tell("ours, of who voted on enough", *only(active, theirs, ours, ballots), codes)
        self.tell("what was not voted on as a pass", theirs, as_passes, ballots, codes)

    def tell(
        self, name: str, theirs: list[str], ours: list[str], ballots: list[Votes], codes: list[str]
    ) -> None:
        """One line of figures."""
        from sklearn.metrics import adjusted_rand_score

        both = [(one, two) for one, two in zip(theirs, ours, strict=True) if one and two]
        rand = adjusted_rand_score(*zip(*both, strict=True)) if both else 0.0
        left, right = (agreed(ballots, labels, codes) for labels in (theirs, ours))
        together = len(set(left[:TOP]) & set(right[:TOP]))
        self.stdout.write(
            f"{name}: {sizes(ours)}, adjusted Rand index {rand:.2f},"
            f" {together} of the {TOP} statements most agreed on in common,"
            f" rank correlation {rank_correlation(left, right):.2f}"
        )


def read(folder: Path) -> tuple[list[str], list[Votes], list[str]]:
    """Statements that were not rejected, ballots, and the published group of each voter."""
    with (folder / "comments.csv").open(newline="", encoding="utf-8") as file:
        rejected = {
            row["comment-id"] for row in csv.DictReader(file) if row["moderated"] == REJECTED
        }
    with (folder / "participants-votes.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    codes = [name for name in rows[0] if name.isdigit() and name not in rejected]
    ballots = [{code: VOTE[row[code]] for code in codes if row[code] in VOTE} for row in rows]
    return codes, ballots, [row["group-id"] for row in rows]


def only(
    which: list[bool], theirs: list[str], ours: list[str], ballots: list[Votes]
) -> tuple[list[str], list[str], list[Votes]]:
    """Those of three lists that ``which`` says."""
    kept = [at for at, wanted in enumerate(which) if wanted]
    return [theirs[at] for at in kept], [ours[at] for at in kept], [ballots[at] for at in kept]


def agreed(ballots: list[Votes], labels: list[str], codes: list[str]) -> list[str]:
    """All statements by group-informed consensus, most agreed on first."""
    table: dict[str, dict[str, Voted]] = {}
    for label in sorted({label for label in labels if label}):
        mine = [ballot for ballot, of in zip(ballots, labels, strict=True) if of == label]
        table[label] = {code: _voted(mine, code) for code in codes}
    return sorted(codes, key=lambda code: (-consensus_of(table, code, AGREE), code))


def _voted(ballots: list[Votes], code: str) -> Voted:
    found = Counter(ballot[code] for ballot in ballots if code in ballot)
    return Voted(found[AGREE], found[DISAGREE], found.total())


def rank_correlation(left: list[str], right: list[str]) -> float:
    """Spearman's, of two orders of the same things."""
    place = {code: at for at, code in enumerate(right)}
    n = len(left)
    apart = sum((at - place[code]) ** 2 for at, code in enumerate(left))
    return 1 - 6 * apart / (n * (n * n - 1)) if n > 1 else 1.0


def sizes(labels: list[str]) -> str:
    """Group sizes, largest first."""
    return ", ".join(f"{name or 'not placed'} {n}" for name, n in Counter(labels).most_common())
