"""Checking answers: each question's own rules, on the way this person went."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from polls.questions.path import Path, walk
from polls.questions.posting import Posted, names_of
from polls.questions.schema import MAX_OTHER, NO, YES, Answer, Answers, Kind, Question, Schema

Found = dict[str, Answer]


class Refused(Exception):
    """An answer that cannot be taken; the message says what to do."""


@dataclass(frozen=True)
class Checked:
    """What came of a form: the answers taken, and per question code what is wrong.

    ``answers`` holds what is right even where ``errors`` is not empty.
    """

    answers: Answers
    errors: dict[str, str]
    path: Path

    @property
    def is_valid(self) -> bool:
        return not self.errors


def validate(schema: Schema, posted: Posted, *, sections: frozenset[int] | None = None) -> Checked:
    """Check a form against ``schema``.

    Only questions that are shown count; answers to the others are left out. With ``sections``
    (counted from 0), errors are reported for those sections only: a page at a time.
    """
    errors: dict[str, str] = {}

    def judge(question: Question) -> Found:
        try:
            found = READERS[question.kind](question, posted)
            if question.required and not _is_answered(question, found):
                raise Refused(_missing(question))
        except Refused as refusal:
            if sections is None or schema.position[question.code][0] in sections:
                errors[question.code] = str(refusal)
            return {}
        return found

    path = walk(schema, judge)
    return Checked(path.answers, errors, path)


def _is_answered(question: Question, found: Found) -> bool:
    answer = found.get(question.code)
    if question.kind is Kind.MATRIX:
        return isinstance(answer, dict) and len(answer) == len(question.rows)
    return answer is not None


def _missing(question: Question) -> str:
    if question.kind is Kind.MATRIX:
        return _("Choose an answer in every row.")
    if question.kind in (Kind.SINGLE, Kind.YES_NO, Kind.SCALE):
        return _("Choose an answer.")
    if question.kind is Kind.MULTIPLE:
        return _("Tick at least one answer.")
    if question.kind is Kind.RANKING:
        return _("Put the answers in your order.")
    if question.kind is Kind.NUMBER:
        return _("Fill in a number.")
    if question.kind is Kind.DATE:
        return _("Fill in a date.")
    return _("Write your answer.")


def _one(posted: Posted, name: str) -> str:
    values = posted.get(name) or [""]
    return clean_text(values[-1]).strip()


def clean_text(text: str) -> str:
    """Text as people mean it: one form of line ends and accents, no control characters.

    A NUL would be refused by the database, half a surrogate pair by the file it is exported to.
    """
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs"))


def _read_text(question: Question, posted: Posted) -> Found:
    text = _one(posted, question.code)
    if not text:
        return {}
    _refuse_long(text, question.max_length)
    found: Found = {question.code: text}
    if question.settings.ask_quote and _one(posted, f"{question.code}.quote"):
        found[f"{question.code}.quote"] = True
    if question.settings.ask_share and _one(posted, f"{question.code}.share"):
        found[f"{question.code}.share"] = True
    return found


def _refuse_long(text: str, limit: int) -> None:
    if len(text) > limit:
        raise Refused(
            _("This is %(length)d characters; at most %(limit)d fit. Shorten it a little.")
            % {"length": len(text), "limit": limit}
        )


def _read_single(question: Question, posted: Posted) -> Found:
    chosen = _one(posted, question.code)
    namely = _one(posted, f"{question.code}.other") if question.other else ""
    if not chosen and namely and question.other:
        chosen = question.other.code
    if not chosen:
        return {}
    if chosen not in question.choice_codes:
        raise Refused(_("Choose one of the answers in the list."))
    if question.other is None or chosen != question.other.code:
        if namely:
            raise Refused(_("You chose an answer and also filled in “other”. Keep one of the two."))
        return {question.code: chosen}
    return {question.code: chosen, **_namely(question, namely)}


def _namely(question: Question, text: str) -> Found:
    if not text:
        raise Refused(_("You chose “other”: write what you mean."))
    _refuse_long(text, MAX_OTHER)
    return {f"{question.code}.other": text}


def _read_multiple(question: Question, posted: Posted) -> Found:
    ticked = {clean_text(value) for value in posted.get(question.code, ())} - {""}
    if ticked - question.choice_codes:
        raise Refused(_("Choose from the answers in the list."))
    extra: Found = {}
    if question.other:
        namely = _one(posted, f"{question.code}.other")
        if namely:
            ticked.add(question.other.code)
        if question.other.code in ticked:
            extra = _namely(question, namely)
    if not ticked:
        return {}
    _refuse_count(len(ticked), question)
    return {question.code: [c.code for c in question.choices if c.code in ticked], **extra}


def _refuse_count(count: int, question: Question) -> None:
    low, high = question.settings.at_least, question.settings.at_most
    if low and count < low:
        raise Refused(
            ngettext("Choose at least %(n)d answer.", "Choose at least %(n)d answers.", low)
            % {"n": low}
        )
    if high and count > high:
        raise Refused(
            ngettext(
                "Choose at most %(n)d answer; you chose %(count)d.",
                "Choose at most %(n)d answers; you chose %(count)d.",
                high,
            )
            % {"n": high, "count": count}
        )


def _read_yes_no(question: Question, posted: Posted) -> Found:
    chosen = _one(posted, question.code)
    if not chosen:
        return {}
    if chosen not in (YES, NO):
        raise Refused(_("Choose yes or no."))
    return {question.code: chosen}


def _read_scale(question: Question, posted: Posted) -> Found:
    chosen = _one(posted, question.code)
    if not chosen:
        return {}
    points = question.scale
    if not re.fullmatch(r"-?\d{1,4}", chosen, re.ASCII) or int(chosen) not in points:
        raise Refused(
            _("Choose a number from %(low)d to %(high)d.") % {"low": points[0], "high": points[-1]}
        )
    return {question.code: int(chosen)}


def _read_matrix(question: Question, posted: Posted) -> Found:
    answer: dict[str, str] = {}
    for row in question.rows:
        chosen = _one(posted, f"{question.code}.{row.code}")
        if not chosen:
            continue
        if chosen not in question.choice_codes:
            raise Refused(_("Choose one of the answers in each row."))
        answer[row.code] = chosen
    return {question.code: answer} if answer else {}


def _read_ranking(question: Question, posted: Posted) -> Found:
    ranks: dict[int, str] = {}
    for name, choice in zip(names_of(question), question.choices, strict=True):
        given = _one(posted, name)
        if not given:
            continue
        if not re.fullmatch(r"\d{1,3}", given, re.ASCII) or int(given) < 1:
            raise Refused(_("Give each answer a place: 1 for the first, 2 for the next."))
        if int(given) in ranks:
            raise Refused(
                _("Two answers have place %(rank)d. Give each its own place.")
                % {"rank": int(given)}
            )
        ranks[int(given)] = choice.code
    if not ranks:
        return {}
    wanted = question.settings.at_most or len(question.choices)
    if len(ranks) > wanted:
        raise Refused(
            ngettext("Rank at most %(n)d answer.", "Rank at most %(n)d answers.", wanted)
            % {"n": wanted}
        )
    low = question.settings.at_least or (0 if question.settings.at_most else len(question.choices))
    if len(ranks) < low:
        raise Refused(
            ngettext("Give %(n)d answer a place.", "Give %(n)d answers a place.", low) % {"n": low}
        )
    return {question.code: [ranks[rank] for rank in sorted(ranks)]}


NUMBER = re.compile(r"-?\d{1,15}(\.\d{1,9})?", re.ASCII)


def parse_number(text: str, decimals: int) -> float | int | None:
    """A number as people type it: ``1250``, ``12,5``, ``12.5``, ``1.250,50``; None for no number.

    A single point before three digits separates thousands, unless that many decimals are asked.
    """
    plain = text.replace(" ", "").replace("\u00a0", "").replace("−", "-")
    if "," in plain:
        whole, _comma, rest = plain.rpartition(",")
        if "." in whole and not re.fullmatch(r"-?\d{1,3}(\.\d{3})+", whole, re.ASCII):
            return None
        plain = f"{whole.replace('.', '')}.{rest}"
    elif re.fullmatch(r"-?[1-9]\d{0,2}(\.\d{3})+", plain, re.ASCII) and (
        decimals < 3 or plain.count(".") > 1
    ):
        plain = plain.replace(".", "")
    if not NUMBER.fullmatch(plain):
        return None
    value = float(plain)
    return int(value) if value.is_integer() and decimals == 0 else value


def _read_number(question: Question, posted: Posted) -> Found:
    text = _one(posted, question.code)
    if not text:
        return {}
    settings = question.settings
    value = parse_number(text, settings.decimals)
    if value is None or not math.isfinite(value):
        raise Refused(_("“%(text)s” is not a number. Use digits, like 12.") % {"text": text[:40]})
    if settings.decimals == 0 and not float(value).is_integer():
        raise Refused(_("Fill in a whole number, without decimals."))
    if settings.minimum is not None and value < settings.minimum:
        raise Refused(_("Fill in %(low)g or more.") % {"low": settings.minimum})
    if settings.maximum is not None and value > settings.maximum:
        raise Refused(_("Fill in %(high)g or less.") % {"high": settings.maximum})
    return {question.code: round(value, settings.decimals)}


def parse_date(text: str) -> date | None:
    """A date as a browser sends it (2026-12-01) or as people type it (1-12-2026); None if none."""
    iso = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", text, re.ASCII)
    dutch = re.fullmatch(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})", text, re.ASCII)
    try:
        if iso:
            return date(int(iso[1]), int(iso[2]), int(iso[3]))
        if dutch:
            return date(int(dutch[3]), int(dutch[2]), int(dutch[1]))
    except ValueError:
        return None
    return None


def _read_date(question: Question, posted: Posted) -> Found:
    text = _one(posted, question.code)
    if not text:
        return {}
    day = parse_date(text)
    if day is None:
        raise Refused(_("Fill in a date as day-month-year, like 31-12-2026."))
    earliest, latest = parse_date(question.settings.earliest), parse_date(question.settings.latest)
    if earliest and day < earliest:
        raise Refused(_("Choose a date from %(date)s on.") % {"date": date_format(earliest)})
    if latest and day > latest:
        raise Refused(_("Choose a date up to %(date)s.") % {"date": date_format(latest)})
    return {question.code: day.isoformat()}


READERS: dict[Kind, Callable[[Question, Posted], Found]] = {
    Kind.SINGLE: _read_single,
    Kind.MULTIPLE: _read_multiple,
    Kind.YES_NO: _read_yes_no,
    Kind.SCALE: _read_scale,
    Kind.MATRIX: _read_matrix,
    Kind.RANKING: _read_ranking,
    Kind.NUMBER: _read_number,
    Kind.DATE: _read_date,
    Kind.SHORT_TEXT: _read_text,
    Kind.LONG_TEXT: _read_text,
}
