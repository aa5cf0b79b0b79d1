"""The start pages: what each role finds, what it never finds, and at a constant price."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from advice.models import Letter, LetterRelease, LetterState, Round, Vote
from dossiers.models import Dossier
from groups import actions as group_actions
from listening.models import Message, OfficeHour, Signal, SignalState
from live.models import HourState, QuestionHour
from people.models import Person
from people.rules import may_read_portal
from polls.actions.releasing import release_results
from polls.models import Consultation, Outcome, Release, ReleaseAudience
from tests.blogs.makers import keep_secret, make_comment, make_dossier, make_post
from tests.cast import SignIn, make_people
from tests.groups.makers import make_group, make_thread
from tests.polls.ballots import close, make_consultation, make_open, vote


def page(sign_in: SignIn, person: Person) -> str:
    response = sign_in(person).get("/", headers={"accept-language": "nl"})
    assert response.status_code == 200
    return response.content.decode()


def titled(consultation: Consultation, title: str) -> Consultation:
    consultation.title = title
    consultation.save(update_fields=["title"])
    return consultation


def make_hour(by: Person, title: str, state: str = HourState.ANNOUNCED) -> QuestionHour:
    starts = timezone.now() + dt.timedelta(days=2)
    return QuestionHour.objects.create(
        title=title,
        starts_at=starts,
        ends_at=starts + dt.timedelta(hours=1),
        organised_by=by,
        state=state,
    )


def make_signal(by: Person, title: str, state: str) -> Signal:
    return Signal.objects.create(
        title=title, text="...", source="walk_round", state=state, noted_by=by
    )


def fill(council: Person, readers: list[Person], count: int) -> None:
    """``count`` of everything that a start page draws from."""
    today = timezone.localdate()
    make_people(12)
    for number in range(count):
        titled(make_open(council), f"Open {number}")
        titled(make_consultation(council), f"Ontwerp {number}")
        closed = close(titled(make_open(council), f"Dicht {number}"))
        for audience in (ReleaseAudience.DIRECTOR, ReleaseAudience.STAFF):
            Release.objects.create(consultation=closed, audience=audience, payload={})
        Outcome.objects.create(
            consultation=closed, heard="...", done="...", written_by=council, published_on=today
        )
        dossier = make_dossier(
            council,
            f"Dossier {number}",
            received_on=today,
            advice_due_on=today + dt.timedelta(days=10 + number),
        )
        post = make_post(council, f"Bericht {number}", dossier=dossier)
        make_comment(post, council)
        make_letter(council, f"Brief {number}", LetterState.VOTING)
        make_release(council, f"Advies {number}", to_staff=True)
        make_post(council, f"Concept {number}", published=False)
        make_hour(council, f"Vragenuur {number}")
        make_signal(council, f"Signaal {number}", SignalState.PASSED_ON)
        make_signal(council, f"Teruggekoppeld {number}", SignalState.FED_BACK)
        for reader in readers:
            make_thread(make_group(reader, name=f"Groep {number}"), reader)
            make_group(reader, name=f"Schuilnamen {number}", alias=True)
            inviting = make_group(council, name=f"Nodigt uit {number}")
            if reader != council:
                group_actions.invite(inviting, reader, council)
        Message.objects.create(author=council, subject=f"Vraag {number}", text="...")
        starts = timezone.now() + dt.timedelta(days=number + 1)
        OfficeHour.objects.create(
            place=f"Kantine {number}", starts_at=starts, ends_at=starts + dt.timedelta(hours=1)
        )


def test_a_visitor_signs_in_first(client: Client) -> None:
    response = client.get("/")
    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/login/")


def test_an_employee_finds_news_agenda_dossiers_and_the_way_to_the_council(
    sanne: Person, fatima: Person, sign_in: SignIn
) -> None:
    make_post(fatima, "Zes weken vooraf")
    make_hour(fatima, "Vraag het de OR")
    make_dossier(fatima, "Fietsplan")
    found = page(sign_in, sanne)
    for words in ("Dag Sanne", "Zes weken vooraf", "Vraag het de OR", "Fietsplan"):
        assert words in found
    assert 'href="/signalen/schrijf/"' in found
    assert "Je hebt overal op geantwoord" in found


def test_an_employee_finds_no_draft_and_nothing_of_the_council(
    sanne: Person, fatima: Person, sign_in: SignIn
) -> None:
    make_post(fatima, "Nog niet klaar", published=False)
    make_hour(fatima, "Nog in voorbereiding", HourState.DRAFT)
    make_dossier(fatima, "Alleen voor de raad", shared_with_staff=False)
    make_signal(fatima, "Onrust over parkeren", SignalState.PASSED_ON)
    found = page(sign_in, sanne)
    for words in ("Nog niet klaar", "Nog in voorbereiding", "Alleen voor de raad", "Onrust"):
        assert words not in found


def test_the_council_finds_what_is_due_with_the_days_left(fatima: Person, sign_in: SignIn) -> None:
    today = timezone.localdate()
    make_dossier(
        fatima,
        "Nieuwe roosters",
        received_on=today - dt.timedelta(days=30),
        advice_due_on=today + dt.timedelta(days=3),
    )
    found = page(sign_in, fatima)
    assert "Nieuwe roosters" in found
    assert "nog 3 dagen" in found


def test_the_council_finds_what_waits_for_it_and_its_own_drafts(
    fatima: Person, joris: Person, sanne: Person, sign_in: SignIn
) -> None:
    Message.objects.create(author=sanne, subject="Verlof", text="Hoe zit het?")
    make_signal(fatima, "Parkeren", SignalState.ANSWERED)
    make_post(fatima, "Mijn concept", published=False)
    make_post(joris, "Concept van Joris", published=False)
    found = page(sign_in, fatima)
    assert "1 bericht aan de OR" in found
    assert "1 antwoord van de bestuurder om terug te koppelen" in found
    assert "Mijn concept" in found
    assert "Concept van Joris" not in found


def test_what_is_under_secrecy_shows_to_the_exempt_only(
    fatima: Person, joris: Person, sanne: Person, sign_in: SignIn
) -> None:
    today = timezone.localdate()
    secret = make_dossier(
        joris, "Fusie met Zuiderzorg", received_on=today, advice_due_on=today + dt.timedelta(days=9)
    )
    make_post(joris, "Fusiebericht", dossier=secret)
    keep_secret(secret, joris)
    assert "Fusie met Zuiderzorg" in page(sign_in, joris)
    for other in (fatima, sanne):
        found = page(sign_in, other)
        assert "Fusie" not in found


def test_the_director_finds_what_was_passed_on_and_nothing_else(
    bakker: Person, fatima: Person, sign_in: SignIn
) -> None:
    make_post(fatima, "Bericht aan collega's")
    make_dossier(fatima, "Eigen onderwerp van de raad")
    make_hour(fatima, "Vraag het de OR")
    make_signal(fatima, "Roosters komen laat", SignalState.PASSED_ON)
    make_signal(fatima, "Nog niet doorgegeven", SignalState.NOTED)
    found = page(sign_in, bakker)
    assert "Roosters komen laat" in found
    for words in ("Bericht aan", "Eigen onderwerp", "Vraag het", "Nog niet doorgegeven"):
        assert words not in found


def test_the_administrator_finds_machinery_and_no_content(
    wim: Person, fatima: Person, sign_in: SignIn
) -> None:
    make_post(fatima, "Bericht aan collega's")
    make_dossier(fatima, "Fietsplan")
    found = page(sign_in, wim)
    assert 'href="/beheer/"' in found
    assert "Bericht aan" not in found
    assert "Fietsplan" not in found


def test_an_open_question_waits_with_who_can_see_what_until_it_is_answered(
    sanne: Person, fatima: Person, sign_in: SignIn
) -> None:
    make_people(30)
    asked = make_open(fatima)
    found = page(sign_in, sanne)
    assert "Nieuwe roosters" in found
    assert "Anoniem" in found
    assert "Geef je antwoord" in found
    vote(asked, sanne, {"q1": "c1"})
    assert "Je hebt overal op geantwoord" in page(sign_in, sanne)


def test_few_people_are_asked_in_confidence_and_not_anonymously(
    sanne: Person, fatima: Person, sign_in: SignIn
) -> None:
    make_people(6)
    make_open(fatima)
    found = page(sign_in, sanne)
    assert "Vertrouwelijk" in found
    assert "Anoniem" not in found


def test_the_council_sees_how_many_took_part_and_its_drafts(
    sanne: Person, fatima: Person, joris: Person, sign_in: SignIn
) -> None:
    make_people(30)
    asked = titled(make_open(fatima), "Zes weken vooraf?")
    vote(asked, sanne, {"q1": "c1"})
    titled(make_consultation(fatima), "Parkeren")
    found = page(sign_in, fatima)
    assert "<b>1</b> van de <b>33</b>" in found
    assert "Parkeren" in found
    assert "Parkeren" not in page(sign_in, joris)


def test_results_and_what_was_done_with_them_show_once_released(
    sanne: Person, fatima: Person, joris: Person, bakker: Person, sign_in: SignIn
) -> None:
    colleagues = make_people(30)
    asked = titled(make_open(fatima), "Zes weken vooraf?")
    for colleague in colleagues[:20]:
        vote(asked, colleague, {"q1": "c1"})
    close(asked)
    assert "Zes weken vooraf?" not in page(sign_in, sanne)
    release_results(asked, ReleaseAudience.DIRECTOR, joris)
    assert "Zes weken vooraf?" in page(sign_in, bakker)
    assert "Zes weken vooraf?" not in page(sign_in, sanne)
    release_results(asked, ReleaseAudience.STAFF, joris)
    Outcome.objects.create(
        consultation=asked,
        heard="Het rooster komt te laat.",
        done="Het komt zes weken vooraf.",
        written_by=joris,
        published_on=timezone.localdate(),
    )
    found = page(sign_in, sanne)
    assert "20 collega’s hebben geantwoord" in found
    assert "Het komt zes weken vooraf." in found


def test_groups_show_to_their_members_with_what_is_new_and_to_nobody_else(
    sanne: Person, omar: Person, fatima: Person, wim: Person, sign_in: SignIn
) -> None:
    group = make_group(fatima, sanne, name="Nachtdienst onder elkaar")
    make_thread(group, fatima, title="Pauzes in de nacht")
    other = make_group(fatima, name="Klankbord roosters")
    group_actions.invite(other, sanne, fatima)
    found = page(sign_in, sanne)
    assert "Nachtdienst onder elkaar" in found
    assert "Nieuw" in found
    assert "Klankbord roosters" in found
    assert "Je bent uitgenodigd" in found
    assert "Pauzes in de nacht" not in found
    for outsider in (omar, wim):
        assert "Nachtdienst onder elkaar" not in page(sign_in, outsider)


def make_letter(by: Person, subject: str, state: str = LetterState.DRAFT) -> Letter:
    return Letter.objects.create(
        dossier=make_dossier(by, "Een zaak"),
        kind="advice",
        subject=subject,
        state=state,
        made_by=by,
    )


def make_release(by: Person, subject: str, *, to_staff: bool) -> LetterRelease:
    return LetterRelease.objects.create(
        letter=make_letter(by, subject, LetterState.RELEASED),
        document={},
        docx="brief.docx",
        pdf="brief.pdf",
        released_by=by,
        to_staff_at=timezone.now() if to_staff else None,
        to_staff_by=by if to_staff else None,
    )


def test_a_letter_goes_to_the_director_first_and_to_staff_later(
    bakker: Person, sanne: Person, joris: Person, sign_in: SignIn
) -> None:
    make_letter(joris, "Brief in de maak")
    make_release(joris, "Advies over roosters", to_staff=False)
    make_release(joris, "Advies over parkeren", to_staff=True)
    for_director, for_staff = page(sign_in, bakker), page(sign_in, sanne)
    assert "Advies over roosters" in for_director
    assert "Advies over roosters" not in for_staff
    assert "Advies over parkeren" in for_staff
    for found in (for_director, for_staff):
        assert "Brief in de maak" not in found


def test_the_council_finds_its_letters_in_the_making_and_who_must_vote(
    fatima: Person, ineke: Person, sign_in: SignIn
) -> None:
    letter = make_letter(ineke, "Advies over roosters", LetterState.VOTING)
    assert "Je stem wordt gevraagd" in page(sign_in, fatima)
    found = page(sign_in, ineke)
    assert "Advies over roosters" in found
    assert "Je stem wordt gevraagd" not in found
    vote_round = Round.objects.create(
        letter=letter, seats=9, quorum=5, text_digest="", opened_by=ineke
    )
    Vote.objects.create(round=vote_round, person=fatima, choice="for")
    assert "Je stem wordt gevraagd" not in page(sign_in, fatima)


@pytest.mark.long
@pytest.mark.parametrize("who", ["sanne", "fatima", "bakker", "wim"])
def test_the_start_page_costs_the_same_however_much_there_is(
    who: str,
    request: pytest.FixtureRequest,
    fatima: Person,
    bakker: Person,
    sign_in: SignIn,
) -> None:
    person = request.getfixturevalue(who)
    readers = [person] if may_read_portal(person) else []

    def price() -> int:
        client = sign_in(person)
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/").status_code == 200
        return len(queries)

    fill(fatima, readers, 1)
    few = price()
    fill(fatima, readers, 9)
    make_people(50)
    assert Dossier.objects.count() == 30
    assert price() == few


def test_an_empty_portal_begins_with_the_staff_list(
    sign_in: SignIn, db: None, ineke: Person
) -> None:
    assert "Personeelslijst inlezen" in page(sign_in, ineke)
    make_people(1)
    assert "Personeelslijst inlezen" not in page(sign_in, ineke)
