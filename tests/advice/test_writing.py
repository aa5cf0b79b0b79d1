"""The drafting page: versions, edit conflicts between two members, comments, citations."""

import threading

import pytest
from django.db import close_old_connections

from advice.actions import writing
from advice.models import Comment, Finding, Letter, Section, SectionVersion
from dossiers.models import Dossier
from people.models import Act, Person
from tests.cast import SignIn


def section(letter: Letter, slug: str = "assessment") -> Section:
    return letter.sections.get(slug=slug)


def address(letter: Letter, slug: str = "assessment", rest: str = "") -> str:
    return f"{letter.get_absolute_url()}delen/{section(letter, slug).key}/{rest}"


def saving(letter: Letter, body: str, based_on: int) -> dict[str, str]:
    return {
        "heading": section(letter).heading,
        "body": body,
        "based_on": str(based_on),
    }


def test_a_letter_begins_with_the_sections_of_its_kind(
    sign_in: SignIn, ineke: Person, dossier: Dossier
) -> None:
    dossier.kind = "art23"
    dossier.save()
    page = sign_in(ineke).get(f"/advies/dossier/{dossier.key}/brief/")
    assert "Aanleiding" in page.content.decode()
    sign_in(ineke).post(f"/advies/dossier/{dossier.key}/brief/")
    headings = list(Letter.objects.get().sections.values_list("heading", flat=True))
    assert headings[0] == "Aanleiding"
    assert "Voorstel" in headings


def test_every_save_is_a_version_with_its_writer(
    sign_in: SignIn, ineke: Person, joris: Person, letter: Letter
) -> None:
    sign_in(ineke).post(address(letter), saving(letter, "De aanvraag is dun.", 1))
    sign_in(joris).post(address(letter), saving(letter, "De aanvraag is onvolledig.", 2))
    row = section(letter)
    assert row.body == "De aanvraag is onvolledig."
    told = [(version.number, version.by.given_name) for version in row.versions.all()]
    assert told == [(3, "Joris"), (2, "Ineke"), (1, "Ineke")]
    page = sign_in(ineke).get(address(letter, rest="versies/")).content.decode()
    assert "<ins>onvolledig.</ins>" in page
    assert "<del>dun.</del>" in page
    assert Act.objects.filter(verb="advice.write_section", actor_key=str(joris.key)).exists()


def test_two_members_editing_one_section_lose_nothing(
    sign_in: SignIn, ineke: Person, joris: Person, letter: Letter
) -> None:
    first, second = sign_in(ineke), sign_in(joris)
    opened = second.get(address(letter)).context["form"].initial["based_on"]
    first.post(address(letter), saving(letter, "Tekst van Ineke.", opened))
    conflict = second.post(address(letter), saving(letter, "Tekst van Joris.", opened))
    assert conflict.status_code == 409
    page = conflict.content.decode()
    assert "Tekst van Ineke." in page
    assert "Tekst van Joris." in page
    assert "Ineke Postma" in page
    assert section(letter).body == "Tekst van Ineke."
    based_on = conflict.context["form"]["based_on"].value()
    second.post(address(letter), saving(letter, "Tekst van beiden.", int(based_on)))
    assert section(letter).body == "Tekst van beiden."
    assert section(letter).versions.filter(body="Tekst van Ineke.").exists()


def test_saving_the_same_text_makes_no_version(
    sign_in: SignIn, ineke: Person, letter: Letter
) -> None:
    before = SectionVersion.objects.count()
    sign_in(ineke).post(address(letter), saving(letter, section(letter).body + "\r\n", 1))
    assert SectionVersion.objects.count() == before


