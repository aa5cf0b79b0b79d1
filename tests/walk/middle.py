"""Telling, asking, talking and sending: steps 3 to 6."""

import re

from PIL import Image

from tests.walk.conftest import Walk
from tests.walk.someone import Someone

POST = "Zelfroosteren: wat betekent het?"
POLL = "Wat heeft jouw voorkeur?"
SURVEY = "Hoe gaat het met je werk?"
OPEN_QUESTION = "Wat moet de OR niet vergeten?"
GROUP = "Klankbord rooster"
WHISPER = "Onder ons: de planner stopt ermee"
VOTERS = 11
ISSUE = "Zelfroosteren: praat mee"


def tell(walk: Walk) -> None:
    """Step 3. A post in Markdown with an image, previewed, published; a colleague comments."""
    fatima, sanne = walk.people["fatima"], walk.people["sanne"]
    picture = walk.folder / "rooster.png"
    Image.new("RGB", (1200, 600), "#6fb0a8").save(picture)
    fatima.go("/berichten/schrijven/")
    fatima.fill(title=POST, body="De bestuurder wil **zelfroosteren**. Wat vind jij? #rooster")
    fatima.select("dossier", "Zelfroosteren in de zorg")
    fatima.press("Voorbeeld")
    assert fatima.page.locator("#preview strong", has_text="zelfroosteren").is_visible()
    fatima.attach("upload", picture)
    fatima.fill(image_alt="Een weekrooster")
    fatima.press("Opslaan als concept")
    walk.places["post"] = fatima.path
    sanne.cannot_go(walk.places["post"])
    fatima.press("Nu publiceren")
    fatima.reads("Gepubliceerd")
    sanne.go("/")
    sanne.follow(POST)
    image = sanne.page.get_by_role("img", name="Een weekrooster")
    assert image.evaluate("image => image.complete && image.naturalWidth") > 0
    sanne.fill(body="Geldt dit ook in de nacht?")
    sanne.press("Reactie plaatsen")
    sanne.reads("Sanne de Wit", "Geldt dit ook in de nacht?")
    fatima.go(walk.places["dossier"])
    fatima.reads(POST)


def ask(walk: Walk) -> None:
    """Step 4. A poll, a survey and an open question; anonymous answers, changed by receipt."""
    fatima = walk.people["fatima"]
    fatima.go("/vragen/nieuw/peiling/")
    fatima.fill(text=POLL, answers="Zelf roosteren\nEerst een proef\nLaten zoals het is")
    fatima.select("dossier", "Zelfroosteren in de zorg")
    fatima.press("Openen", exact=True)
    fatima.reads("Het staat open")
    walk.places["poll_desk"] = fatima.path
    walk.places["poll"] = fatima.path.removesuffix("or/")
    _make_the_survey(fatima)
    fatima.go("/vragen/nieuw/open-vraag/")
    fatima.fill(text=OPEN_QUESTION)
    fatima.press("Openen", exact=True)
    fatima.reads("Het staat open")
    for number in range(VOTERS):
        noor = walk.colleague(f"noor{number}")
        noor.sign_in_by_mail(f"noor{number}@delinde.example", walk.post)
        _vote(noor, walk.places["poll"], "Zelf roosteren" if number % 2 else "Eerst een proef")
        noor.page.context.close()
    _answer_all(walk)
    fatima.go(walk.places["poll_desk"])
    fatima.reads("Wie wel en niet antwoordde, krijgt niemand te zien")
    fatima.cannot_go(f"{walk.places['poll']}uitslag/", 302)  # no results while it runs


def _make_the_survey(fatima: Someone) -> None:
    fatima.go("/vragen/nieuw/enquete/")
    fatima.fill(title=SURVEY)
    fatima.press("Door naar de vragen")
    for kind, question, fields in (
        ("Schaal", "Hoe tevreden ben je over je rooster?", {"minimum": "0", "maximum": "10"}),
        ("Meer antwoorden", "Waar loop je tegenaan?", {"choices": "Nachten\nWeekenden\nRuilen"}),
        ("Lange tekst", "Wat moet anders?", {}),
    ):
        fatima.select("kind", kind)
        fatima.press("Vraag toevoegen")
        fatima.fill(text=question, **fields)
        fatima.press("Vraag opslaan")
        fatima.reads("De vraag is opgeslagen")
    fatima.follow("Klaar met de vragen")
    fatima.press("Openen", exact=True)
    fatima.reads("Het staat open")


def _vote(who: Someone, poll: str, answer: str) -> str:
    """Answer the poll; gives the receipt."""
    who.go(poll)
    who.reads("Anoniem", "Niemand kan zien wat jij antwoordt")
    who.choose(answer)
    who.press("Antwoord versturen")
    who.reads("Dank je wel")
    found = re.search(r"\b(?:[0-9A-Z]{4}-){4}[0-9A-Z]{4}\b", who.page.inner_text("main"))
    assert found, "no receipt"
    return found[0]


