"""Conditions of other systems: the simple ones are read, the rest is never guessed at."""

import pytest

from polls.exchange.expressions import Unreadable, read


@pytest.mark.parametrize(
    "expression",
    ["(((", "a", "a ==", "== 1", "a == b", "a + 1 == 2", "if(a, b, c)", "not(a)", "a == 1 b == 2",
     "(" * 100 + "a == 1" + ")" * 100, "'", "a == 1 or", "selected(a", "a > 'x'; drop"],
)  # fmt: skip
def test_an_expression_that_is_not_simple_is_not_guessed_at(expression: str) -> None:
    def resolve(variable: str, op: str, value: str) -> dict[str, object]:
        if variable != "a" or op in ("above", "below"):
            raise Unreadable(variable)
        return {"question": variable, "op": op, "value": value}

    with pytest.raises(Unreadable):
        read(expression, resolve)
