"""Signals go one way: noted, passed on, answered, reported back; each sees them in their turn."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from dossiers.models import Dossier, Secrecy
from listening import actions
from listening.models import ConversationNote, OfficeHour, Signal
from people.models import Person
from tests.cast import SignIn

pytestmark = pytest.mark.django_db


@pytest.fixture
def signal(fatima: Person) -> Signal:
    return actions.note_signal(
        Signal(title="Werkdruk in de nacht", text="Men is moe.", source="walk_round"), fatima
    )


def test_each_sees_a_signal_from_their_own_step_on(
    signal: Signal, fatima: Person, bakker: Person, sanne: Person, sign_in: SignIn
) -> None:
    url = signal.get_absolute_url()

    def seen() -> list[int]:
        return [sign_in(person).get(url).status_code for person in (fatima, bakker, sanne)]

    assert seen() == [200, 404, 404]
    sign_in(fatima).post(reverse("listening:pass_on", args=[signal.key]))
    assert seen() == [200, 200, 404]
    sign_in(bakker).post(
        reverse("listening:answer_signal", args=[signal.key]), {"text": "Er komt een collega bij."}
    )
    assert seen() == [200, 200, 404]
    sign_in(fatima).post(reverse("listening:feed_back", args=[signal.key]), {"text": "Geregeld."})
    assert seen() == [200, 200, 200]
    assert "Er komt een collega bij." in sign_in(sanne).get(url).content.decode()


def test_a_step_cannot_be_taken_twice_nor_skipped(signal: Signal, fatima: Person) -> None:
    with pytest.raises(actions.WrongState):
        actions.feed_back(signal, fatima, "te vroeg")
    actions.pass_on(signal, fatima)
    with pytest.raises(actions.WrongState):
        actions.pass_on(signal, fatima)


def test_only_the_director_answers(
    signal: Signal, fatima: Person, bakker: Person, sign_in: SignIn
) -> None:
    actions.pass_on(signal, fatima)
    url = reverse("listening:answer_signal", args=[signal.key])
    assert sign_in(fatima).post(url, {"text": "x"}).status_code == 403
    refused = sign_in(bakker).post(url, {"text": ""})
    assert refused.status_code == 400


def test_secrecy_hides_a_signal_from_everyone_who_is_not_exempt(
    signal: Signal, fatima: Person, joris: Person, bakker: Person, sign_in: SignIn
) -> None:
    dossier = Dossier.objects.create(title="Verkoop", opened_by=joris)
    Secrecy.objects.create(dossier=dossier, imposed_by="bestuurder", scope="alles")
    dossier.secrecy.exempt.add(joris)
    Signal.objects.filter(pk=signal.pk).update(dossier=dossier, state="passed_on")
    url = signal.get_absolute_url()
    assert sign_in(joris).get(url).status_code == 200
    for person in (fatima, bakker):
        assert sign_in(person).get(url).status_code == 404
        assert (
            signal.title not in sign_in(person).get(reverse("listening:signals")).content.decode()
        )


def test_a_note_becomes_a_signal_in_one_step(fatima: Person, sign_in: SignIn) -> None:
    sign_in(fatima).post(
        reverse("listening:note"),
        {
            "source": "walk_round",
            "held_on": "2026-11-02",
            "people_spoken": 3,
            "theme": "Tillift",
            "text": "Te weinig tilliften.",
        },
    )
    note = ConversationNote.objects.get()
    page = sign_in(fatima).get(reverse("listening:note_signal"), {"gesprek": str(note.key)})
    assert "Te weinig tilliften." in page.content.decode()
    broken = sign_in(fatima).get(reverse("listening:note_signal"), {"gesprek": "geen-sleutel"})
    assert broken.status_code == 200


def test_an_office_hour_that_ends_before_it_begins_is_refused_and_kept_as_typed(
    fatima: Person, sign_in: SignIn
) -> None:
    data = {
        "place": "Kantine",
        "starts_at": "2026-12-01T12:00",
        "ends_at": "2026-12-01T11:00",
        "hosts": [fatima.pk],
    }
    refused = sign_in(fatima).post(reverse("listening:plan_office_hour"), data)
    assert refused.status_code == 400
    assert "Kantine" in refused.content.decode()
    sign_in(fatima).post(
        reverse("listening:plan_office_hour"), {**data, "ends_at": "2026-12-01T13:00"}
    )
    assert OfficeHour.objects.get().hosts.get() == fatima


def test_a_cancelled_office_hour_stays_visible_as_cancelled(
    fatima: Person, sanne: Person, sign_in: SignIn
) -> None:
    begins = timezone.now() + timedelta(days=1)
    hour = actions.plan_office_hour(
        OfficeHour(place="Kantine", starts_at=begins, ends_at=begins + timedelta(hours=1)),
        [fatima],
        fatima,
    )
    sign_in(fatima).post(reverse("listening:cancel_office_hour", args=[hour.key]))
    page = sign_in(sanne).get(reverse("listening:office_hours")).content.decode()
    assert "gaat niet door" in page