def _answer_all(walk: Walk) -> None:
    sanne = walk.people["sanne"]
    poll = walk.places["poll"]
    sanne.go("/vragen/")
    sanne.reads(POLL, SURVEY, OPEN_QUESTION)
    receipt = _vote(sanne, poll, "Eerst een proef")
    sanne.go(poll)
    sanne.reads("Je hebt geantwoord")  # and there is no second form
    assert sanne.page.locator("main input[type=radio]").count() == 0
    sanne.go(f"{poll}mijn-antwoord/")
    sanne.fill(code=receipt)
    sanne.press("Toon mijn antwoorden")
    sanne.reads("Eerst een proef")
    sanne.press("Mijn antwoorden wijzigen")
    sanne.choose("Laten zoals het is")
    sanne.press("Wijzigingen opslaan")
    sanne.reads("Je antwoorden zijn gewijzigd")
    sanne.go("/vragen/")
    sanne.follow(f"Beantwoorden : {SURVEY}")
    sanne.choose("7")
    sanne.choose("Nachten")
    sanne.page.locator("main textarea").first.fill("Vaker vaste vrije dagen.")
    sanne.press("Antwoorden versturen")
    sanne.reads("Dank je wel")
    sanne.go("/vragen/")
    sanne.follow(f"Beantwoorden : {OPEN_QUESTION}")
    sanne.page.locator("main textarea").first.fill("De mensen van de nacht.")
    sanne.press("Antwoord versturen")
    sanne.reads("Dank je wel")


def talk(walk: Walk) -> None:
    """Step 5. A closed group; nobody outside can tell what is in it, nor does mail say so."""
    fatima, sanne = walk.people["fatima"], walk.people["sanne"]
    fatima.go("/groepen/nieuw/")
    fatima.fill(name=GROUP, purpose="Meedenken over het rooster.")
    fatima.choose("geheim: alleen leden")
    fatima.choose("alleen op uitnodiging")
    fatima.press("Groep beginnen")
    fatima.page.locator("main [name=q]").fill("Sanne")
    with fatima.page.expect_navigation():
        fatima.page.locator("main [name=q]").press("Enter")
    fatima.look()
    fatima.press("Uitnodigen Sanne de Wit")
    fatima.reads("Sanne de Wit is uitgenodigd")
    walk.places["group"] = fatima.path.removesuffix("leden/")
    sanne.go("/groepen/")
    sanne.press("Meedoen")
    fatima.go(walk.places["group"])
    fatima.follow("Gesprek beginnen")
    fatima.fill(title=WHISPER, body="Dit blijft hier.")
    fatima.press("Bericht plaatsen")
    walk.places["thread"] = fatima.path
    sanne.go(walk.places["group"])
    sanne.follow(WHISPER)
    sanne.fill(body="Dat wist ik niet.")
    sanne.press("Bericht plaatsen")
    sanne.reads("Dat wist ik niet.")
    for outsider in (walk.people["joris"], walk.people["ineke"]):
        outsider.cannot_go(walk.places["group"])
        outsider.cannot_go(walk.places["thread"])
        outsider.go("/groepen/")
        outsider.does_not_read(GROUP, WHISPER)


def send(walk: Walk) -> None:
    """Step 6. A newsletter of that post and that poll plus own text; watched; unsubscribed from."""
    ineke, fatima = walk.people["ineke"], walk.people["fatima"]
    ineke.go("/nieuwsbrief/nieuw/")
    ineke.fill(subject=ISSUE)
    ineke.press("Begin met schrijven")
    desk = ineke.path
    ineke.follow("Eigen tekst")
    ineke.fill(text="Beste collega’s, lees mee en praat mee.")
    ineke.press("Opslaan")
    for kind, what in (("Bericht of kort bericht", POST), ("Peiling, enquête of stellingen", POLL)):
        ineke.follow(kind)
        ineke.choose(what)
        ineke.press("Toevoegen")
    ineke.follow("Voorbeeld")
    ineke.reads("Op een telefoon", "lees mee en praat mee")
    ineke.press("Stuur mij een testmail")
    walk.post.wait_for(1, to="ineke@delinde.example")
    ineke.go(desk)
    ineke.follow("Naar versturen")
    ineke.press("Versturen", exact=True)
    ineke.waits_to_read("klaar")
    addresses = {address for each in walk.post.deliveries for address in each.recipients}
    assert "omar@delinde.example" not in addresses
    letters = [mail for mail in walk.post.to("sanne@delinde.example") if ISSUE in mail["Subject"]]
    assert len(letters) == 1
    (letter,) = letters
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    body = letter.get_body(("plain",))
    assert body is not None
    text = body.get_content()
    assert POST in text
    assert POLL in text
    everything = "".join(str(each.data) for each in walk.post.deliveries)
    assert WHISPER not in everything
    assert GROUP not in everything
    leave = re.search(r"<(https?://[^>]+)>", letter["List-Unsubscribe"])
    assert leave
    _unsubscribe(walk, leave[1].replace(walk.url, ""))
    assert fatima.page.request.get(f"{desk}", max_redirects=0).status in (200, 302)


def _unsubscribe(walk: Walk, path: str) -> None:
    """A visit changes nothing; pressing the button does; without signing in."""
    reader = walk.colleague("reader of the mail")
    reader.go(path)
    reader.press("Afmelden")
    reader.reads("afgemeld")
