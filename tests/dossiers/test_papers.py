"""Documents through their guarded door, and the director's requests."""

import io
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from dossiers.models import Document, Dossier, Request
from people.models import Person
from tests.cast import SignIn

PDF = b"%PDF-1.7\n%%EOF\n"


def packed(*names: str, size: int = 10) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, b"0" * size)
    return content.getvalue()


def file(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def status_of(sign_in: SignIn, person: Person, address: str) -> int:
    """The status of a download, read to its end as a browser would."""
    response = sign_in(person).get(address)
    if response.streaming:
        content_of(response)
    return int(response.status_code)


def content_of(response: Any) -> bytes:
    """What a download sends; reading to the end closes the file."""
    return b"".join(response.streaming_content)


def file_it(sign_in: SignIn, person: Person, dossier: Dossier, *files: SimpleUploadedFile) -> int:
    response = sign_in(person).post(
        f"{dossier.get_absolute_url()}stukken/", {"what": "annex", "papers": list(files)}
    )
    return int(response.status_code)


def test_several_documents_are_filed_at_once(
    sign_in: SignIn, fatima: Person, rosters: Dossier
) -> None:
    word = packed("[Content_Types].xml", "word/document.xml")
    assert file_it(sign_in, fatima, rosters, file("a.pdf", PDF), file("b.docx", word)) == 302
    assert {document.name for document in rosters.documents.all()} == {"a.pdf", "b.docx"}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("leeg.pdf", b""),
        ("echt.pdf", b"<html><script>alert(1)</script></html>"),
        ("virus.exe", b"MZ"),
        ("tekening.svg", b"<svg onload='alert(1)'/>"),
        ("pagina.html", b"<html>"),
        ("plaatje.png", b"<html>"),
        ("macro.docx", packed("[Content_Types].xml", "word/vbaProject.bin")),
        ("geen.docx", b"PK nothing"),
        ("bom.docx", packed("[Content_Types].xml", "a", size=120_000_000)),
        ("tekst.txt", b"\xff\xfe\x00binary"),
        ("odt.odt", packed("content.xml")),
    ],
)
def test_what_is_not_what_it_says_is_refused(
    sign_in: SignIn, fatima: Person, rosters: Dossier, name: str, content: bytes
) -> None:
    assert file_it(sign_in, fatima, rosters, file(name, content)) == 200
    assert not Document.objects.exists()


def test_a_document_leaves_as_a_download_only_to_who_may_read_it(
    sign_in: SignIn, fatima: Person, sanne: Person, rosters: Dossier
) -> None:
    file_it(sign_in, fatima, rosters, file("Plan één.pdf", PDF))
    document = Document.objects.get()
    address = document.get_absolute_url()
    response = sign_in(fatima).get(address)
    assert content_of(response) == PDF
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in response["Cache-Control"]
    assert status_of(sign_in, sanne, address) == 404
    sign_in(fatima).post(f"{address}delen/", {"shared": "1"})
    assert status_of(sign_in, sanne, address) == 200
    assert sign_in(sanne).post(f"{address}delen/", {"shared": "0"}).status_code == 403


def test_the_stored_file_does_not_carry_the_name_it_came_with(
    sign_in: SignIn, fatima: Person, rosters: Dossier
) -> None:
    file_it(sign_in, fatima, rosters, file("../../ontslag.pdf", PDF))
    assert "ontslag" not in str(Document.objects.get().file.name)


REQUEST = {
    "kind": "art25",
    "title": "Sluiting Molenzicht",
    "decision": "Molenzicht sluit per 1 juli.",
    "reasons": "Het gebouw is op.",
    "consequences": "Zestig mensen verhuizen.",
    "measures": "Reiskosten worden vergoed.",
}


def test_the_director_hands_in_a_request_and_follows_it(
    sign_in: SignIn, bakker: Person, fatima: Person, sanne: Person
) -> None:
    client = sign_in(bakker)
    wished = (timezone.localdate() + timedelta(days=40)).isoformat()
    response = client.post(
        "/dossiers/verzoeken/indienen/",
        REQUEST | {"wished_by": wished, "annexes": [file("plan.pdf", PDF)]},
    )
    paper = Request.objects.get()
    assert response["Location"] == paper.get_absolute_url()
    page = client.get(paper.get_absolute_url()).content.decode()
    assert "Zestig mensen verhuizen." in page
    assert status_of(sign_in, bakker, paper.documents.get().get_absolute_url()) == 200
    assert client.get(paper.dossier.get_absolute_url()).status_code == 404, "papers of the council"
    assert sign_in(fatima).get(paper.dossier.get_absolute_url()).status_code == 200
    assert sign_in(sanne).get(paper.dossier.get_absolute_url()).status_code == 404
    assert sign_in(sanne).get(paper.get_absolute_url()).status_code == 404
    assert "Sluiting Molenzicht" in mail.outbox[0].subject
    assert paper.dossier.received_on == timezone.localdate()


def test_what_the_council_does_later_does_not_change_what_was_handed_in(
    sign_in: SignIn, bakker: Person, fatima: Person
) -> None:
    sign_in(bakker).post("/dossiers/verzoeken/indienen/", REQUEST)
    paper = Request.objects.get()
    sign_in(fatima).post(
        f"{paper.dossier.get_absolute_url()}wijzigen/",
        {"kind": "art25", "title": "Onze titel", "summary": "Onze tekst"},
    )
    page = sign_in(bakker).get(paper.get_absolute_url()).content.decode()
    assert "Onze titel" not in page
    assert "Onze tekst" not in page


def test_a_secret_request_is_locked_from_its_first_moment_and_its_mail_names_nothing(
    sign_in: SignIn, bakker: Person, fatima: Person, sanne: Person
) -> None:
    sign_in(bakker).post(
        "/dossiers/verzoeken/indienen/",
        REQUEST | {"secret": "on", "secret_scope": "de hele aanvraag"},
    )
    dossier = Request.objects.get().dossier
    assert dossier.is_secret
    assert sign_in(fatima).get(dossier.get_absolute_url()).status_code == 200
    assert sign_in(sanne).get(dossier.get_absolute_url()).status_code == 404
    assert mail.outbox
    for sent in mail.outbox:
        assert "Molenzicht" not in str(sent.message())
        assert str(dossier.key) not in str(sent.message())


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"measures": ""}, "measures"),
        ({"reasons": ""}, "reasons"),
        ({"secret": "on"}, "secret_scope"),
        ({"wished_by": "2020-01-01"}, "wished_by"),
    ],
)
def test_an_incomplete_request_is_not_handed_in(
    sign_in: SignIn, bakker: Person, changes: dict[str, str], field: str
) -> None:
    response = sign_in(bakker).post("/dossiers/verzoeken/indienen/", REQUEST | changes)
    assert field in response.context["form"].errors
    assert "Het gebouw is op." in response.content.decode() or field == "reasons"
    assert not Dossier.objects.exists()


def test_only_the_director_hands_in(sign_in: SignIn, fatima: Person, sanne: Person) -> None:
    for person in (fatima, sanne):
        assert sign_in(person).get("/dossiers/verzoeken/indienen/").status_code == 404
        assert sign_in(person).get("/dossiers/verzoeken/").status_code == 404
