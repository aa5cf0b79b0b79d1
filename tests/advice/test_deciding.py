"""The vote, the release and what becomes of it."""

import threading
from datetime import date

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from advice.actions import deciding, writing
from advice.letters.tree import tree_from_json
from advice.models import Condition, Decision, Finding, Letter, LetterRelease, Receipt
from blogs.models import Post
from dossiers.actions import impose_secrecy
from dossiers.clock import TermKind
from people.models import Person, Role
from tests.cast import SignIn, make_person


def voted(letter: Letter, *votes: tuple[Person, str]) -> bool:
    round_ = letter.rounds.get(closed_at=None)
    for person, choice in votes:
        deciding.cast_vote(person, round_, choice)
    return deciding.close_round(votes[0][0], round_)


@pytest.fixture
def omar_on_council(db: None) -> Person:
    return make_person("Tessa", "Kok", roles=(Role.MEMBER,))


def test_the_council_adopts_by_vote(
    sign_in: SignIn, letter: Letter, joris: Person, fatima: Person, ineke: Person
) -> None:
    base = letter.get_absolute_url()
    sign_in(ineke).post(f"{base}stemming/", {"quorum": "2"})
    assert sign_in(ineke).post(f"{base}stem/", {"choice": "for"}).status_code == 403
    sign_in(fatima).post(f"{base}stem/", {"choice": "against"})
    sign_in(fatima).post(f"{base}stem/", {"choice": "for"})
    sign_in(joris).post(f"{base}stem/", {"choice": "for"})
    sign_in(joris).post(f"{base}stemming/sluiten/")
    letter.refresh_from_db()
    assert letter.state == "adopted"
    assert letter.adopted_on is not None


def test_below_the_quorum_nothing_is_adopted(
    letter: Letter, joris: Person, fatima: Person, omar_on_council: Person
) -> None:
    deciding.put_to_vote(joris, letter, quorum=2)
    assert not voted(letter, (joris, "for"))
    letter.refresh_from_db()
    assert letter.state == "draft"


def test_abstaining_counts_for_the_quorum_and_not_for_the_majority(
    letter: Letter, joris: Person, fatima: Person, omar_on_council: Person
) -> None:
    deciding.put_to_vote(joris, letter, quorum=3)
    assert voted(letter, (joris, "for"), (fatima, "abstain"), (omar_on_council, "abstain"))


def test_a_tie_adopts_nothing(letter: Letter, joris: Person, fatima: Person) -> None:
    deciding.put_to_vote(joris, letter, quorum=2)
    assert not voted(letter, (joris, "for"), (fatima, "against"))


def test_a_quorum_above_the_seats_is_refused(
    sign_in: SignIn, letter: Letter, joris: Person, fatima: Person
) -> None:
    sign_in(joris).post(f"{letter.get_absolute_url()}stemming/", {"quorum": "40"})
    assert not letter.rounds.exists()


def test_the_text_stands_while_it_is_voted_on(
    sign_in: SignIn, letter: Letter, joris: Person, ineke: Person
) -> None:
    deciding.put_to_vote(joris, letter, quorum=1)
    section = letter.sections.all()[0]
    address = f"{letter.get_absolute_url()}delen/{section.key}/"
    body = {"heading": "x", "body": "x", "based_on": str(section.version)}
    assert sign_in(ineke).post(address, body).status_code == 403
    with pytest.raises(writing.NotOpenForWriting):
        writing.write_section(ineke, section, heading="x", body="x", based_on=section.version)


def test_an_adopted_letter_is_taken_back_and_adopted_anew(
    sign_in: SignIn, adopted: Letter, joris: Person
) -> None:
    sign_in(joris).post(f"{adopted.get_absolute_url()}terugnemen/")
    adopted.refresh_from_db()
    assert (adopted.state, adopted.adopted_on) == ("draft", None)
    assert sign_in(joris).post(f"{adopted.get_absolute_url()}vrijgeven/").status_code == 403


def test_what_stops_is_not_released(
    sign_in: SignIn, adopted: Letter, joris: Person, bakker: Person
) -> None:
    Finding.objects.update(statement="100% is voor.")
    response = sign_in(joris).post(f"{adopted.get_absolute_url()}vrijgeven/")
    assert response.status_code == 422
    assert not LetterRelease.objects.exists()
    assert not mail.outbox


def test_a_release_is_frozen_whatever_changes_after(
    sign_in: SignIn, release: LetterRelease, bakker: Person
) -> None:
    before = sign_in(bakker).get(release.get_absolute_url()).content.decode()
    Finding.objects.all().update(statement="Iets heel anders.")
    release.letter.sections.update(body="Iets heel anders.")
    after = sign_in(bakker).get(release.get_absolute_url()).content.decode()
    assert "Iets heel anders." not in after
    assert "67%" in before
    assert "67%" in after
    assert "Concept" not in str(tree_from_json(release.document).head)


