"""Answering with a printed code, the shared screen, and the printing itself."""

import io
import re

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader
from pytest_django import Settings

from outbox.models import Mailing
from people.models import Act, Person
from polls.actions.codes import print_codes
from polls.models import Consultation, Elector, UrnEntry, VotingCode
from tests.cast import SignIn
from tests.polls.ballots import close, make_open, make_people, vote

ENTER = "/vragen/stem/"
KIOSK = "/vragen/stem/scherm/"


@pytest.fixture
def consultation(fatima: Person, sanne: Person, omar: Person) -> Consultation:
    """Open: one choice and a text; Omar has no address."""
    make_people(18)
    return make_open(fatima, "single", "long_text", breakdown="unit")


@pytest.fixture
def code(consultation: Consultation, ineke: Person) -> str:
    """Omar's, from a letter."""
    (printed,) = print_codes(consultation, ineke)
    (code,) = printed.codes
    return code


def test_the_short_address_leads_to_the_page(client: Client) -> None:
    response = client.get("/stem/")
    assert (response.status_code, response["Location"]) == (302, ENTER)


@pytest.mark.django_db
@pytest.mark.parametrize("page", [ENTER, KIOSK])
def test_answering_with_a_code(
    page: str, consultation: Consultation, code: str, client: Client
) -> None:
    assert client.get(page).status_code == 200
    asked = client.post(page, {"code": f" {code.lower()} "})
    assert 'name="q1"' in asked.content.decode()
    assert "trust is-anonymous" in asked.content.decode()
    assert "no-store" in asked["Cache-Control"]
    wrong = client.post(page, {"code": code, "go": "send", "q1": "c9", "q2": "Mijn verhaal"})
    assert wrong.status_code == 400
    assert "Mijn verhaal" in wrong.content.decode()
    sent = client.post(page, {"code": code, "go": "send", "q1": "c1"})
    assert sent.status_code == 200
    assert re.search(r'id="receipt-code"', sent.content.decode())
    assert UrnEntry.objects.count() == 1
    assert VotingCode.objects.get().used
    assert not client.cookies.get("sessionid")


def test_a_shared_screen_leaves_no_receipt_on_its_clipboard(
    consultation: Consultation, code: str, client: Client
) -> None:
    """Who comes next could paste it, and see or change what was answered."""
    sent = client.post(KIOSK, {"code": code, "go": "send", "q1": "c1"}).content.decode()
    assert 'id="receipt-code"' in sent
    assert "data-copy" not in sent


@pytest.mark.parametrize("place", [ENTER, KIOSK])
def test_who_answers_by_code_is_sent_nowhere_that_asks_for_an_account(
    place: str, consultation: Consultation, code: str, client: Client, settings: Settings
) -> None:
    settings.PORTAL_URL = "https://or.delinde.example"
    sent = client.post(place, {"code": code, "go": "send", "q1": "c1"}).content.decode()
    told = sent[sent.index("Hoe het verdergaat") :]
    assert "or.delinde.example/stem" in told
    assert "Daarna laat de OR iedereen weten wat eruit kwam." in told
    assert "zie je hier" not in told
    assert "lees je hier" not in told
    for address in re.findall(r'href="(/vragen/[^"]*)"', told[: told.index("</main>")]):
        assert client.get(address).status_code == 200, address


def test_a_code_works_once(consultation: Consultation, code: str, client: Client) -> None:
    client.post(ENTER, {"code": code, "go": "send", "q1": "c1"})
    for form in ({"code": code}, {"code": code, "go": "send", "q1": "c2"}):
        assert client.post(ENTER, form).status_code == 409
    assert UrnEntry.objects.count() == 1


def test_a_used_code_leads_to_changing_the_answers_by_receipt(
    consultation: Consultation, code: str, client: Client
) -> None:
    client.post(ENTER, {"code": code, "go": "send", "q1": "c1"})
    there = f'href="{reverse("polls:own_answer", args=[consultation.key])}"'
    assert there in client.post(ENTER, {"code": code}).content.decode()
    assert there not in client.post(KIOSK, {"code": code}).content.decode()
    close(consultation)
    assert there not in client.post(ENTER, {"code": code}).content.decode()


@pytest.mark.parametrize("typed", ["", "hallo", "7QK2-93HD", "U" * 12, "é" * 12])
def test_a_mistyped_code_is_told(typed: str, db: None, client: Client) -> None:
    response = client.post(ENTER, {"code": typed})
    assert response.status_code == 400
    assert 'role="alert"' in response.content.decode()


