"""Voting on statements: one at a time, nothing kept before it is sent, once, changed by code."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from people.models import Person
from polls.actions.casting import read_ballot
from polls.actions.emptying import empty_urn
from polls.actions.statements import show_statement
from polls.actions.translating import offer_languages, translate
from polls.models import Consultation, Elector, UrnEntry, VotingCode
from polls.receipts import new_voting_code, voting_code_hash
from tests.cast import SignIn
from tests.orportal.test_weight import BUDGET, weight
from tests.polls.ballots import make_people
from tests.polls.rounds import SEEDS, cast, make_draft_round, make_open_round, statement

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _colleagues(db: None) -> None:
    """Enough to ask anonymously."""
    make_people(6)


TRANSLATED = {"question:s1:text": "Swapping shifts must be possible"}
ON = re.compile(r'name="on" value="(s\d+)"')


def carried(page: str) -> dict[str, object]:
    """What the form on a page carries along."""
    fields: dict[str, object] = dict(
        re.findall(
            r'<input type="hidden" name="(votes|receipt|language|on|code)" value="(.*?)"', page
        )
    )
    fields["added"] = re.findall(r'<input type="hidden" name="added" value="(.*?)"', page)
    return fields


def press(client: Client, url: str, page: str, go: str, **more: object) -> str:
    """The page that comes of pressing a button, whatever its status."""
    answer = client.post(url, {**carried(page), "go": go, **more})
    return answer.content.decode()


def test_one_statement_at_a_time_until_all_are_voted_on(
    fatima: Person, sanne: Person, sign_in: SignIn
) -> None:
    round_ = make_open_round(fatima)
    client, url = sign_in(sanne), round_.get_absolute_url()
    page = client.get(url).content.decode()
    seen = []
    for number in range(1, 7):
        seen += ON.findall(page)
        page = press(client, url, page, ("agree", "disagree", "pass")[number % 3])
        assert f"{number} van de 6 stellingen" in page
    assert sorted(seen) == ["s1", "s2", "s3", "s4", "s5", "s6"]
    assert "Je hebt ze allemaal gehad" in page
    assert not UrnEntry.objects.exists()
    assert not Elector.objects.filter(took_part=True).exists()
    thanks = press(client, url, page, "send")
    assert re.search(r'id="receipt-code"[^>]*>\w{4}(-\w{4}){4}<', thanks)
    assert UrnEntry.objects.filter(consultation=round_).count() == 1
    assert Elector.objects.get(consultation=round_, person=sanne).took_part


def test_a_vote_half_way_counts_when_it_is_sent(
    fatima: Person, sanne: Person, sign_in: SignIn
) -> None:
    round_ = make_open_round(fatima)
    client, url = sign_in(sanne), round_.get_absolute_url()
    page = client.get(url).content.decode()
    (first,) = ON.findall(page)
    page = press(client, url, page, "disagree")
    receipt = str(carried(page)["receipt"])
    press(client, url, page, "send")
    own = read_ballot(round_, receipt)
    assert own is not None
    assert own.answers == {first: "disagree"}


def test_nobody_votes_twice_and_sending_twice_gives_the_same_receipt(
    fatima: Person, sanne: Person, sign_in: SignIn
) -> None:
    round_ = make_open_round(fatima)
    client, url = sign_in(sanne), round_.get_absolute_url()
    page = press(client, url, client.get(url).content.decode(), "agree")
    first, again = press(client, url, page, "send"), press(client, url, page, "send")
    assert re.findall(r'id="receipt-code"[^>]*>(.*?)<', first) == re.findall(
        r'id="receipt-code"[^>]*>(.*?)<', again
    )
    other = client.post(url, {"votes": "s1a", "go": "send"})
    assert other.status_code == 409
    assert SEEDS[0] in other.content.decode()
    assert UrnEntry.objects.filter(consultation=round_).count() == 1


def test_nothing_at_all_is_not_a_ballot(fatima: Person, sanne: Person, sign_in: SignIn) -> None:
    round_ = make_open_round(fatima)
    answer = sign_in(sanne).post(round_.get_absolute_url(), {"go": "send"})
    assert answer.status_code == 400
    assert "Stem eerst op minstens één stelling" in answer.content.decode()


def test_what_a_form_makes_up_is_left_out(fatima: Person, sanne: Person, sign_in: SignIn) -> None:
    round_ = make_open_round(fatima)
    client, url = sign_in(sanne), round_.get_absolute_url()
    page = client.get(url).content.decode()
    receipt = str(carried(page)["receipt"])
    made_up = {"votes": "s1a.s99a.s2x.<b>.put7", "receipt": receipt, "go": "send"}
    client.post(url, {**made_up, "added": ["x" * 200, ""]})
    own = read_ballot(round_, receipt)
    assert own is not None
    assert own.answers == {"s1": "agree"}


def test_votes_can_be_looked_at_and_changed_before_sending(
    fatima: Person, sanne: Person, sign_in: SignIn
) -> None:
    round_ = make_open_round(fatima)
    client, url = sign_in(sanne), round_.get_absolute_url()
    page = client.get(url).content.decode()
    (first,) = ON.findall(page)
    listed = press(client, url, press(client, url, page, "agree"), "list")
    assert "Je stemmen tot nu toe" in listed
    assert statement(round_, first).text in listed
    again = press(client, url, listed, f"to-{first}")
    assert ON.findall(again) == [first]
    assert 'aria-pressed="true"' in again
    changed = press(client, url, again, "pass")
    assert f"{first}p" in str(carried(changed)["votes"])


def test_the_order_is_each_ones_own_and_stays(
    fatima: Person, sanne: Person, omar: Person, sign_in: SignIn
) -> None:
    round_ = make_open_round(fatima, *(f"Dit is stelling nummer {n}" for n in range(30)))
    firsts = set()
    for _time in range(8):
        page = sign_in(sanne).get(round_.get_absolute_url()).content.decode()
        firsts |= set(ON.findall(page))
        again = press(sign_in(sanne), round_.get_absolute_url(), page, "on")
        assert ON.findall(again) == ON.findall(page)
    assert len(firsts) > 2


def test_after_sending_votes_go_on_with_the_receipt(
    fatima: Person, sanne: Person, client: Client
) -> None:
    """Signed in or not: the code is the right, as for every consultation."""
    round_ = make_open_round(fatima)
    receipt = cast(round_, sanne, {"s1": "agree"})
    url = reverse("polls:own_answer", args=[round_.key])
    shown = client.post(url, {"code": receipt}).content.decode()
    assert SEEDS[0] in shown
    page = client.post(url, {"code": receipt, "go": "change"}).content.decode()
    assert "1 van de 6 stellingen" in page
    (on,) = ON.findall(page)
    assert on != "s1"
    page = press(client, url, page, "disagree")
    done = press(client, url, page, "send")
    assert "gewijzigd" in done.lower() or "veranderd" in done.lower()
    own = read_ballot(round_, receipt)
    assert own is not None
    assert own.answers == {"s1": "agree", on: "disagree"}


def test_who_stopped_half_way_is_offered_the_rest_at_once(
    fatima: Person, sanne: Person, sign_in: SignIn
) -> None:
    round_ = make_open_round(fatima)
    client, url = sign_in(sanne), round_.get_absolute_url()
    page = press(client, url, client.get(url).content.decode(), "agree")
    thanks = press(client, url, page, "send")
    assert "Stem op de andere stellingen" in thanks
    own = reverse("polls:own_answer", args=[round_.key])
    assert "1 van de 6" in press(client, own, thanks, "change")
    assert "nog stellingen toevoegen" in client.get(url).content.decode()


def test_in_another_language_what_is_not_translated_stands_in_the_original(
    fatima: Person, sanne: Person, sign_in: SignIn
) -> None:
    round_ = make_open_round(fatima, "Ruilen moet kunnen", "De kantine moet langer open")
    offer_languages(round_.questionnaire, ["en"])
    page = sign_in(fatima).get(reverse("polls:translation", args=[round_.key, "en"]))
    assert "Ruilen moet kunnen" in page.content.decode()
    translate(round_.questionnaire, "en", TRANSLATED, only_missing=False)
    client, url = sign_in(sanne), round_.get_absolute_url()
    shown = client.get(f"{url}?taal=en").content.decode()
    texts = [shown, press(client, url, shown, "agree")]
    assert any("Swapping shifts must be possible" in text for text in texts)
    assert any("De kantine moet langer open" in text for text in texts)
    assert all(">Disagree<" in text for text in texts)


def test_the_language_can_be_switched_while_changing_votes(
    fatima: Person, sanne: Person, client: Client
) -> None:
    round_ = make_open_round(fatima, "Ruilen moet kunnen")
    offer_languages(round_.questionnaire, ["en"])
    translate(round_.questionnaire, "en", TRANSLATED, only_missing=False)
    receipt = cast(round_, sanne, {"s1": "agree"})
    url = reverse("polls:own_answer", args=[round_.key])
    page = client.post(url, {"code": receipt, "go": "change"}).content.decode()
    listed = press(client, url, press(client, url, page, "language-en"), "list")
    assert "Swapping shifts must be possible" in listed


def test_the_page_stays_light(fatima: Person, sanne: Person, sign_in: SignIn) -> None:
    round_ = make_open_round(fatima, *(f"Dit is stelling nummer {n}" for n in range(90)))
    page = sign_in(sanne).get(round_.get_absolute_url()).content.decode()
    assert weight(page) < BUDGET


def test_with_a_printed_code_and_on_a_shared_screen(fatima: Person, client: Client) -> None:
    round_ = make_open_round(fatima)
    for name in ("enter_code", "kiosk"):
        code = new_voting_code()
        VotingCode.objects.create(consultation=round_, code_hash=voting_code_hash(code))
        url = reverse(f"polls:{name}")
        page = client.post(url, {"code": code}).content.decode()
        page = press(client, url, page, "agree")
        assert "1 van de 6" in page
        thanks = press(client, url, page, "send")
        assert 'id="receipt-code"' in thanks
        assert "is gebruikt" in press(client, url, page, "send") or 'id="receipt-code"' in thanks
    assert UrnEntry.objects.filter(consultation=round_).count() == 2


def test_a_closed_round_takes_nothing_and_loses_nothing(
    fatima: Person, sanne: Person, sign_in: SignIn
) -> None:
    round_ = make_open_round(fatima)
    client, url = sign_in(sanne), round_.get_absolute_url()
    page = press(client, url, client.get(url).content.decode(), "agree")
    Consultation.objects.filter(pk=round_.pk).update(state="closing")
    answer = client.post(url, {**carried(page), "go": "send"})
    assert answer.status_code == 409
    assert "niet verstuurd" in answer.content.decode()
    assert "Eens" in answer.content.decode()


def test_a_stale_page_keeps_what_was_voted(fatima: Person, sanne: Person) -> None:
    round_ = make_open_round(fatima)
    answer = Client().post(round_.get_absolute_url(), {"votes": "s1a.s2d", "go": "send"})
    assert answer.status_code == 403
    assert 'value="s1a.s2d"' in answer.content.decode()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "Schrijf eerst je stelling"),
        ("Te kort", "hele zin"),
        ("Ik wil echt " + "heel " * 40 + "graag", "hoogstens 140"),
        (SEEDS[1].upper() + "!", "staat er al"),
        ("Ruilen moet kunnen zonder enige toestemming", "lijkt op wat er al staat"),
        ("Bel teamleider Wit op 06-12345678 over het rooster", "[telefoonnummer]"),
    ],
)
def test_an_added_statement_is_looked_at_first(
    text: str, told: str, fatima: Person, sanne: Person, sign_in: SignIn
) -> None:
    round_ = make_open_round(fatima)
    client, url = sign_in(sanne), round_.get_absolute_url()
    page = client.get(url).content.decode()
    answer = press(client, url, page, "add", statement=text)
    assert told in answer
    assert carried(answer)["added"] == []


def test_a_name_of_somebody_here_is_suggested_for_taking_out(
    fatima: Person, sanne: Person, sign_in: SignIn
) -> None:
    round_ = make_open_round(fatima)
    client, url = sign_in(sanne), round_.get_absolute_url()
    page = client.get(url).content.decode()
    text = "Volgens Yılmaz is er niets mis met de pauzes"
    answer = press(client, url, page, "add", statement=text)
    assert "Volgens [naam] is er niets mis met de pauzes" in answer
    insisted = press(client, url, answer, "add-anyway", statement=text)
    assert carried(insisted)["added"] == [text]


def test_only_so_many_can_be_added_also_over_several_visits(
    fatima: Person, sanne: Person, sign_in: SignIn
) -> None:
    round_ = make_open_round(fatima, added_each=2)
    client, url = sign_in(sanne), round_.get_absolute_url()
    page = client.get(url).content.decode()
    for text in ("De kantine moet langer open", "Parkeren moet gratis blijven"):
        page = press(client, url, page, "add", statement=text)
    assert len(carried(page)["added"]) == 2  # type: ignore[arg-type]
    third = press(client, url, page, "add", statement="De verwarming kan een graad lager")
    assert "2 stellingen toevoegen" in third
    receipt = str(carried(page)["receipt"])
    press(client, url, page, "send")
    for person in make_people(12):
        Elector.objects.create(consultation=round_, person=person)
        cast(round_, person, {"s1": "agree"})
    empty_urn(round_.pk)
    own = reverse("polls:own_answer", args=[round_.key])
    later = client.post(own, {"code": receipt, "go": "change"}).content.decode()
    refused = press(client, own, later, "add", statement="De verwarming kan een graad lager")
    assert "2 stellingen toevoegen" in refused
    assert carried(refused)["added"] == []


def test_where_colleagues_may_not_add_nothing_is_offered_or_taken(
    fatima: Person, sanne: Person, sign_in: SignIn
) -> None:
    round_ = make_open_round(fatima, takes_statements=False)
    client, url = sign_in(sanne), round_.get_absolute_url()
    page = client.get(url).content.decode()
    assert "Voeg een stelling toe" not in page
    receipt = str(carried(page)["receipt"])
    client.post(
        url, {"votes": "s1a", "added": "Dit glipt erdoor", "receipt": receipt, "go": "send"}
    )
    own = read_ballot(round_, receipt)
    assert own is not None
    assert own.answers == {"s1": "agree"}


def test_what_somebody_is_writing_stays_while_they_vote_on(
    fatima: Person, sanne: Person, sign_in: SignIn
) -> None:
    round_ = make_open_round(fatima)
    client, url = sign_in(sanne), round_.get_absolute_url()
    page = client.get(url).content.decode()
    page = press(client, url, page, "agree", statement="Half geschr")
    assert ">Half geschr</textarea>" in page


def test_a_statement_added_meanwhile_can_be_voted_on_at_the_next_visit(
    fatima: Person, sign_in: SignIn
) -> None:
    people = make_people(12)
    round_ = make_open_round(fatima)
    everything = dict.fromkeys(["s1", "s2", "s3", "s4", "s5", "s6"], "agree")
    receipts = [cast(round_, people[0], everything)]
    receipts += [
        cast(round_, person, everything, "Kantine moet langer open") for person in people[1:]
    ]
    empty_urn(round_.pk)
    show_statement(statement(round_, "s7"), "De kantine moet langer open", fatima)
    url = reverse("polls:own_answer", args=[round_.key])
    page = sign_in(people[0]).post(url, {"code": receipts[0], "go": "change"}).content.decode()
    assert ON.findall(page) == ["s7"]


def test_while_typing_what_is_alike_is_shown_and_nothing_is_kept(
    fatima: Person, sanne: Person, sign_in: SignIn
) -> None:
    round_ = make_open_round(fatima)
    url = reverse("polls:resembling", args=[round_.key])
    told = sign_in(sanne).post(url, {"statement": "nachten verdienen een hogere toeslag"})
    assert SEEDS[4].replace("’", "’") in told.content.decode()
    other = sign_in(sanne).post(url, {"statement": "de koffie is te slap"})
    assert other.content.decode().strip() == ""


def test_a_preview_sends_nothing(fatima: Person, sign_in: SignIn) -> None:
    make_people(6)
    draft = make_draft_round(fatima)
    client, url = sign_in(fatima), reverse("polls:preview", args=[draft.key])
    page = client.get(url).content.decode()
    page = press(client, url, page, "agree")
    assert "1 van de 6" in page
    press(client, url, page, "send")
    assert not UrnEntry.objects.exists()


def test_a_page_costs_the_same_however_long_the_round(
    fatima: Person, sanne: Person, sign_in: SignIn, django_assert_max_num_queries: object
) -> None:
    round_ = make_open_round(fatima, *(f"Dit is stelling nummer {n}" for n in range(90)))
    client, url = sign_in(sanne), round_.get_absolute_url()
    page = client.get(url).content.decode()
    with django_assert_max_num_queries(11):  # type: ignore[operator]
        page = press(client, url, page, "agree")
    with django_assert_max_num_queries(9):  # type: ignore[operator]
        press(client, url, page, "send")
