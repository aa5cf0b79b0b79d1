"""Opening: who is asked, what is frozen, and what is refused."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from people.actions.selections import SelectionInUse, delete_selection
from people.models import Act, Person, Selection
from polls import tasks
from polls.actions.opening import (
    CannotOpen,
    invite_joiners,
    open_consultation,
    schedule_consultation,
    unschedule_consultation,
)
from polls.models import Breakdown, Consultation, Elector, Joiners, Mode, State
from tests.cast import make_person, make_site, make_unit
from tests.polls.ballots import make_consultation, make_open, make_people

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(fatima: Person) -> Consultation:
    return make_consultation(fatima, "single")


def invited(consultation: Consultation) -> set[int]:
    return set(Elector.objects.filter(consultation=consultation).values_list("person", flat=True))


def test_everyone_on_the_roster_is_asked_but_the_director_and_those_who_left(
    draft: Consultation, fatima: Person, sanne: Person, bakker: Person, eva: Person, wim: Person
) -> None:
    people = make_people(8)
    opened = open_consultation(draft, fatima)
    assert invited(opened) == {fatima.pk, sanne.pk, *(person.pk for person in people)}
    assert opened.electorate_size == 10
    assert opened.is_open
    assert opened.opened_at is not None


def test_those_on_long_leave_are_left_out_unless_included(
    draft: Consultation, fatima: Person
) -> None:
    away, *_others = make_people(8)
    Person.objects.filter(pk=away.pk).update(on_long_leave=True)
    other = make_open(fatima, "single", long_leave_included=True)
    assert away.pk not in invited(open_consultation(draft, fatima))
    assert away.pk in invited(other)


def test_units_sites_and_shifts_narrow_each_other(draft: Consultation, fatima: Person) -> None:
    care = [make_person(f"Zorg{n}", unit="Zorg", site="Noord", shift="nacht") for n in range(6)]
    make_person("Zuid", unit="Zorg", site="Zuid", shift="nacht")
    make_person("Dag", unit="Zorg", site="Noord", shift="dag")
    make_person("Keuken", unit="Keuken", site="Noord", shift="nacht")
    draft.units.set([make_unit("Zorg")])
    draft.sites.set([make_site("Noord")])
    draft.shifts = ["nacht"]
    draft.save()
    assert invited(open_consultation(draft, fatima)) == {person.pk for person in care}


def test_a_saved_selection_is_asked_as_it_is_at_the_opening(
    draft: Consultation, fatima: Person
) -> None:
    kitchen = [make_person(f"Kok{n}", unit="Keuken", shift="nacht") for n in range(6)]
    make_person("Dagkok", unit="Keuken", shift="dag")
    make_people(3)
    draft.selection = Selection.objects.create(name="Nachtkeuken", shifts=["nacht"])
    draft.save()
    draft.selection.units.add(make_unit("Keuken"))
    assert invited(open_consultation(draft, fatima)) == {person.pk for person in kitchen}


def test_a_selection_that_is_asked_cannot_be_thrown_away(
    draft: Consultation, fatima: Person
) -> None:
    draft.selection = Selection.objects.create(name="Nachtdienst", shifts=["nacht"])
    draft.save()
    with pytest.raises(SelectionInUse):
        delete_selection(fatima, draft.selection)
    assert Selection.objects.exists()


@pytest.mark.parametrize(
    ("breakdown", "label"),
    [("", "Zorg"), (Breakdown.UNIT, "Zorg"), (Breakdown.SITE, "Noord"), (Breakdown.SHIFT, "nacht")],
)
def test_the_group_is_the_rosters_and_stays_when_someone_moves(
    draft: Consultation, fatima: Person, breakdown: str, label: str
) -> None:
    make_people(5)
    person = make_person("Mo", unit="Zorg", site="Noord", shift="nacht")
    draft.breakdown = breakdown
    draft.save()
    opened = open_consultation(draft, fatima)
    Person.objects.filter(pk=person.pk).update(unit=make_unit("Keuken"))
    assert Elector.objects.get(consultation=opened, person=person).group == label


def test_an_anonymous_one_for_too_few_is_refused_with_what_can_be_done(
    draft: Consultation, fatima: Person
) -> None:
    make_people(3)
    with pytest.raises(CannotOpen) as refusal:
        open_consultation(draft, fatima)
    assert len(refusal.value.reasons) == 1
    assert "5" in refusal.value.reasons[0]
    assert not Elector.objects.exists()
    draft.refresh_from_db()
    assert draft.state == State.DRAFT
    draft.mode = Mode.NAMED
    draft.save()
    draft.named_readers.add(fatima)
    assert open_consultation(draft, fatima).electorate_size == 4


def test_by_name_it_must_be_said_who_reads(draft: Consultation, fatima: Person) -> None:
    make_people(8)
    draft.mode = Mode.NAMED
    draft.save()
    with pytest.raises(CannotOpen):
        open_consultation(draft, fatima)


def test_what_has_no_questions_or_no_closing_time_ahead_is_refused(
    draft: Consultation, fatima: Person
) -> None:
    make_people(8)
    draft.questionnaire.questions.all().delete()
    draft.questionnaire.revision += 1
    draft.questionnaire.save()
    draft.closes_at = timezone.now() - dt.timedelta(minutes=1)
    draft.save()
    with pytest.raises(CannotOpen) as refusal:
        open_consultation(draft, fatima)
    assert len(refusal.value.reasons) == 2


def test_thresholds_are_frozen_and_never_below_five(
    draft: Consultation, fatima: Person, settings: object
) -> None:
    make_people(8)
    settings.TOTAL_THRESHOLD, settings.GROUP_THRESHOLD = 2, 3  # type: ignore[attr-defined]
    opened = open_consultation(draft, fatima)
    assert (opened.total_threshold, opened.group_threshold) == (5, 5)


def test_opening_twice_is_refused(draft: Consultation, fatima: Person) -> None:
    make_people(8)
    open_consultation(draft, fatima)
    with pytest.raises(CannotOpen):
        open_consultation(draft, fatima)


def test_opening_is_logged(draft: Consultation, fatima: Person) -> None:
    make_people(8)
    open_consultation(draft, fatima)
    act = Act.objects.get(verb="polls.open")
    assert (act.actor_key, act.object_key) == (str(fatima.key), str(draft.key))


def test_it_opens_and_closes_by_the_clock(draft: Consultation, fatima: Person) -> None:
    make_people(8)
    now = timezone.now()
    schedule_consultation(draft, fatima, now + dt.timedelta(hours=2))
    tasks.open_due(draft.pk)
    with time_machine.travel(now + dt.timedelta(hours=1), tick=False):
        assert not Consultation.objects.due_to_open(timezone.now()).exists()
    with time_machine.travel(now + dt.timedelta(hours=2), tick=False):
        assert Consultation.objects.due_to_open(timezone.now()).get() == draft
        tasks.open_due(draft.pk)
        assert Consultation.objects.open(timezone.now()).get() == draft
    with time_machine.travel(now + dt.timedelta(days=7), tick=False):
        assert not Consultation.objects.open(timezone.now()).exists()
        assert Consultation.objects.due_to_close(timezone.now()).get() == draft
        tasks.close_due(draft.pk)
        draft.refresh_from_db()
        assert draft.is_closed
        assert not Consultation.objects.due_to_close(timezone.now()).exists()


def test_what_cannot_open_at_its_time_is_a_draft_again(draft: Consultation, fatima: Person) -> None:
    people = make_people(8)
    now = timezone.now()
    schedule_consultation(draft, fatima, now + dt.timedelta(hours=2))
    Person.objects.filter(pk__in=[p.pk for p in people]).update(left_on=timezone.localdate())
    with time_machine.travel(now + dt.timedelta(hours=2), tick=False):
        tasks.open_due(draft.pk)
    draft.refresh_from_db()
    assert draft.state == State.DRAFT


def test_a_scheduled_one_can_be_taken_back(draft: Consultation, fatima: Person) -> None:
    make_people(8)
    schedule_consultation(draft, fatima, timezone.now() + dt.timedelta(hours=2))
    unschedule_consultation(draft, fatima)
    draft.refresh_from_db()
    assert (draft.state, draft.opens_at) == (State.DRAFT, None)


def test_joiners_come_in_by_rule_only(fatima: Person) -> None:
    make_people(8)
    frozen = make_open(fatima, "single")
    growing = make_open(fatima, "single", joiners=Joiners.ADDED)
    newcomer = make_person("Nieuw")
    tasks.daily()
    assert newcomer.pk not in invited(frozen)
    assert newcomer.pk in invited(growing)
    growing.refresh_from_db()
    assert growing.electorate_size == 10
    assert invite_joiners(growing) == 0


@pytest.mark.long
def test_the_electorate_of_a_large_organisation_is_written_in_one_statement(
    fatima: Person, draft: Consultation, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    unit = make_unit("Zorg")
    Person.objects.bulk_create(
        [
            Person(family_name=f"P{n}", staff_number=f"9{n:06d}", unit=unit, password="!")
            for n in range(50_000)
        ],
        batch_size=5_000,
    )
    with django_assert_max_num_queries(30):
        opened = open_consultation(draft, fatima)
    assert opened.electorate_size == 50_001
