"""The annual report: what the year held, and nothing under secrecy."""

import io

import docx
from django.utils import timezone

from advice.actions import deciding, outcome
from advice.letters.docx import to_docx
from advice.letters.yearly import report_of
from advice.models import Condition, LetterRelease
from dossiers.actions import impose_secrecy, keep_plan_step
from dossiers.models import Dossier, PlanStep
from people.models import Person
from polls.models import Consultation
from tests.cast import SignIn

YEAR = timezone.localdate().year


def words() -> str:
    document = docx.Document(io.BytesIO(to_docx(report_of(YEAR))))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(p.text for p in document.paragraphs), *cells])


def test_the_year_is_in_it(
    sign_in: SignIn, release: LetterRelease, poll: Consultation, joris: Person
) -> None:
    dossier = release.letter.dossier
    assert "positief" not in words(), "a letter that staff do not read yet is not in it"
    deciding.release_to_staff(joris, release)
    outcome.record_decision(
        joris, dossier, received_on=timezone.localdate(), follows="follows", reasons="", upload=None
    )
    outcome.set_condition(
        joris, Condition(dossier=dossier, text="Proef van drie maanden", state="done")
    )
    step = PlanStep(
        dossier=dossier, goal="x", audience="x", channel="poster", hours_spent=3,
        planned_on=timezone.localdate(),
    )  # fmt: skip
    keep_plan_step(joris, step)
    told = words()
    for part in (
        f"Jaarverslag {YEAR}", dossier.title, release.letter.subject, "positief",
        "volgt de ondernemingsraad", poll.title, "Proef van drie maanden", "Poster of brief",
    ):  # fmt: skip
        assert part in told
    response = sign_in(joris).get(f"/advies/jaarverslag-{YEAR}.docx")
    assert f'filename="jaarverslag-{YEAR}.docx"' in response["Content-Disposition"]


def test_nothing_under_secrecy_is_in_it_even_for_the_exempt(
    release: LetterRelease, poll: Consultation, joris: Person
) -> None:
    deciding.release_to_staff(joris, release)
    dossier = release.letter.dossier
    impose_secrecy(joris, dossier, imposed_by="x", scope="x", until=None, exempt=[])
    told = words()
    assert dossier.title not in told
    assert poll.title not in told


def test_a_dossier_that_staff_do_not_know_is_not_told_by_a_condition(
    release: LetterRelease, joris: Person
) -> None:
    dossier = release.letter.dossier
    outcome.set_condition(joris, Condition(dossier=dossier, text="Proef", state="done"))
    assert dossier.title in words()
    Dossier.objects.filter(pk=dossier.pk).update(shared_with_staff=False)
    assert dossier.title not in words()
    assert "Proef" not in words()
