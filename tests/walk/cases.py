"""Two requests of the director to their last day: advice (art. 25) and consent (art. 27)."""

from datetime import date

from django.utils import timezone, translation
from django.utils.formats import date_format

from dossiers.clock import appeal_until, nullity_until, suspension_end
from tests.walk.conftest import Walk
from tests.walk.someone import Someone

PDF = b"%PDF-1.7\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF"


def advice(walk: Walk) -> None:
    """Art. 25: four parts, a meeting, negative advice, a decision that deviates, the appeal."""
    dossier = _hand_in(
        walk,
        "Adviesaanvraag",
        title="Sluiting van de keuken",
        decision="De keuken sluit per 1 maart.",
        reasons="De ketel is op.",
        consequences="Acht collega’s krijgen ander werk.",
        measures="Iedereen krijgt een plek in het restaurant.",
    )
    ineke = walk.people["ineke"]
    _judge(ineke, dossier, parts=4)
    _meet(ineke, dossier)
    _answer(walk, dossier, "negatief", "De raad adviseert negatief.")
    today = timezone.localdate()
    _decide(ineke, dossier, today, "De ketel wacht niet.")
    ineke.reads("Opschorting van het besluit", _long(suspension_end(today).last_day))
    ineke.reads("Beroep bij de Ondernemingskamer", _long(appeal_until(today).last_day))
    _is_due(walk, "Beroep bij de Ondernemingskamer", "Sluiting van de keuken")
    _record(walk, dossier, "Beroep ingesteld bij de Ondernemingskamer (art. 26)")
    _is_not_due(walk, "Beroep bij de Ondernemingskamer")
    _is_due(walk, "Opschorting van het besluit", "Sluiting van de keuken")


def consent(walk: Walk) -> None:
    """Art. 27: consent refused, decided nevertheless, nullity invoked, the court asked."""
    dossier = _hand_in(
        walk,
        "Instemmingsaanvraag",
        title="Camera’s in de gangen",
        decision="Er komen camera’s in alle gangen.",
        reasons="Er is gestolen.",
        consequences="Collega’s komen in beeld.",
    )
    ineke = walk.people["ineke"]
    _judge(ineke, dossier, parts=3)
    _meet(ineke, dossier)
    _answer(walk, dossier, "stemt niet in", "De raad stemt niet in.")
    today = timezone.localdate()
    _decide(ineke, dossier, today, "De veiligheid gaat voor.")
    ineke.reads("Nietigheid schriftelijk inroepen", _long(nullity_until(today).last_day))
    ineke.does_not_read("Ondernemingskamer")
    _is_due(walk, "Nietigheid schriftelijk inroepen", "Camera’s in de gangen")
    _record(walk, dossier, "Nietigheid schriftelijk ingeroepen (art. 27 lid 5)")
    _is_not_due(walk, "Nietigheid schriftelijk inroepen")
    for step in (
        "Bestuurder vroeg de kantonrechter om toestemming (art. 27 lid 4)",
        "Kantonrechter gaf vervangende toestemming (art. 27 lid 4)",
    ):
        _record(walk, dossier, step)
    ineke.go(f"/dossiers/{dossier}/")
    ineke.reads("Nietigheid schriftelijk ingeroepen", "Kantonrechter gaf vervangende toestemming")


def _hand_in(walk: Walk, kind: str, **parts: str) -> str:
    """The director hands the request in; without its parts it is not taken. The dossier's key."""
    margriet, ineke = walk.people["margriet"], walk.people["ineke"]
    margriet.go("/dossiers/verzoeken/indienen/")
    margriet.choose(kind)
    margriet.press("Indienen", exact=True)
    margriet.reads("Dit veld is verplicht")
    margriet.fill(**parts)
    annex = walk.folder / "bijlage.pdf"
    annex.write_bytes(PDF)
    margriet.attach("annexes", annex)
    margriet.press("Indienen", exact=True)
    margriet.reads(parts["title"], "bijlage.pdf", "ontvangen door de ondernemingsraad")
    ineke.go("/dossiers/")
    ineke.follow(parts["title"])
    ineke.reads(parts["decision"])
    return ineke.path.strip("/").split("/")[-1]


def _judge(ineke: Someone, dossier: str, *, parts: int) -> None:
    ineke.go(f"/dossiers/{dossier}/")
    boxes = ineke.page.locator("#verzoek form")
    assert boxes.count() == parts
    for at in range(parts):
        ineke.page.locator("#verzoek details:has(form) > summary").nth(at).click()
        boxes.nth(at).locator("select").select_option(label="volledig")
        with ineke.page.expect_navigation():
            boxes.nth(at).get_by_role("button", name="Opslaan").click()
    ineke.look()
    assert ineke.page.locator("#verzoek .tag.good").count() == parts


def _meet(ineke: Someone, dossier: str) -> None:
    ineke.go(f"/dossiers/{dossier}/")
    ineke.follow("Vergadering vastleggen")
    ineke.fill(held_on=f"{timezone.localdate():%Y-%m-%d}")
    ineke.press("Opslaan", exact=True)
    ineke.reads("De termijnen zijn bijgewerkt")


def _answer(walk: Walk, dossier: str, verdict: str, conclusion: str) -> None:
    """The letter: written, adopted in a meeting, released; the director reads it."""
    ineke, joris, margriet = (walk.people[name] for name in ("ineke", "joris", "margriet"))
    ineke.go(f"/advies/dossier/{dossier}/brief/")
    ineke.press("Beginnen")
    letter = ineke.path
    links = ineke.page.locator("main a[href*='/delen/']:not([href*='versies'], [href*='reactie'])")
    for path in [link.get_attribute("href") or "" for link in links.all()]:
        ineke.go(path)
        ineke.page.locator("main textarea").first.fill(conclusion)
        ineke.press("Opslaan", exact=True)
    ineke.go(letter)
    ineke.follow("Onderwerp, geadresseerde, oordeel")
    ineke.select("verdict", verdict)
    ineke.press("Opslaan", exact=True)
    ineke.fill(day=f"{timezone.localdate():%Y-%m-%d}")
    ineke.press("Vastleggen")
    joris.go(letter)
    joris.follow("Vrijgeven aan de bestuurder")
    joris.press("Nu vrijgeven")
    joris.reads("De brief is bij de bestuurder")
    margriet.go(joris.path)
    margriet.reads(conclusion)


def _decide(ineke: Someone, dossier: str, day: date, reasons: str) -> None:
    ineke.go(f"/advies/dossier/{dossier}/besluit/")
    ineke.follow("Besluit vastleggen")
    ineke.fill(received_on=f"{day:%Y-%m-%d}", reasons=reasons)
    ineke.select("follows", "wijkt af")
    ineke.press("Opslaan", exact=True)
    ineke.reads(reasons)


def _record(walk: Walk, dossier: str, step: str) -> None:
    ineke = walk.people["ineke"]
    ineke.go(f"/advies/dossier/{dossier}/besluit/")
    ineke.follow("Stap vastleggen")
    ineke.choose(step)
    proof = walk.folder / "brief.pdf"
    proof.write_bytes(PDF)
    ineke.attach("papers", proof)
    ineke.press("Opslaan", exact=True)
    ineke.reads(step, "brief.pdf")


def _is_due(walk: Walk, what: str, of: str) -> None:
    joris = walk.people["joris"]
    joris.go("/")
    joris.reads(what, of)


def _is_not_due(walk: Walk, what: str) -> None:
    joris = walk.people["joris"]
    joris.go("/")
    joris.does_not_read(what)


def _long(day: date) -> str:
    with translation.override("nl"):
        return date_format(day, "l j F Y")
