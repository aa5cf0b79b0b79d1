"""A dossier with a closed poll, its findings, and a letter in the making."""

from datetime import date, timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from advice import evidence
from advice.actions import deciding, writing
from advice.actions.evidence import take_finding
from advice.models import Finding, Letter, LetterRelease
from dossiers.actions import open_dossier
from dossiers.models import Dossier, Meeting
from people.models import Person
from polls.models import Consultation
from tests.polls.ballots import close, make_open, make_people, vote


@pytest.fixture(autouse=True)
def _files_in_a_folder_of_their_own(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path_factory.mktemp("files")
    storages = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": folder},
        },
    }
    monkeypatch.setattr(settings, "STORAGES", storages)


@pytest.fixture
def dossier(fatima: Person) -> Dossier:
    """An open request for advice, discussed with the director, due in three weeks."""
    today = timezone.localdate()
    made = open_dossier(
        fatima,
        kind="art25",
        title="Nieuwe roosters in de zorg",
        summary="De directie wil zelfroosteren invoeren.",
        received_on=today - timedelta(days=7),
        advice_due_on=today + timedelta(days=21),
    )
    Meeting.objects.create(dossier=made, held_on=today)
    return made


@pytest.fixture
def poll(fatima: Person, dossier: Dossier) -> Consultation:
    """A closed survey: a choice (24 to 6 in Verpleging, 6 to 9 in Facilitair) and a scale."""
    nurses, others = make_people(30), make_people(20, unit="Facilitair")
    survey = make_open(fatima, "single", "scale", dossier=dossier, breakdown="unit")
    for at, person in enumerate(nurses):
        vote(survey, person, {"q1": "c1" if at < 24 else "c2", "q2": 4})
    for at, person in enumerate(others[:15]):
        vote(survey, person, {"q1": "c1" if at < 6 else "c3", "q2": 2})
    return close(survey)


@pytest.fixture
def finding(fatima: Person, dossier: Dossier, poll: Consultation) -> Finding:
    """The survey's first question, taken into the dossier."""
    draft = evidence.source_named("polls").draft(f"{poll.key}:q1", dossier, fatima)
    return take_finding(fatima, dossier, draft, theme="argument")


BODIES = {
    "request": "Op 2 november ontvingen wij uw adviesaanvraag, met drie bijlagen.",
    "process": "Wij bespraken de aanvraag in de overlegvergadering.",
    "consultation": "[[bevinding:1]]\n\n[[bevinding:1|tabel afdelingen grafiek]]",
    "assessment": "De aanvraag is volledig.",
    "arguments": "- **Rust**: vaste roosters geven rust.\n- Zeggenschap telt.",
    "conclusion": "Wij adviseren positief.",
    "decision": "Wij ontvangen graag uw schriftelijke besluit.",
}


@pytest.fixture
def letter(ineke: Person, dossier: Dossier, finding: Finding) -> Letter:
    """A letter with every section written and the finding cited."""
    made = writing.start_letter(ineke, dossier)
    made.verdict = "positive"
    made.recipient = "De bestuurder van Zorggroep De Linde\nmevrouw M. Bakker"
    writing.revise_letter(ineke, made)
    for section in made.sections.all():
        writing.write_section(
            ineke, section, heading=section.heading, body=BODIES[section.slug], based_on=0
        )
    return made


@pytest.fixture
def adopted(joris: Person, letter: Letter) -> Letter:
    """The same, adopted by the council in a meeting."""
    deciding.adopt_in_meeting(joris, letter, day=date(2026, 11, 20))
    letter.refresh_from_db()
    return letter


@pytest.fixture
def release(joris: Person, bakker: Person, adopted: Letter) -> LetterRelease:
    """The same, released to the director."""
    return deciding.release_letter(joris, adopted)
