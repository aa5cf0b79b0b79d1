"""The monthly report: the dashboard as a paper, with what its maker may read."""

import io

import docx
from django.utils import timezone

from advice.letters.docx import to_docx
from advice.letters.monthly import monthly_report
from dossiers.actions import impose_secrecy
from dossiers.models import Dossier
from people.models import Person
from tests.cast import SignIn
from tests.polls.ballots import make_open, make_people


def words(person: Person) -> str:
    tree = monthly_report(person, timezone.localdate())
    document = docx.Document(io.BytesIO(to_docx(tree)))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(p.text for p in document.paragraphs), *cells])


def test_what_goes_on_is_in_it_as_docx_odt_and_pdf(joris: Person, sign_in: SignIn) -> None:
    make_people(12)
    running = make_open(joris)
    told = words(joris)
    for part in ("Maandoverzicht", running.title, "Lopende raadplegingen", "Wat eraan komt"):
        assert part in told
    client = sign_in(joris)
    page = client.get("/advies/").content.decode()
    for suffix, start in (("docx", b"PK"), ("odt", b"PK"), ("pdf", b"%PDF")):
        response = client.get(f"/advies/maandoverzicht.{suffix}")
        assert response.status_code == 200
        assert bytes(response.content).startswith(start)
    assert "/advies/maandoverzicht.docx" in page
    assert "/advies/maandoverzicht.pdf" in page


def test_what_is_secret_is_for_the_exempt_and_says_so(joris: Person, fatima: Person) -> None:
    make_people(12)
    dossier = Dossier.objects.create(title="Fusie met de Wilg", opened_by=joris)
    make_open(joris, dossier=dossier, title="Hoe kijk jij tegen de fusie aan?")
    assert "Niet verspreiden" not in words(fatima)
    assert "fusie aan" in words(fatima)
    impose_secrecy(joris, dossier, imposed_by="x", scope="x", until=None, exempt=[joris])
    assert "fusie" not in words(fatima).casefold()
    assert "Niet verspreiden" in words(joris)
    assert "fusie aan" in words(joris)
