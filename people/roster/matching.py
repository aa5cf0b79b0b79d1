"""Which row is about whom. Pure: works on what was loaded."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from people.roster.known import Known
from people.roster.refusals import Problem
from people.roster.rows import Row


@dataclass(frozen=True)
class Pair:
    """A row, and whom it is about; None for somebody new."""

    row: Row
    known: Known | None

    @property
    def email(self) -> str:
        """The address after the import: one that people gave themselves stays."""
        if self.known is not None and self.known.email_is_own:
            return self.known.email
        return self.row.email


def pair_rows(rows: Sequence[Row], known: Iterable[Known]) -> tuple[list[Pair], int]:
    """Pair each row with at most one person, and say how many numbers had lost their zeros.

    In this order: the same staff number; the same number but for leading zeros that a spreadsheet
    ate, where nobody else can be meant; the same address, for people recorded without a number
    (the first council member, an outside secretary) and for those of the same name (an employer
    that renumbers its staff).
    """
    by_number = {person.staff_number: person for person in known if person.staff_number}
    in_file = {row.staff_number for row in rows}
    found: dict[int, Known] = {}
    taken: set[int] = set()
    loose: list[tuple[int, Row]] = []
    for index, row in enumerate(rows):
        if person := by_number.get(row.staff_number):
            found[index] = person
            taken.add(person.pk)
        else:
            loose.append((index, row))
    free = [person for person in by_number.values() if person.staff_number not in in_file]
    without_zeros = _by_number_without_zeros(free)
    asked = Counter(row.staff_number.lstrip("0") for _index, row in loose)
    by_address = {person.email.casefold(): person for person in known if person.email}
    restored = 0
    paired = list(rows)
    for index, row in loose:
        bare = row.staff_number.lstrip("0")
        person = without_zeros.get(bare) if asked[bare] == 1 else None
        if person is not None and person.pk not in taken:
            paired[index] = replace(row, staff_number=person.staff_number)
            restored += 1
        else:
            person = by_address.get(row.email) if row.email else None
            if person is None or person.pk in taken or not _may_be_same(row, person):
                continue
        found[index] = person
        taken.add(person.pk)
    return [Pair(row, found.get(index)) for index, row in enumerate(paired)], restored


def _by_number_without_zeros(people: Sequence[Known]) -> dict[str, Known]:
    """Digits-only numbers by what is left without leading zeros, where that names one person."""
    numeric = [person for person in people if person.staff_number.isdecimal()]
    counts = Counter(person.staff_number.lstrip("0") for person in numeric)
    return {
        person.staff_number.lstrip("0"): person
        for person in numeric
        if counts[person.staff_number.lstrip("0")] == 1
    }


def _may_be_same(row: Row, person: Known) -> bool:
    if not person.staff_number:
        return True
    mine = (row.given_name.casefold(), row.family_name.casefold())
    return mine == (person.given_name.casefold(), person.family_name.casefold())


def protected_people(known: Iterable[Known], problems: Iterable[Problem]) -> set[int]:
    """The primary keys of those whom an unreadable row may be about: absent or not, they stay."""
    numbers = {problem.staff_number.lstrip("0") for problem in problems if problem.staff_number}
    names = {problem.name.casefold() for problem in problems if not problem.staff_number}
    names.discard("")
    return {
        person.pk
        for person in known
        if person.staff_number
        and (
            person.staff_number.lstrip("0") in numbers
            or (names and person.full_name.casefold() in names)
        )
    }


def refuse_taken_addresses(
    pairs: Sequence[Pair], known: Sequence[Known], problems: Sequence[Problem], today: dt.date
) -> tuple[list[Pair], list[Problem], tuple[int, ...]]:
    """Refuse rows whose address somebody else keeps; name those whose address is to be released.

    Who has left, or leaves by this file, gives an address up; everybody else keeps theirs unless
    their own row changes it. Refusing a row keeps one more address, so this goes round until
    nothing changes. Returns the pairs left, all problems, and primary keys.
    """
    remaining = list(pairs)
    refusals = list(problems)
    while True:
        paired = {pair.known.pk: pair for pair in remaining if pair.known}
        protected = protected_people(known, refusals)
        keeping: dict[str, int] = {}
        giving_up: dict[str, int] = {}
        for person in known:
            if not person.email:
                continue
            pair = paired.get(person.pk)
            if pair is None:
                stays = not person.staff_number or person.pk in protected
                gone = person.has_left(today) or not stays
            else:
                gone = pair.row.left_on is not None and pair.row.left_on <= today
            if gone:
                giving_up[person.email.casefold()] = person.pk
            elif pair is None or person.email_is_own:
                keeping[person.email.casefold()] = person.pk
        refused = [pair for pair in remaining if _is_taken(pair, keeping)]
        if not refused:
            wanted = {pair.email.casefold() for pair in remaining if pair.email}
            own = {
                pair.email.casefold(): pair.known.pk for pair in remaining if pair.known is not None
            }
            released = tuple(
                sorted(
                    pk
                    for address, pk in giving_up.items()
                    if address in wanted and own.get(address) != pk
                )
            )
            return remaining, refusals, released
        lines = {pair.row.line for pair in refused}
        remaining = [pair for pair in remaining if pair.row.line not in lines]
        refusals += [_taken(pair) for pair in refused]


def _is_taken(pair: Pair, keeping: dict[str, int]) -> bool:
    holder = keeping.get(pair.email.casefold()) if pair.email else None
    return holder is not None and (pair.known is None or pair.known.pk != holder)


def _taken(pair: Pair) -> Problem:
    number = pair.known.staff_number if pair.known else pair.row.staff_number
    return Problem(pair.row.line, "email_taken", {"value": pair.email}, number, pair.row.full_name)
