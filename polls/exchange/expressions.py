"""Simple conditions of other systems, read into ours: comparisons joined by and / or.

LimeSurvey: ``((Q1.NAOK == "A2" and Q2_SQ001.NAOK == "Y"))``; XLSForm: ``selected(${q1}, 'a') or
${n} >= 3``. Whatever else raises ``Unreadable``, and is reported instead of guessed at.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

TOKEN = re.compile(
    r"\s*(?:\$\{(?P<var>[^}]{1,80})\}|(?P<string>\"[^\"]*\"|'[^']*')|(?P<number>-?\d+(?:\.\d+)?)"
    r"|(?P<op>==|!=|<>|>=|<=|&&|\|\||[=<>!(),])|(?P<word>[A-Za-z_][\w.\-]*))"
)
COMPARISONS = {
    **{"=": "is", "==": "is", "eq": "is", "!=": "is_not", "<>": "is_not", "ne": "is_not"},
    **{">=": "at_least", "ge": "at_least", "<=": "at_most", "le": "at_most"},
    **{">": "above", "gt": "above", "<": "below", "lt": "below"},
}
MAX_TOKENS = 200
Stored = dict[str, Any]
Resolve = Callable[[str, str, str], Stored]
"""Gives the stored test for (their variable, comparison, value); raises ``Unreadable``."""


class Unreadable(ValueError):
    """Not one of the simple conditions that are carried over."""


def read(expression: str, resolve: Resolve) -> Stored | None:
    """The stored condition for ``expression``; None for always. Raises ``Unreadable``."""
    text = expression.strip()
    if text in ("", "1"):
        return None
    parser = _Parser(_tokens(text), resolve)
    found = parser.any()
    if parser.left:
        raise Unreadable(expression)
    return found


def _tokens(text: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    at = 0
    while at < len(text.rstrip()):
        match = TOKEN.match(text, at)
        if match is None or len(found) >= MAX_TOKENS:
            raise Unreadable(text)
        kind = str(match.lastgroup)
        value = match.group(kind)
        found.append((kind, value[1:-1] if kind == "string" else value))
        at = match.end()
    return found


class _Parser:
    def __init__(self, tokens: list[tuple[str, str]], resolve: Resolve) -> None:
        self.left = tokens
        self.resolve = resolve
        self.depth = 0

    def peek(self) -> tuple[str, str]:
        return self.left[0] if self.left else ("end", "")

    def take(self, *values: str) -> str:
        kind, value = self.peek()
        if kind == "end" or (values and value.casefold() not in values):
            raise Unreadable(value)
        self.left.pop(0)
        return value

    def any(self) -> Stored:
        parts = [self.all()]
        while self.peek()[1].casefold() in ("or", "||"):
            self.take()
            parts.append(self.all())
        return parts[0] if len(parts) == 1 else {"any": parts}

    def all(self) -> Stored:
        parts = [self.one()]
        while self.peek()[1].casefold() in ("and", "&&"):
            self.take()
            parts.append(self.one())
        return parts[0] if len(parts) == 1 else {"all": parts}

    def one(self) -> Stored:
        self.depth += 1
        if self.depth > 40:
            raise Unreadable("too deep")
        kind, value = self.peek()
        word = value.casefold()
        if kind == "op" and value == "(":
            self.take("(")
            inner = self.any()
            self.take(")")
            return inner
        if (kind, word) in (("op", "!"), ("word", "not")):
            return self._negated(word)
        if kind == "word" and word == "selected":
            return self._includes("includes")
        if kind in ("var", "word"):
            return self._comparison()
        raise Unreadable(value)

    def _negated(self, word: str) -> Stored:
        self.take()
        wrapped = word == "not"
        if wrapped:
            self.take("(")
        name = self.peek()[1].casefold()
        if name == "is_empty":
            self.take()
            self.take("(")
            variable = self.take()
            self.take(")")
            found = self.resolve(variable, "answered", "")
        elif name == "selected":
            found = self._includes("is_not")
        else:
            raise Unreadable(name)
        if wrapped:
            self.take(")")
        return found

    def _selected(self) -> tuple[str, str]:
        self.take("selected")
        self.take("(")
        variable = self.take()
        self.take(",")
        value = self.take()
        self.take(")")
        return variable, value

    def _includes(self, op: str) -> Stored:
        variable, value = self._selected()
        return self.resolve(variable, op, value)

    def _comparison(self) -> Stored:
        variable = self.take()
        op = COMPARISONS.get(self.peek()[1].casefold())
        if op is None:
            raise Unreadable(variable)
        self.take()
        kind, value = self.peek()
        if kind not in ("string", "number"):
            raise Unreadable(value)
        self.left.pop(0)
        if kind == "string" and value == "":
            if op == "is_not":
                return self.resolve(variable, "answered", "")
            raise Unreadable(variable)
        return self.resolve(variable, op, value)
