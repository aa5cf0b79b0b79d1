"""The whole chain in the browser's words: closed poll, evidence, letter, release, director."""

import io
import zipfile

import docx
import pytest
from django.core import mail

from advice.models import Finding, Letter, LetterRelease, Receipt
from dossiers.models import Dossier
from people.models import Act, Person
from polls.models import Consultation
from tests.advice.conftest import BODIES
from tests.cast import SignIn
from tests.dossiers.test_papers import content_of


@pytest.mark.long
def test_from_a_closed_poll_to_what_the_director_reads(
    sign_in: SignIn,
    dossier: Dossier,
    poll: Consultation,
    fatima: Person,
    ineke: Person,
    joris: Person,
    bakker: Person,
    sanne: Person,
) -> None:
    evidence = f"/advies/dossier/{dossier.key}/bewijs/"
    page = sign_in(fatima).get(evidence)
    assert poll.title in page.content.decode()
    sign_in(fatima).post(f"{evidence}gebruiken/", {"source": "polls", "ref": f"{poll.key}:q1"})
    finding = Finding.objects.get()
    assert (finding.respondents, finding.invited) == (45, poll.electorate_size)
    assert "67%" in finding.statement

    secretary = sign_in(ineke)
    secretary.post(f"/advies/dossier/{dossier.key}/brief/")
    letter = Letter.objects.get()
    base = letter.get_absolute_url()
    for section in letter.sections.all():
        response = secretary.post(
            f"{base}delen/{section.key}/",
            {"heading": section.heading, "body": BODIES[section.slug], "based_on": "0"},
        )
        assert response.status_code == 302
    secretary.post(
        f"{base}gegevens/",
        {"subject": letter.subject, "recipient": letter.recipient, "verdict": "positive"},
    )
    draft = secretary.get(f"{base}brief.docx")
    words = "\n".join(p.text for p in docx.Document(io.BytesIO(draft.content)).paragraphs)
    assert "CONCEPT" in words
    assert finding.statement in words

    chair = sign_in(joris)
    assert chair.get(f"{base}vrijgeven/").status_code == 403, "not adopted yet"
    chair.post(f"{base}vastgesteld/", {"day": "2026-11-20"})
    assert secretary.get(f"{base}vrijgeven/").status_code == 403, "the chair releases"
    assert chair.get(f"{base}vrijgeven/").status_code == 200
    chair.post(f"{base}vrijgeven/")
    release = LetterRelease.objects.get()

    (sent,) = mail.outbox
    assert sent.to == [bakker.email]
    assert release.get_absolute_url() in sent.body
    assert "roosters" not in str(sent.message())

    director = sign_in(bakker)
    assert letter.subject in director.get("/advies/brieven/").content.decode()
    assert not Receipt.objects.exists()
    read = director.get(release.get_absolute_url()).content.decode()
    assert finding.statement in read
    assert "Concept" not in read
    assert Receipt.objects.get().person == bakker
    director.get(release.get_absolute_url())
    assert Act.objects.filter(verb="advice.receive_letter").count() == 1
    pdf = director.get(f"{release.get_absolute_url()}brief.pdf")
    assert content_of(pdf).startswith(b"%PDF-")
    word = content_of(director.get(f"{release.get_absolute_url()}brief.docx"))
    assert zipfile.is_zipfile(io.BytesIO(word))
    for address in (
        base, evidence, "/advies/", dossier.get_absolute_url(), finding.get_absolute_url(),
    ):  # fmt: skip
        assert director.get(address).status_code == 404, address

    staff = sign_in(sanne)
    assert staff.get(release.get_absolute_url()).status_code == 404
    chair.post(f"{release.get_absolute_url()}medewerkers/")
    assert staff.get(release.get_absolute_url()).status_code == 200
    dossier.refresh_from_db()
    assert dossier.advice_given_on is not None
