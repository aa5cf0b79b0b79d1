"""The council's dashboard: what it shows, to whom, at a constant price."""

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from advice.actions import writing
from advice.actions.outcome import set_condition
from advice.models import Condition, LetterRelease
from dossiers.actions import impose_secrecy, open_dossier
from dossiers.models import Dossier
from people.models import Person
from tests.cast import SignIn, make_people
from tests.polls.ballots import make_open, vote


def test_it_shows_what_is_due_running_and_waiting(
    sign_in: SignIn, fatima: Person, release: LetterRelease
) -> None:
    dossier = release.letter.dossier
    open_dossier(
        fatima,
        kind="free",
        title="Parkeren",
        advice_due_on=timezone.localdate() + timedelta(days=9),
    )
    running = make_open(fatima, "single", dossier=dossier, breakdown="unit")
    set_condition(fatima, Condition(dossier=dossier, text="Niemand meer nachten"))
    page = sign_in(fatima).get("/advies/").content.decode()
    for words in ("Parkeren", running.title, release.letter.subject, "Niemand meer nachten"):
        assert words in page


def test_the_response_per_group_folds_small_groups(sign_in: SignIn, fatima: Person) -> None:
    nurses, cooks = make_people(20), make_people(6, unit="Keuken")
    running = make_open(fatima, "single", breakdown="unit")
    for person in [*nurses[:5], *cooks[:3]]:
        vote(running, person, {"q1": "c1"})
    page = sign_in(fatima).get("/advies/")
    (row,) = page.context["board"].running
    assert row.whole.took_part == 8
    assert "Keuken" not in [unit.name for unit in row.units]
    assert all(unit.invited >= 10 for unit in row.units)


def test_nothing_of_a_secret_dossier_is_on_the_dashboard_of_who_is_not_exempt(
    sign_in: SignIn, fatima: Person, joris: Person, dossier: Dossier, ineke: Person
) -> None:
    writing.start_letter(ineke, dossier)
    set_condition(fatima, Condition(dossier=dossier, text="Geheime voorwaarde"))
    make_people(20)
    running = make_open(fatima, "single", dossier=dossier)
    impose_secrecy(joris, dossier, imposed_by="x", scope="x", until=None, exempt=[ineke])
    page = sign_in(fatima).get("/advies/").content.decode()
    assert dossier.title not in page
    assert "Geheime voorwaarde" not in page
    assert str(running.key) not in page
    assert dossier.title in sign_in(joris).get("/advies/").content.decode()


def test_it_takes_as_many_queries_for_ten_times_as_much(
    sign_in: SignIn, fatima: Person, ineke: Person
) -> None:
    make_people(20)
    client = sign_in(fatima)

    def counted() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/advies/").status_code == 200
        return len(queries)

    def grow(count: int) -> None:
        for number in range(count):
            dossier = open_dossier(
                fatima,
                kind="art25",
                title=f"Dossier {number}",
                advice_due_on=timezone.localdate() + timedelta(days=9),
            )
            writing.start_letter(ineke, dossier)
            set_condition(fatima, Condition(dossier=dossier, text="x"))
            make_open(fatima, "single", dossier=dossier, breakdown="unit")

    grow(1)
    before = counted()
    grow(10)
    assert counted() == before