@pytest.mark.django_db(transaction=True)
def test_two_clicks_on_release_make_one(joris: Person, bakker: Person, adopted: Letter) -> None:
    gate = threading.Barrier(2)
    outcomes: list[str] = []

    def go() -> None:
        try:
            gate.wait(timeout=10)
            deciding.release_letter(joris, adopted)
            outcomes.append("released")
        except deciding.NotInThisState:
            outcomes.append("too late")
        finally:
            connection.close()

    threads = [threading.Thread(target=go) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert sorted(outcomes) == ["released", "too late"]
    assert LetterRelease.objects.count() == 1


def test_the_receipt_is_the_directors_first_reading_only(
    sign_in: SignIn, release: LetterRelease, bakker: Person, joris: Person
) -> None:
    sign_in(joris).get(release.get_absolute_url())
    assert not Receipt.objects.exists()
    sign_in(bakker).get(release.get_absolute_url())
    first = Receipt.objects.get().at
    sign_in(bakker).get(release.get_absolute_url())
    assert Receipt.objects.get().at == first
    assert "Margriet Bakker" in sign_in(joris).get(release.get_absolute_url()).content.decode()


def test_a_letter_in_a_secret_dossier_goes_to_the_director_and_never_to_staff(
    sign_in: SignIn, release: LetterRelease, joris: Person, fatima: Person, bakker: Person,
    sanne: Person,
) -> None:  # fmt: skip
    deciding.release_to_staff(joris, release)
    assert sign_in(sanne).get(release.get_absolute_url()).status_code == 200
    dossier = release.letter.dossier
    impose_secrecy(joris, dossier, imposed_by="x", scope="x", until=None, exempt=[])
    assert sign_in(bakker).get(release.get_absolute_url()).status_code == 200
    assert sign_in(sanne).get(release.get_absolute_url()).status_code == 404
    assert sign_in(fatima).get(release.get_absolute_url()).status_code == 404
    assert sign_in(sanne).get(f"{release.get_absolute_url()}brief.pdf").status_code == 404
    assert release.letter.subject not in sign_in(sanne).get("/advies/brieven/").content.decode()


@pytest.mark.parametrize(
    ("follows", "kinds"),
    [
        ("deviates", {TermKind.SUSPENSION, TermKind.APPEAL}),
        ("partly", {TermKind.SUSPENSION, TermKind.APPEAL}),
        ("unjudged", {TermKind.SUSPENSION, TermKind.APPEAL}),
        ("follows", set()),
    ],
)
def test_the_decision_starts_the_terms(
    sign_in: SignIn, release: LetterRelease, joris: Person, follows: str, kinds: set[TermKind]
) -> None:
    dossier = release.letter.dossier
    response = sign_in(joris).post(
        f"/advies/dossier/{dossier.key}/besluit/vastleggen/",
        {
            "received_on": "2026-11-20",
            "follows": follows,
            "reasons": "Te duur",
            "papers": SimpleUploadedFile("besluit.pdf", b"%PDF-1.7\n%%EOF"),
        },
    )
    assert response.status_code == 302
    dossier = type(dossier).objects.get(pk=dossier.pk)
    assert dossier.decision_received_on == date(2026, 11, 20)
    assert {term.kind for term in dossier.terms} == kinds
    document = Decision.objects.get(dossier=dossier).document
    assert document is not None
    assert document.what == "decision"


def test_a_decision_of_tomorrow_is_refused(
    sign_in: SignIn, release: LetterRelease, joris: Person
) -> None:
    response = sign_in(joris).post(
        f"/advies/dossier/{release.letter.dossier.key}/besluit/vastleggen/",
        {"received_on": "2099-01-01", "follows": "deviates"},
    )
    assert "received_on" in response.context["form"].errors


def test_conditions_are_followed_until_met(sign_in: SignIn, letter: Letter, fatima: Person) -> None:
    base = f"/advies/dossier/{letter.dossier.key}/voorwaarden/"
    sign_in(fatima).post(base, {"text": "Evaluatie na een half jaar", "state": "open"})
    condition = Condition.objects.get()
    typed = {"text": condition.text, "state": "done", "remark": "Gedaan in juni"}
    sign_in(fatima).post(f"{base}{condition.key}/", typed)
    condition.refresh_from_db()
    assert condition.done_on is not None
    sign_in(fatima).post(f"{base}{condition.key}/", typed | {"state": "agreed"})
    condition.refresh_from_db()
    assert condition.done_on is None


def test_staff_are_told_what_came_of_it_as_a_draft(
    sign_in: SignIn, release: LetterRelease, joris: Person, fatima: Person, sanne: Person
) -> None:
    address = f"{release.get_absolute_url()}terugkoppeling/"
    assert sign_in(fatima).post(address).status_code == 403, "staff do not read the letter yet"
    deciding.release_to_staff(joris, release)
    response = sign_in(fatima).post(address)
    post = Post.objects.get()
    assert response["Location"] == f"/berichten/{post.key}/bewerken/"
    assert post.state == "draft"
    assert "67% “Antwoord 1”" in post.body
    assert "positief" in post.body
    assert "Er is nog geen besluit." in post.body
    assert sign_in(sanne).get(post.get_absolute_url()).status_code == 404
