"""Their comparisons on the questions that were carried over, as tests of ours."""

from __future__ import annotations

from typing import Any

from polls.exchange.expressions import Unreadable
from polls.exchange.plan import PlannedQuestion
from polls.questions.schema import Kind

YES = frozenset({"y", "yes", "1", "true", "ja"})


def test_on(question: PlannedQuestion, row: str, op: str, value: str, code: str) -> dict[str, Any]:
    """The stored test of ``question`` (or of its matrix row); ``code`` is the choice's code here.

    Raises ``Unreadable`` where ours cannot say the same.
    """
    ref = f"{question.code}.{row}" if row else question.code
    if op == "answered":
        return {"question": ref, "op": "answered"}
    kind = question.kind
    if kind is Kind.YES_NO:
        if op not in ("is", "is_not", "includes"):
            raise Unreadable(value)
        answer = "yes" if value.casefold() in YES else "no"
        return {"question": ref, "op": "is" if op == "includes" else op, "value": answer}
    if kind in (Kind.NUMBER, Kind.SCALE):
        return _number(ref, kind, op, value)
    if kind in (Kind.SINGLE, Kind.MULTIPLE, Kind.MATRIX, Kind.RANKING):
        if not code or op not in ("is", "is_not", "includes"):
            raise Unreadable(value)
        several = kind in (Kind.MULTIPLE, Kind.RANKING)
        if op != "is_not":
            op = "includes" if several else "is"
        return {"question": ref, "op": op, "value": code}
    if kind is Kind.DATE and op in ("at_least", "at_most") and len(value) == 10:
        return {"question": ref, "op": op, "value": value}
    raise Unreadable(value)


def _number(ref: str, kind: Kind, op: str, value: str) -> dict[str, Any]:
    try:
        number = float(value)
    except ValueError:
        raise Unreadable(value) from None
    if op in ("above", "below"):
        if kind is not Kind.SCALE or not number.is_integer():
            raise Unreadable(value)
        number += 1 if op == "above" else -1
        op = "at_least" if op == "above" else "at_most"
    if op == "includes":
        op = "is"
    return {"question": ref, "op": op, "value": int(number) if number.is_integer() else number}
