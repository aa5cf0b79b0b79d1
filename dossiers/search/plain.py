"""Matching without full text: every word somewhere in the row's columns, as it is typed."""

from functools import reduce
from operator import and_, or_

from django.db.models import BooleanField, Case, FloatField, Q, Value, When

from dossiers.search.words import Question, Term


def matches(columns: tuple[str, ...], question: Question) -> Q:
    """Each wanted word in one of ``columns``, and none of those to leave out."""
    return reduce(and_, (_holds(columns, term) for term in question.terms))


def in_title(title: tuple[str, ...], question: Question) -> Case:
    """Whether the title alone answers."""
    return Case(
        When(matches(title, question), then=True), default=False, output_field=BooleanField()
    )


def rank(title: tuple[str, ...], question: Question) -> Case | Value:
    """1 where the title answers, else one half; full text is finer."""
    if not title:
        return Value(0.5, output_field=FloatField())
    return Case(
        When(matches(title, question), then=Value(1.0)),
        default=Value(0.5),
        output_field=FloatField(),
    )


def _holds(columns: tuple[str, ...], term: Term) -> Q:
    somewhere = reduce(or_, (Q(**{f"{column}__icontains": term.text}) for column in columns))
    return ~somewhere if term.is_out else somewhere