@pytest.mark.parametrize("page", [ENTER, KIOSK])
def test_wrong_codes_are_held_off_and_a_right_one_never(
    page: str, consultation: Consultation, code: str, client: Client, settings: Settings
) -> None:
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "voting_code": "3/m/ip"}
    unknown, mistyped = "0" * 12, "hallo"
    tries = [client.post(page, {"code": typed}) for typed in (unknown, mistyped) * 2]
    assert [response.status_code for response in tries] == [400, 400, 400, 429]
    held = tries[-1].content.decode()
    assert "geen code uit een brief" in held, "it still says what is wrong with this one"
    assert "een goede code werkt altijd" in held
    assert 'name="q1"' in client.post(page, {"code": code}).content.decode()
    sent = client.post(page, {"code": code, "go": "send", "q1": "c1"})
    assert 'id="receipt-code"' in sent.content.decode()
    used = client.post(page, {"code": code})
    assert used.status_code == 409, "nor one that was right once"


def test_right_codes_are_not_counted(
    consultation: Consultation, code: str, client: Client, settings: Settings
) -> None:
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "voting_code": "2/m/ip"}
    for _colleague in range(5):
        assert client.post(KIOSK, {"code": code}).status_code == 200
    assert client.post(KIOSK, {"code": "hallo"}).status_code == 400


def test_an_unknown_code_shows_nothing(
    consultation: Consultation, code: str, client: Client
) -> None:
    VotingCode.objects.all().delete()
    response = client.post(ENTER, {"code": code})
    assert response.status_code == 400
    assert consultation.title not in response.content.decode()


def test_a_code_of_a_closed_one_says_so(
    consultation: Consultation, code: str, client: Client
) -> None:
    close(consultation)
    response = client.post(ENTER, {"code": code, "go": "send", "q1": "c1"})
    assert response.status_code in (400, 409)
    assert UrnEntry.objects.count() == 0


def test_a_shared_screen_keeps_and_shows_nothing_of_anybody(
    consultation: Consultation, code: str, client: Client
) -> None:
    html = client.post(KIOSK, {"code": code}).content.decode()
    assert "data-own-device" not in html
    assert 'data-kiosk="/vragen/stem/scherm/"' in html
    done = client.post(KIOSK, {"code": code, "go": "send", "q1": "c1"}).content.decode()
    assert "data-keep-receipt" not in done
    assert not client.cookies.get("sessionid")


def test_a_stale_form_is_given_back(consultation: Consultation, code: str) -> None:
    client = Client(enforce_csrf_checks=True)
    response = client.post(ENTER, {"code": code, "go": "send", "q1": "c1"})
    assert response.status_code == 403
    assert code in response.content.decode()
    assert UrnEntry.objects.count() == 0


@pytest.mark.parametrize(("layout", "pages"), [("letters", 11), ("cards", 2)])
def test_the_secretary_prints_codes_once(
    layout: str, pages: int, consultation: Consultation, ineke: Person, sign_in: SignIn
) -> None:
    extra = make_people(10, unit="Facilitair")
    Person.objects.filter(pk__in=[p.pk for p in extra]).update(email="")
    Elector.objects.bulk_create(
        Elector(consultation=consultation, person=person, group="Facilitair") for person in extra
    )
    client = sign_in(ineke)
    assert client.get(reverse("polls:paper", args=[consultation.key])).status_code == 200
    printing = reverse("polls:print_paper", args=[consultation.key])
    response = client.post(printing, {"who": "no-mail", "layout": layout})
    assert response["Content-Type"] == "application/pdf"
    document = PdfReader(io.BytesIO(response.content))
    assert len(document.pages) == pages
    text = "".join(page.extract_text() for page in document.pages)
    assert len(set(re.findall(r"\w{4}-\w{4}-\w{4}", text))) == 11
    assert "Haddad" not in text, "a code belongs to no name"
    assert text.count("Scan het vierkant") == 11, "each says by itself what to do"
    assert client.post(printing, {"who": "no-mail", "layout": layout}).status_code == 302
    assert Act.objects.filter(verb="polls.print_codes").count() == 1


def test_a_long_title_stays_on_its_card(
    consultation: Consultation, code: str, ineke: Person, sign_in: SignIn
) -> None:
    title = "Welke gevolgen van het nieuwe rooster vind jij belangrijk? " * 3
    Consultation.objects.update(title=title.strip())
    response = sign_in(ineke).post(
        reverse("polls:reprint_paper", args=[consultation.key]),
        {"group": VotingCode.objects.get().group, "layout": "cards"},
    )
    (page,) = PdfReader(io.BytesIO(response.content)).pages
    assert page.extract_text().count("Welke gevolgen") == 2
    assert "…" in page.extract_text()