@pytest.mark.django_db(transaction=True)
def test_of_two_saves_at_the_same_moment_one_wins_and_the_other_is_told(
    ineke: Person, joris: Person, letter: Letter
) -> None:
    row = section(letter)
    gate = threading.Barrier(2)
    outcomes: list[str] = []

    def save(person: Person) -> None:
        try:
            gate.wait(timeout=10)
            writing.write_section(
                person, row, heading=row.heading, body=person.given_name, based_on=row.version
            )
            outcomes.append("saved")
        except writing.EditConflict:
            outcomes.append("told")
        finally:
            close_old_connections()
            from django.db import connection

            connection.close()

    threads = [threading.Thread(target=save, args=(person,)) for person in (ineke, joris)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert sorted(outcomes) == ["saved", "told"]
    assert section(letter).version == row.version + 1
    assert section(letter).versions.count() == row.version + 1


def test_members_read_and_comment_and_do_not_write(
    sign_in: SignIn, fatima: Person, letter: Letter
) -> None:
    client = sign_in(fatima)
    assert client.get(letter.get_absolute_url()).status_code == 200
    assert client.post(address(letter), saving(letter, "x", 1)).status_code == 403
    client.post(address(letter, rest="reactie/"), {"text": "Te vaag.", "suggestion": ""})
    assert Comment.objects.get().text == "Te vaag."
    assert "Te vaag." in client.get(letter.get_absolute_url()).content.decode()


def test_an_empty_comment_is_refused(sign_in: SignIn, fatima: Person, letter: Letter) -> None:
    response = sign_in(fatima).post(
        address(letter, rest="reactie/"), {"text": "", "suggestion": ""}
    )
    assert response.status_code == 200
    assert not Comment.objects.exists()


def test_a_suggestion_is_taken_over_as_a_version(
    sign_in: SignIn, fatima: Person, ineke: Person, letter: Letter
) -> None:
    made = writing.comment(fatima, section(letter), text="", suggestion="Zo is het beter.")
    sign_in(ineke).post(f"{letter.get_absolute_url()}reacties/{made.key}/", {"take_over": "1"})
    assert section(letter).body == "Zo is het beter."
    made.refresh_from_db()
    assert (made.taken_over, made.settled_by) == (True, ineke)


def test_a_suggestion_on_an_older_text_is_not_taken_over_blindly(
    sign_in: SignIn, fatima: Person, ineke: Person, letter: Letter
) -> None:
    made = writing.comment(fatima, section(letter), text="", suggestion="Oud voorstel.")
    sign_in(ineke).post(address(letter), saving(letter, "Nieuw.", 1))
    sign_in(ineke).post(f"{letter.get_absolute_url()}reacties/{made.key}/", {"take_over": "1"})
    assert section(letter).body == "Nieuw."
    made.refresh_from_db()
    assert made.settled_at is None


def test_a_finding_is_inserted_as_chosen(
    sign_in: SignIn, ineke: Person, letter: Letter, finding: Finding
) -> None:
    target = section(letter)
    sign_in(ineke).post(
        f"{letter.get_absolute_url()}citeren/{finding.key}/",
        {"section": str(target.key), "forms_": ["grafiek", "zin"]},
    )
    assert section(letter).body.endswith("\n\n[[bevinding:1|zin grafiek]]")


def test_a_section_is_added_and_moved(sign_in: SignIn, ineke: Person, letter: Letter) -> None:
    client = sign_in(ineke)
    client.post(f"{letter.get_absolute_url()}delen/", {"heading": "Sociaal plan"})
    own = letter.sections.get(heading="Sociaal plan")
    client.post(f"{letter.get_absolute_url()}delen/{own.key}/plaats/", {"up": "1"})
    headings = list(letter.sections.values_list("heading", flat=True))
    assert headings.index("Sociaal plan") == len(headings) - 2


def test_the_draft_is_a_file_with_a_dutch_name_and_its_taking_is_logged(
    sign_in: SignIn, fatima: Person, letter: Letter
) -> None:
    response = sign_in(fatima).get(f"{letter.get_absolute_url()}brief.pdf")
    assert response["Content-Type"] == "application/pdf"
    assert 'filename="nieuwe-roosters-in-de-zorg-concept.pdf"' in response["Content-Disposition"]
    assert Act.objects.filter(verb="advice.export_letter").count() == 1
