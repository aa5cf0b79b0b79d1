"""Printing codes for those without mail: the same right to one ballot, tied to no person."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet

from dossiers.querysets import unlocked
from people.log import log_act
from people.models import Person
from polls.models import CodeSheet, Consultation, Elector, PaperEntry, VotingCode
from polls.receipts import new_voting_code, paper_lookup, read_voting_code, voting_code_hash
from polls.rights import NotOpen


@dataclass(frozen=True)
class PrintedCodes:
    """Codes of one group, to be printed and then forgotten: only their digests are kept."""

    group: str
    codes: tuple[str, ...]


def may_get_codes(consultation: Consultation, *, all_of_them: bool = False) -> QuerySet[Elector]:
    """The electors to print a code for: those without an address, or ``all_of_them``; who took part
    or has a code already is left out."""
    waiting = Elector.objects.filter(consultation=consultation, took_part=False, by_code=False)
    return waiting if all_of_them else waiting.filter(person__email="")


def groups_to_print(consultation: Consultation) -> list[str]:
    """The units (or other groups of the breakdown) that codes can be printed for one at a time."""
    named = Elector.objects.filter(consultation=consultation).exclude(group="")
    return list(named.order_by("group").values_list("group", flat=True).distinct())


def groups_printed(consultation: Consultation) -> list[str]:
    """The groups that codes were printed for; the empty one where nothing is told by group."""
    sheets = CodeSheet.objects.filter(consultation=consultation)
    return list(sheets.order_by("group").values_list("group", flat=True).distinct())


def open_by_used_code(typed: str) -> Consultation | None:
    """The one that was answered with this code, while answers can be changed by receipt."""
    code_hash = voting_code_hash(read_voting_code(typed))
    told = VotingCode.objects.filter(unlocked(None, "consultation__dossier"))
    used = told.filter(code_hash=code_hash, used=True)
    found = used.select_related("consultation__questionnaire").first()
    return found.consultation if found and found.consultation.is_open else None


def print_codes(
    consultation: Consultation, by: Person, group: str | None = None, *, all_of_them: bool = False
) -> list[PrintedCodes]:
    """One code for each of ``may_get_codes`` (in ``group``, or everywhere), by group.

    From now on these electors answer with a code and not by signing in, so nobody has two votes;
    which code is whose nobody decides. The codes are given once and not kept. Raises ``NotOpen``.
    """
    with transaction.atomic():
        locked = Consultation.objects.select_for_update().get(pk=consultation.pk)
        if not locked.is_open:
            raise NotOpen
        found = may_get_codes(locked, all_of_them=all_of_them)
        if group is not None:
            found = found.filter(group=group)
        electors = list(found.select_for_update(of=("self",)).values_list("pk", "group"))
        Elector.objects.filter(pk__in=[pk for pk, _group in electors]).update(by_code=True)
        sizes: dict[str, int] = {}
        for _pk, label in electors:
            sizes[label] = sizes.get(label, 0) + 1
        printed = [_make(locked, by, label, size) for label, size in sorted(sizes.items())]
        if printed:
            log_act(by, "polls.print_codes", locked)
    return printed


def print_again(consultation: Consultation, by: Person, group: str) -> PrintedCodes:
    """Fresh codes for all of a group that were not used: a sheet was lost. The lost ones are void
    from this moment, and so is what was typed in once from paper with them. Raises ``NotOpen``."""
    with transaction.atomic():
        locked = Consultation.objects.select_for_update().get(pk=consultation.pk)
        if not locked.is_open:
            raise NotOpen
        unused = VotingCode.objects.filter(consultation=locked, group=group, used=False)
        void = [code.code_hash for code in unused.select_for_update()]
        if not void:
            return PrintedCodes(group, ())
        unused.filter(code_hash__in=void).delete()
        waiting = [paper_lookup(code_hash) for code_hash in void]
        PaperEntry.objects.filter(consultation=locked, lookup__in=waiting).delete()
        log_act(by, "polls.print_codes", locked)
        return _make(locked, by, group, len(void))


def _make(consultation: Consultation, by: Person, group: str, size: int) -> PrintedCodes:
    codes = tuple(new_voting_code() for _number in range(size))
    VotingCode.objects.bulk_create(
        [
            VotingCode(consultation=consultation, group=group, code_hash=voting_code_hash(code))
            for code in codes
        ],
        batch_size=1_000,
    )
    CodeSheet.objects.create(consultation=consultation, group=group, size=size, made_by=by)
    return PrintedCodes(group, codes)