def test_one_unit_is_printed_at_a_time(
    consultation: Consultation, ineke: Person, sign_in: SignIn
) -> None:
    for unit, number in (("Facilitair", 12), ("Verpleging", 15)):
        people = make_people(number, unit=unit)
        Elector.objects.bulk_create(
            Elector(consultation=consultation, person=person, group=unit) for person in people
        )
    client = sign_in(ineke)
    page = client.get(reverse("polls:paper", args=[consultation.key])).content.decode()
    assert "<option>Facilitair</option><option>Verpleging</option>" in page
    client.post(
        reverse("polls:print_paper", args=[consultation.key]),
        {"who": "everyone", "group": "Verpleging", "layout": "cards"},
    )
    theirs = Elector.objects.filter(group="Verpleging").values_list("pk", flat=True)
    assert len(theirs) > 15
    assert set(Elector.objects.filter(by_code=True).values_list("pk", flat=True)) == set(theirs)


def test_a_lost_pdf_is_made_again_and_the_lost_codes_are_void(
    consultation: Consultation, code: str, ineke: Person, sign_in: SignIn
) -> None:
    client, anew = sign_in(ineke), reverse("polls:reprint_paper", args=[consultation.key])
    page = client.get(reverse("polls:paper", args=[consultation.key])).content.decode()
    assert f'action="{anew}"' in page
    group = VotingCode.objects.get().group
    response = client.post(anew, {"group": group, "layout": "cards"})
    assert response["Content-Type"] == "application/pdf"
    assert response["Cache-Control"] == "no-store"
    text = PdfReader(io.BytesIO(response.content)).pages[0].extract_text()
    (fresh,) = re.findall(r"\w{4}-\w{4}-\w{4}", text)
    assert client.post(ENTER, {"code": code}).status_code == 400
    sent = client.post(ENTER, {"code": fresh, "go": "send", "q1": "c1"})
    assert sent.status_code == 200
    again = client.post(anew, {"group": group, "layout": "cards"}, follow=True)
    assert "zijn al gebruikt" in again.content.decode()


@pytest.mark.parametrize("form", [{}, {"group": "Nergens", "layout": "cards"}, {"layout": "cards"}])
def test_nothing_is_made_again_that_was_not_printed(
    form: dict[str, str], consultation: Consultation, code: str, ineke: Person, sign_in: SignIn
) -> None:
    url = reverse("polls:reprint_paper", args=[consultation.key])
    assert sign_in(ineke).post(url, form).status_code == 302
    assert VotingCode.objects.count() == 1
    assert sign_in(ineke).post(ENTER, {"code": code}).status_code == 200


def test_a_unit_where_nobody_needs_a_code_is_told_by_name(
    consultation: Consultation, ineke: Person, sign_in: SignIn
) -> None:
    people = make_people(3, unit="Verpleging")
    Elector.objects.bulk_create(
        Elector(consultation=consultation, person=person, group="Verpleging") for person in people
    )
    response = sign_in(ineke).post(
        reverse("polls:print_paper", args=[consultation.key]),
        {"who": "no-mail", "group": "Verpleging", "layout": "cards"},
        follow=True,
    )
    assert "Niemand in Verpleging heeft een code nodig" in response.content.decode()


def test_an_unknown_layout_prints_nothing(
    consultation: Consultation, ineke: Person, sign_in: SignIn
) -> None:
    url = reverse("polls:print_paper", args=[consultation.key])
    assert sign_in(ineke).post(url, {"layout": "../x"}).status_code == 302
    assert VotingCode.objects.count() == 0


def test_who_has_a_letter_is_pointed_to_it(
    consultation: Consultation, code: str, omar: Person, sign_in: SignIn
) -> None:
    html = sign_in(omar).get(consultation.get_absolute_url()).content.decode()
    assert f'href="{ENTER}"' in html


def test_reminding_reaches_only_who_has_not_answered_and_shows_nobody(
    consultation: Consultation, sanne: Person, fatima: Person, sign_in: SignIn
) -> None:
    vote(consultation, sanne, {"q1": "c1"})
    client = sign_in(fatima)
    url = reverse("polls:remind", args=[consultation.key])
    assert client.post(url).status_code == 302
    assert Mailing.objects.count() == 1
    assert client.post(url).status_code == 302, "a second time on one day changes nothing"
    assert Mailing.objects.count() == 1
    html = client.get(reverse("polls:desk", args=[consultation.key])).content.decode()
    assert sanne.full_name not in html
