"""The list, opening, the page and keeping of a dossier."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from dossiers import actions
from dossiers.models import Dossier, Meeting, RequestPart
from people.models import Act, Person
from tests.cast import SignIn
from tests.dossiers.conftest import SECRET


def opening(**changes: str) -> dict[str, str]:
    return {
        "kind": "art25",
        "title": "Verhuizing Molenzicht",
        "received_on": "2026-11-20",
        "weeks": "5",
        "summary": "",
        "shared_with_staff": "on",
    } | changes


def test_a_member_opens_a_dossier_in_one_form(sign_in: SignIn, fatima: Person) -> None:
    response = sign_in(fatima).post("/dossiers/nieuw/", opening())
    dossier = Dossier.objects.get()
    assert response.status_code == 302
    assert response["Location"] == dossier.get_absolute_url()
    assert dossier.advice_due_on == date(2026, 12, 28), "five weeks end on Christmas Day"
    assert dossier.opened_by == fatima
    assert Act.objects.filter(verb="dossiers.open").exists()


def test_opening_brings_the_four_parts_of_article_25(sign_in: SignIn, fatima: Person) -> None:
    sign_in(fatima).post("/dossiers/nieuw/", opening())
    parts = list(RequestPart.objects.order_by("pk").values_list("part", flat=True))
    assert parts == ["decision", "reasons", "consequences", "measures"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": ""}, "title"),
        ({"received_on": ""}, "received_on"),
        ({"received_on": "gisteren"}, "received_on"),
        ({"weeks": "own", "advice_due_on": ""}, "advice_due_on"),
        ({"weeks": "own", "advice_due_on": "2026-11-01"}, "advice_due_on"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_typed_is_lost(
    sign_in: SignIn, fatima: Person, changes: dict[str, str], field: str
) -> None:
    response = sign_in(fatima).post("/dossiers/nieuw/", opening(summary="Blijft staan") | changes)
    assert response.status_code == 200
    assert field in response.context["form"].errors
    assert "Blijft staan" in response.content.decode()
    assert not Dossier.objects.exists()


def test_a_dutch_date_is_understood(sign_in: SignIn, fatima: Person) -> None:
    sign_in(fatima).post("/dossiers/nieuw/", opening(received_on="20-11-2026", weeks="4"))
    assert Dossier.objects.get().advice_due_on == date(2026, 12, 18)


def test_the_suggested_days_follow_the_day_of_receipt(sign_in: SignIn, fatima: Person) -> None:
    client = sign_in(fatima)
    page = client.get("/dossiers/nieuw/termijnen/", {"received_on": "2026-11-20"}).content.decode()
    assert "28 december 2026" in page
    assert client.get("/dossiers/nieuw/termijnen/", {"received_on": "x"}).status_code == 200


def test_staff_do_not_open_dossiers(sign_in: SignIn, sanne: Person) -> None:
    assert sign_in(sanne).get("/dossiers/nieuw/").status_code == 403


def test_the_list_shows_what_is_due_first(
    sign_in: SignIn, fatima: Person, rosters: Dossier
) -> None:
    sooner = actions.open_dossier(
        fatima,
        kind="free",
        title="Parkeren",
        advice_due_on=timezone.localdate() + timedelta(days=2),
    )
    page = sign_in(fatima).get("/dossiers/").content.decode()
    assert page.index(sooner.title) < page.index(rosters.title)


def test_the_list_is_searched(sign_in: SignIn, fatima: Person, rosters: Dossier) -> None:
    client = sign_in(fatima)
    assert rosters.title in client.get("/dossiers/", {"q": "roosters"}).content.decode()
    assert rosters.title not in client.get("/dossiers/", {"q": "fiets"}).content.decode()


def test_staff_see_a_shared_dossier_without_the_councils_papers(
    sign_in: SignIn, sanne: Person, fatima: Person, rosters: Dossier
) -> None:
    actions.add_note(fatima, rosters, "Alleen voor de raad")
    page = sign_in(sanne).get(rosters.get_absolute_url()).content.decode()
    assert rosters.title in page
    assert "<strong>zelfroosteren</strong>" in page
    assert "Alleen voor de raad" not in page
    assert "wijzigen/" not in page


def test_staff_do_not_find_a_dossier_that_is_not_shared(
    sign_in: SignIn, sanne: Person, fatima: Person
) -> None:
    dossier = actions.open_dossier(fatima, kind="free", title="Intern", shared_with_staff=False)
    assert sign_in(sanne).get(dossier.get_absolute_url()).status_code == 404
    assert "Intern" not in sign_in(sanne).get("/dossiers/").content.decode()


def test_the_page_shows_terms_and_why_a_day_moved(
    sign_in: SignIn, fatima: Person, rosters: Dossier
) -> None:
    actions.record_decision(fatima, rosters, received_on=date(2026, 11, 25), agrees=False)
    page = sign_in(fatima).get(rosters.get_absolute_url()).content.decode()
    assert "art. 26 lid 2 WOR" in page
    assert "28 december 2026" in page


def test_an_agreed_deadline_on_a_holiday_is_pointed_out(
    sign_in: SignIn, fatima: Person, rosters: Dossier
) -> None:
    rosters.advice_due_on = date(2026, 12, 25)
    rosters.save()
    assert "Eerste kerstdag" in sign_in(fatima).get(rosters.get_absolute_url()).content.decode()


def test_a_meeting_is_recorded_and_the_want_of_one_ends(
    sign_in: SignIn, fatima: Person, rosters: Dossier
) -> None:
    client = sign_in(fatima)
    address = f"{rosters.get_absolute_url()}overleg/"
    assert "art. 25 lid 4" in client.get(rosters.get_absolute_url()).content.decode()
    held = timezone.localdate().isoformat()
    client.post(address, {"with_whom": "director", "held_on": held})
    assert "art. 25 lid 4" not in client.get(rosters.get_absolute_url()).content.decode()
    meeting = Meeting.objects.get()
    client.post(
        f"{address}{meeting.key}/",
        {"with_whom": "director", "held_on": held, "remark": "zonder bijlagen"},
    )
    assert Meeting.objects.get().remark == "zonder bijlagen"


def test_a_meeting_without_a_day_or_held_tomorrow_is_refused(
    sign_in: SignIn, fatima: Person, rosters: Dossier
) -> None:
    client = sign_in(fatima)
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    for day in ("", tomorrow):
        response = client.post(
            f"{rosters.get_absolute_url()}overleg/", {"with_whom": "director", "held_on": day}
        )
        assert response.status_code == 200
        assert response.context["form"].errors
    assert not Meeting.objects.exists()


def test_a_part_of_the_request_is_judged(sign_in: SignIn, fatima: Person, rosters: Dossier) -> None:
    sign_in(fatima).post(
        f"{rosters.get_absolute_url()}onderdelen/measures/",
        {"state": "missing", "remark": "Geen sociaal plan"},
    )
    part = rosters.parts.get(part="measures")
    assert (part.state, part.remark) == ("missing", "Geen sociaal plan")


def test_own_deadlines_are_set_and_ticked_off(
    sign_in: SignIn, fatima: Person, rosters: Dossier
) -> None:
    client = sign_in(fatima)
    client.post(
        f"{rosters.get_absolute_url()}termijnen/",
        {"title": "Vragen aan de directie", "due_on": "2026-12-01", "owner": fatima.pk},
    )
    deadline = rosters.deadlines.get()
    assert deadline.owner == fatima
    client.post(f"/dossiers/termijnen/{deadline.key}/gedaan/")
    deadline.refresh_from_db()
    assert deadline.done_on == timezone.localdate()


def test_chair_and_secretary_close_and_a_closed_dossier_is_kept_no_more(
    sign_in: SignIn, fatima: Person, joris: Person, rosters: Dossier
) -> None:
    address = rosters.get_absolute_url()
    assert sign_in(fatima).post(f"{address}sluiten/").status_code == 403
    assert sign_in(joris).post(f"{address}sluiten/").status_code == 302
    assert sign_in(fatima).post(f"{address}notities/", {"text": "te laat"}).status_code == 403
    assert sign_in(joris).post(f"{address}heropenen/").status_code == 302
    assert sign_in(fatima).post(f"{address}notities/", {"text": "op tijd"}).status_code == 302


def test_a_changed_kind_brings_its_own_checklist(
    sign_in: SignIn, fatima: Person, rosters: Dossier
) -> None:
    sign_in(fatima).post(
        f"{rosters.get_absolute_url()}wijzigen/",
        {"kind": "art30", "title": "Nieuwe bestuurder"},
    )
    rosters.refresh_from_db()
    assert rosters.kind == "art30"
    assert rosters.parts.filter(part="person").exists()


def test_list_and_page_take_as_many_queries_for_ten_times_as_much(
    sign_in: SignIn,
    fatima: Person,
    rosters: Dossier,
) -> None:
    client = sign_in(fatima)

    def counted(address: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    def grow(count: int) -> None:
        for number in range(count):
            dossier = actions.open_dossier(fatima, kind="art25", title=f"Dossier {number}")
            actions.add_note(fatima, rosters, f"Notitie {number}")
            actions.add_deadline(
                fatima, rosters, title=f"T{number}", due_on=date(2026, 12, 1), owner=fatima
            )
            Meeting.objects.create(dossier=dossier, planned_on=date(2026, 12, 1))

    grow(2)
    addresses = ("/dossiers/", rosters.get_absolute_url())
    before = [counted(address) for address in addresses]
    grow(20)
    assert [counted(address) for address in addresses] == before


def test_the_director_and_the_administrator_find_no_dossiers(
    sign_in: SignIn, bakker: Person, wim: Person, rosters: Dossier, secret: Dossier
) -> None:
    for person in (bakker, wim):
        client = sign_in(person)
        assert client.get("/dossiers/").status_code == 404
        assert client.get(rosters.get_absolute_url()).status_code == 404
        assert SECRET not in client.get("/dossiers/").content.decode()
