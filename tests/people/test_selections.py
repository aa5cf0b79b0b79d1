"""Selections of colleagues that the council keeps."""

from typing import Any

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from people import actions
from people.models import Act, Person, Selection
from tests.cast import SignIn, make_person, make_site, make_unit

pytestmark = pytest.mark.django_db


def select(by: Person, name: str = "Nacht", **lists: Any) -> Selection:
    selection = Selection(name=name, shifts=lists.pop("shifts", []), roles=lists.pop("roles", []))
    units, sites = lists.pop("units", ()), lists.pop("sites", ())
    actions.save_selection(by, selection, units=units, sites=sites)
    return selection


def names(selection: Selection) -> set[str]:
    people = Person.objects.constituency().in_selection(selection)
    return set(people.values_list("given_name", flat=True))


def test_lists_narrow_each_other_and_empty_ones_do_not(
    sanne: Person, omar: Person, fatima: Person, joris: Person, bakker: Person
) -> None:
    home, service = make_unit("Verpleging"), make_unit("Facilitair")
    mill = make_site("Molenzicht")
    assert names(select(joris, "a", units=[home, service])) == {"Sanne", "Omar", "Fatima", "Joris"}
    assert names(select(joris, "b", units=[home, service], sites=[mill])) == {"Omar"}
    assert names(select(joris, "c", units=[home], shifts=["nacht"])) == set()
    assert names(select(joris, "d", shifts=["nacht"])) == {"Omar"}
    assert names(select(joris, "e", roles=["member", "chair"])) == {"Fatima", "Joris"}


def test_who_is_in_it_follows_the_staff_list(omar: Person, joris: Person) -> None:
    nights = select(joris, shifts=["nacht"])
    Person.objects.filter(pk=omar.pk).update(shift="dag")
    assert names(nights) == set()
    newcomer = make_person("Noor", shift="nacht")
    assert names(nights) == {newcomer.given_name}


def test_a_selection_never_brings_in_who_the_outlet_is_not_for(
    bakker: Person, joris: Person
) -> None:
    assert bakker.unit is not None
    assert names(select(joris, units=[bakker.unit])) == set()


def test_the_council_makes_changes_and_throws_away_and_the_log_says_so(
    fatima: Person, omar: Person, sign_in: SignIn
) -> None:
    browser = sign_in(fatima)
    made = browser.post(
        reverse("people:new_selection"), {"name": "Nacht", "shifts": ["nacht"]}, follow=True
    )
    assert "Er valt vandaag 1 collega onder." in made.content.decode()
    kept = Selection.objects.get()
    browser.post(
        reverse("people:selection", args=[kept.key]), {"name": "Nacht", "roles": ["member"]}
    )
    kept.refresh_from_db()
    assert (kept.shifts, kept.roles) == ([], ["member"])
    browser.post(reverse("people:delete_selection", args=[kept.key]))
    assert not Selection.objects.exists()
    verbs = list(Act.objects.order_by("pk").values_list("verb", flat=True))
    assert verbs == ["people.save_selection"] * 2 + ["people.delete_selection"]


def test_a_selection_of_everyone_or_of_a_name_in_use_is_refused(
    fatima: Person, omar: Person, sign_in: SignIn
) -> None:
    select(fatima, "Nacht", shifts=["nacht"])
    browser = sign_in(fatima)
    nobody = browser.post(reverse("people:new_selection"), {"name": "Allen"})
    assert nobody.status_code == 400
    twice = browser.post(reverse("people:new_selection"), {"name": "nacht", "shifts": ["nacht"]})
    assert twice.status_code == 400
    assert "Er is al een selectie met deze naam." in twice.content.decode()
    with pytest.raises(IntegrityError):
        Selection.objects.create(name="NACHT")


def test_a_shift_that_left_the_staff_list_can_still_be_unticked(
    fatima: Person, sign_in: SignIn
) -> None:
    kept = select(fatima, shifts=["slaapdienst"])
    page = sign_in(fatima).get(reverse("people:selection", args=[kept.key]))
    assert 'value="slaapdienst"' in page.content.decode()


def test_the_list_asks_the_same_number_of_queries_for_ten_times_as_many(
    fatima: Person, sign_in: SignIn
) -> None:
    browser, counts = sign_in(fatima), []
    for size in (1, 10):
        for number in range(size):
            select(fatima, f"{size}-{number}", units=[make_unit()], roles=["member"])
        with CaptureQueriesContext(connection) as captured:
            assert browser.get(reverse("people:selections")).status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1]
