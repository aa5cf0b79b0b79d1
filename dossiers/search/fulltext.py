"""Matching on PostgreSQL: full text in Dutch and in English, over the columns of one table.

Every column is read in both languages, because people mix them and a row does not say which it is
in; a question matches when all its words do in one of the two. ``VECTOR`` is also what the GIN
indexes are made on (``indexes``): the two must stay letter for letter the same to meet.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import BooleanField, F, FloatField, Func, Value

from dossiers.search.words import Question, Term

LANGUAGES = ("dutch", "english")
COLUMN = "setweight(to_tsvector('{language}'::regconfig, COALESCE({column}, '')), '{weight}')"
TITLE, TEXT = "A", "C"


def vector(title: Iterable[str], text: Iterable[str]) -> str:
    """The SQL of a row's words; ``title`` and ``text`` are columns, quoted as SQL wants them."""
    weighed = [(column, TITLE) for column in title] + [(column, TEXT) for column in text]
    return " || ".join(
        COLUMN.format(language=language, column=column, weight=weight)
        for column, weight in weighed
        for language in LANGUAGES
    )


class _OverColumns(Func):
    """A function of the columns' words and the question, the question bound as parameters."""

    around = ""

    def __init__(self, title: tuple[str, ...], text: tuple[str, ...], question: Question) -> None:
        self.titles = len(title)
        asked = [Value(tsquery(question))] * len(LANGUAGES)
        super().__init__(*map(F, (*title, *text)), *asked)

    def as_sql(self, compiler: Any, connection: Any, *_args: Any, **_extra: Any) -> tuple[str, Any]:
        """``around`` with the row's words and the question filled in."""
        parts = [compiler.compile(each) for each in self.get_source_expressions()]
        columns = [sql for sql, _params in parts[: -len(LANGUAGES)]]
        asked = parts[-len(LANGUAGES) :]
        query = " || ".join(
            f"to_tsquery('{language}'::regconfig, {sql}::text)"
            for language, (sql, _params) in zip(LANGUAGES, asked, strict=True)
        )
        words = vector(columns[: self.titles], columns[self.titles :])
        sql = self.around.format(words=f"({words})", query=f"({query})")
        return sql, tuple(param for _sql, params in asked for param in params)


class Matches(_OverColumns):
    """Whether a row answers the question."""

    around = "({words} @@ {query})"
    output_field = BooleanField()
    conditional = True


class Rank(_OverColumns):
    """How well a row answers it, from 0 to 1; words in a title weigh most."""

    around = "ts_rank({words}, {query})"
    output_field = FloatField()


def tsquery(question: Question) -> str:
    """The question as ``to_tsquery`` reads it; every word is quoted, so none can be an operator."""
    return " & ".join(map(_one, question.terms))


def _one(term: Term) -> str:
    beginning = ":*" if term.is_beginning else ""
    phrase = " <-> ".join(f"'{word}'{beginning}" for word in term.words)
    return f"!({phrase})" if term.is_out else f"({phrase})"
