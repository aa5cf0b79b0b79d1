"""Findings: taken from what was disclosed, frozen, sorted, and never changed."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from advice import evidence
from advice.actions.evidence import take_finding
from advice.figures import Cell, Draft, Figures, Group
from advice.models import Finding
from advice.models.finding import FrozenFinding
from dossiers.models import Dossier
from people.models import Person
from polls.models import Consultation
from tests.cast import SignIn
from tests.polls.ballots import close, make_open, make_people, vote


def of_poll(dossier: Dossier, person: Person, ref: str) -> Draft:
    return evidence.source_named("polls").draft(ref, dossier, person)


def test_figures_survive_being_stored() -> None:
    figures = Figures(
        cells=(Cell("Ja", 3, 0.6), Cell("Nee", None, 0.05, "under")),
        groups=(Group("Verpleging", 30, 40, (Cell("Ja", 1, 0.5),)), Group("Keuken")),
        breakdown="afdeling",
        mean=3.5,
        several=True,
        note="x",
    )
    assert Figures.from_json(figures.to_json()) == figures


def test_a_choice_becomes_a_dutch_sentence_with_its_figures(
    finding: Finding, poll: Consultation
) -> None:
    assert finding.statement == (
        "Op “Vraag q1?” antwoordde 67% “Antwoord 1” (30 van de 45 die antwoord gaven)."
    )
    assert (finding.respondents, finding.invited) == (45, poll.electorate_size)
    assert finding.label == "Enquête ‘Nieuwe roosters’"
    assert [(cell.label, cell.count) for cell in finding.figures.cells] == [
        ("Antwoord 1", 30),
        ("Antwoord 2", 6),
        ("Antwoord 3", 9),
    ]
    assert {group.name for group in finding.figures.groups} >= {"Verpleging", "Facilitair"}


def test_a_scale_becomes_an_average(dossier: Dossier, fatima: Person, poll: Consultation) -> None:
    draft = of_poll(dossier, fatima, f"{poll.key}:q2")
    assert draft.figures.mean == pytest.approx(150 / 45)
    assert "gemiddeld een 3,3 op een schaal van" in draft.statement


def test_the_response_is_evidence_too(dossier: Dossier, fatima: Person, poll: Consultation) -> None:
    draft = of_poll(dossier, fatima, f"{poll.key}:response")
    assert draft.respondents == 45
    assert "respons van" in draft.statement


def test_a_small_group_is_not_in_a_finding(dossier: Dossier, fatima: Person) -> None:
    nurses, kitchen = make_people(30), make_people(6, unit="Keuken")
    survey = make_open(fatima, "single", dossier=dossier, breakdown="unit")
    for person in [*nurses, *kitchen]:
        vote(survey, person, {"q1": "c1" if person.pk % 2 else "c2"})
    close(survey)
    draft = of_poll(dossier, fatima, f"{survey.key}:q1")
    assert "Keuken" not in str(draft)


@pytest.mark.parametrize("ref", ["", "no-key:q1", "00000000-0000-0000-0000-000000000000:q1"])
def test_what_is_not_there_is_not_taken(
    sign_in: SignIn, fatima: Person, dossier: Dossier, ref: str
) -> None:
    address = f"/advies/dossier/{dossier.key}/bewijs/gebruiken/"
    response = sign_in(fatima).post(address, {"source": "polls", "ref": ref}, follow=True)
    assert response.status_code == 200
    assert not Finding.objects.exists()


def test_a_running_poll_gives_no_evidence(dossier: Dossier, fatima: Person) -> None:
    make_people(30)
    running = make_open(fatima, "single", dossier=dossier)
    with pytest.raises(evidence.NotDisclosed):
        of_poll(dossier, fatima, f"{running.key}:q1")


def test_a_poll_of_another_dossier_is_not_taken_into_this_one(
    fatima: Person, dossier: Dossier, poll: Consultation
) -> None:
    other = Dossier.objects.create(title="Ander", opened_by=fatima)
    with pytest.raises(evidence.NotDisclosed):
        of_poll(other, fatima, f"{poll.key}:q1")


def test_a_finding_is_written_once(finding: Finding) -> None:
    finding.statement = "Iets anders"
    with pytest.raises(FrozenFinding):
        finding.save()


def test_a_finding_changed_behind_the_portals_back_is_found_out(finding: Finding) -> None:
    assert Finding.objects.get().is_intact
    Finding.objects.update(statement="Op alles antwoordde 100% ja.")
    assert not Finding.objects.get().is_intact
    Finding.objects.update(statement=finding.statement)
    assert Finding.objects.get().is_intact
    figures = finding.figures_json | {"mean": 5.0}
    Finding.objects.update(figures_json=figures)
    assert not Finding.objects.get().is_intact


def test_taking_again_supersedes_and_keeps_the_place_on_the_board(
    finding: Finding, dossier: Dossier, fatima: Person, poll: Consultation
) -> None:
    again = take_finding(fatima, dossier, of_poll(dossier, fatima, f"{poll.key}:q1"))
    assert again.number == finding.number + 1
    assert again.supersedes == finding
    assert again.placement.theme == "argument"
    assert list(Finding.objects.current()) == [again]


def test_no_quote_without_consent_in_code_and_in_the_database(
    dossier: Dossier, fatima: Person
) -> None:
    draft = Draft(source="own", ref="", label="Ronde", statement="x", quote="Ik ben het zat")
    taken = take_finding(fatima, dossier, draft)
    assert taken.quote == ""
    with pytest.raises(IntegrityError), transaction.atomic():
        Finding.objects.filter(pk=taken.pk).update(quote="Ik ben het zat", quote_consent=False)


def test_an_own_observation_is_written_down(
    sign_in: SignIn, fatima: Person, dossier: Dossier
) -> None:
    address = f"/advies/dossier/{dossier.key}/bewijs/zelf/"
    typed = {
        "label": "Ronde nachtdienst",
        "statement": "De nachtdienst vreest meer losse diensten.",
        "dated_on": "2026-11-12",
        "respondents": "8",
        "quote": "Straks sta ik er alleen voor.",
        "theme": "minority",
    }
    refused = sign_in(fatima).post(address, typed)
    assert "quote_consent" in refused.context["form"].errors
    assert "Straks sta ik er alleen voor." in refused.content.decode()
    sign_in(fatima).post(address, typed | {"quote_consent": "on"})
    finding = Finding.objects.get()
    assert (finding.respondents, finding.quote_consent) == (8, True)
    assert finding.placement.theme == "minority"


def test_the_board_puts_findings_on_one_topic_side_by_side(
    sign_in: SignIn, fatima: Person, dossier: Dossier
) -> None:
    for statement, theme in (("Rust is er.", "argument"), ("Rust is weg.", "minority")):
        draft = Draft(source="own", ref="", label="Ronde", statement=statement)
        taken = take_finding(fatima, dossier, draft, theme=theme)
        sign_in(fatima).post(
            taken.get_absolute_url(), {"theme": theme, "topic": "Rust", "remark": ""}
        )
    page = sign_in(fatima).get(f"/advies/dossier/{dossier.key}/bord/")
    ((topic, rows),) = page.context["conflicts"]
    assert topic == "Rust"
    assert len(rows) == 2


def test_a_finding_is_moved_from_the_board(
    sign_in: SignIn, fatima: Person, finding: Finding
) -> None:
    client = sign_in(fatima)
    client.post(f"{finding.get_absolute_url()}plaats/", {"theme": "condition"})
    finding.placement.refresh_from_db()
    assert finding.placement.theme == "condition"
    client.post(f"{finding.get_absolute_url()}plaats/", {"theme": "nonsense"})
    finding.placement.refresh_from_db()
    assert finding.placement.theme == "condition"


def test_evidence_and_board_take_as_many_queries_for_ten_times_as_many_findings(
    sign_in: SignIn, fatima: Person, dossier: Dossier
) -> None:
    client = sign_in(fatima)
    addresses = [f"/advies/dossier/{dossier.key}/{name}/" for name in ("bewijs", "bord")]

    def grow(count: int) -> None:
        for number in range(count):
            draft = Draft(source="own", ref="", label=f"Ronde {number}", statement="x")
            take_finding(fatima, dossier, draft)

    def counted(address: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    grow(2)
    before = [counted(address) for address in addresses]
    grow(20)
    assert [counted(address) for address in addresses] == before
