"""Concluding: step 7."""

import io
import zipfile

from django.utils import timezone
from docx import Document
from docx.shared import Mm

from tests.walk.conftest import Walk
from tests.walk.middle import GROUP, POLL, POST, SURVEY, WHISPER
from tests.walk.someone import Someone


def conclude(walk: Walk) -> None:
    """Step 7. Results, evidence, the letter, its release; the director reads that and no more."""
    fatima = walk.people["fatima"]
    fatima.go(walk.places["poll_desk"])
    fatima.open("Nu sluiten")
    fatima.press("Ja, nu sluiten")
    fatima.waits_to_read("Naar de uitslag")
    fatima.follow("Naar de uitslag")
    fatima.reads("Zelf roosteren", "Eerst een proef", "Respons per groep", "12 antwoorden")
    walk.people["joris"].go("/advies/")
    _write_the_letter(walk)
    _release_it(walk)
    _the_director_reads(walk)


def _write_the_letter(walk: Walk) -> None:
    ineke = walk.people["ineke"]
    dossier = walk.places["dossier"].strip("/").split("/")[-1]
    ineke.go(f"/advies/dossier/{dossier}/bewijs/")
    ineke.press(f"Gebruik in dossier : {POLL}")
    ineke.reads("Vastgelegd als bevinding 1", "van de 12")
    ineke.follow("Brief schrijven")
    ineke.press("Beginnen")
    walk.places["letter"] = ineke.path
    for section, text in (
        ("Aanvraag en bijlagen", "Wij ontvingen de aanvraag met twee bijlagen."),
        ("Verloop", "Wij spraken elkaar in november."),
        (
            "Raadpleging van de achterban",
            "Wij vroegen alle collega’s. [[bevinding:1|zin tabel grafiek]]",
        ),
        ("Beoordeling", "De aanvraag is volledig."),
        ("Argumenten, alternatieven en voorwaarden", "Begin met een proef."),
        ("Conclusie", "De raad adviseert positief, mits er een proef komt."),
        ("Verzoek om een schriftelijk besluit", "Wij vragen om een schriftelijk besluit."),
    ):
        ineke.follow(section)
        ineke.page.locator("main textarea").first.fill(text)
        ineke.press("Opslaan", exact=True)
    _check(_download(ineke, "Download .docx"))


def _download(who: Someone, link: str) -> bytes:
    with who.page.expect_download() as waiting:
        who.page.get_by_role("link", name=link).first.click()
    path = waiting.value.path()
    return path.read_bytes()


def _check(letter: bytes) -> None:
    """A4, in Dutch, the sections in order, the finding with question, n of N, table and chart."""
    document = Document(io.BytesIO(letter))
    section = document.sections[0]
    assert abs((section.page_width or 0) - Mm(210)) < Mm(1)
    assert abs((section.page_height or 0) - Mm(297)) < Mm(1)
    headings = [
        each.text
        for each in document.paragraphs
        if each.style is not None and (each.style.name or "").startswith("Heading")
    ]
    assert [heading for heading in headings if heading in ("Verloop", "Conclusie")] == [
        "Verloop",
        "Conclusie",
    ]
    text = "\n".join(each.text for each in document.paragraphs)
    assert POLL in text
    assert "6 van de 12" in text
    assert "12 van de 34 genodigden gaven antwoord (respons 35%)" in text
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert "Eerst een proef" in cells
    with zipfile.ZipFile(io.BytesIO(letter)) as package:
        assert any(name.startswith("word/media/") for name in package.namelist())
        assert "nl-NL" in package.read("word/styles.xml").decode()


def _release_it(walk: Walk) -> None:
    ineke, joris = walk.people["ineke"], walk.people["joris"]
    ineke.go(walk.places["letter"])
    ineke.follow("Onderwerp, geadresseerde, oordeel")
    ineke.select("verdict", "positief onder voorwaarden")
    ineke.press("Opslaan", exact=True)
    ineke.fill(day=f"{timezone.localdate():%Y-%m-%d}")
    ineke.press("Vastleggen")
    joris.go(walk.places["letter"])
    joris.follow("Vrijgeven aan de bestuurder")
    joris.press("Nu vrijgeven")
    joris.reads("De brief is bij de bestuurder")


def _the_director_reads(walk: Walk) -> None:
    margriet = walk.of_the_council("margriet")
    margriet.sign_in_by_mail("margriet@delinde.example", walk.post)
    margriet.reads("Zelfroosteren in de zorg")
    margriet.does_not_read(POST, SURVEY, GROUP, WHISPER)
    margriet.follow("Zelfroosteren in de zorg")
    margriet.reads("Begin met een proef.", "De raad adviseert positief")
    _check(_download(margriet, "Download .docx"))
    for path in (
        walk.places["dossier"],
        walk.places["post"],
        walk.places["poll"],
        walk.places["poll_desk"],
        walk.places["group"],
        walk.places["letter"],
    ):
        margriet.cannot_go(path)
    margriet.cannot_go("/mensen/", 403)
