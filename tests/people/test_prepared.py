"""Prepared queries: made once, and then as good as the queryset they were made from."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db.models import QuerySet
from django.utils import timezone

from people.models import Person, Session
from people.prepared import Prepared
from tests.cast import SignIn

pytestmark = pytest.mark.django_db


def test_values_go_where_the_examples_stood(sanne: Person, omar: Person) -> None:
    made = []

    def named(family: str, *, pk: int, key: Any) -> QuerySet[Person, tuple[Any, ...]]:
        made.append(family)
        found = Person.objects.get_queryset().filter(pk=pk, key=key, family_name=family)
        return found.values_list("pk", "key", "hired_on")

    query = Prepared(named, pk=int, key=type(sanne.key))
    for person in (sanne, omar, sanne):
        rows = query.rows(person.family_name, pk=person.pk, key=person.key)
        assert [tuple(row) for row in rows] == [(person.pk, person.key, person.hired_on)]
    assert query.rows(sanne.family_name, pk=sanne.pk, key=omar.key) == []
    assert made == [sanne.family_name, omar.family_name]


def test_moments_are_compared_as_moments(sanne: Person, sign_in: SignIn) -> None:
    sign_in(sanne)

    def running(now: dt.datetime) -> QuerySet[Session, tuple[Any, ...]]:
        return Session.objects.filter(expire_date__gt=now).values_list("expire_date")

    query = Prepared(running, now=dt.datetime)
    held = Session.objects.get().expire_date
    assert [tuple(row) for row in query.rows(now=timezone.now())] == [(held,)]
    assert query.rows(now=held) == []
    assert query.rows(now=held - dt.timedelta(seconds=1)) != []


def test_a_query_that_can_find_nothing_asks_nothing(
    sanne: Person, django_assert_num_queries: Any
) -> None:
    def none(pk: int) -> QuerySet[Person, tuple[Any, ...]]:
        return Person.objects.get_queryset().filter(pk=pk, pk__in=[]).values_list("pk")

    with django_assert_num_queries(0):
        assert Prepared(none, pk=int).rows(pk=sanne.pk) == []


def test_a_blank_that_the_query_does_not_use_is_refused(sanne: Person) -> None:
    def anybody(pk: int) -> QuerySet[Person, tuple[Any, ...]]:
        return Person.objects.get_queryset().values_list("pk")

    with pytest.raises(AssertionError, match="not among the parameters"):
        Prepared(anybody, pk=int).rows(pk=sanne.pk)
