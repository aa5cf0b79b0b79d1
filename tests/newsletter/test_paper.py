"""A newsletter on paper: what it says, what never gets on it, and files that everybody can read."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import pypdf
import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from PIL import Image
from pytest_django import Settings

from blogs.models import Kind
from dossiers.models import Dossier
from newsletter import actions, mailing
from newsletter.models import AudienceRole, Block, Issue, Subscription
from newsletter.paper.parts import sorted_parts
from newsletter.paper.printing import issue_as_pdf
from people.models import Person
from polls.models import Consultation, Elector
from tests.blogs.makers import keep_secret
from tests.cast import SignIn
from tests.newsletter.making import add, make_issue, make_poll, make_post
from tests.polls.ballots import make_open, make_people

pytestmark = pytest.mark.django_db


def scheduled(sender: Person, issue: Issue) -> Issue:
    actions.send_issue(sender, issue, timezone.now() + timedelta(days=1))
    return issue


def sent(sender: Person, issue: Issue) -> Issue:
    actions.send_issue(sender, issue)
    mailing.hand_over(issue)
    issue.refresh_from_db()
    return issue


def printed(issue: Issue, form: str = "nieuwsbrief", language: str = "nl") -> pypdf.PdfReader:
    parts = sorted_parts(issue).printed
    return pypdf.PdfReader(io.BytesIO(issue_as_pdf(issue, parts, form, language)))


def words(reader: pypdf.PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def tags(node: Any) -> list[tuple[str, Any]]:
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        return [found for each in node for found in tags(each)]
    if not isinstance(node, dict):
        return []
    own = [(str(node["/S"]), node)] if "/S" in node else []
    return own + (tags(node["/K"]) if "/K" in node else [])


def test_both_files_say_what_the_newsletter_says_and_where_to_go(
    fatima: Person, ineke: Person, settings: Settings
) -> None:
    settings.PORTAL_URL = "https://or.delinde.example"
    issue = make_issue(fatima, "Nieuws van de OR", "Lees [de brief](https://elders.example/brief).")
    add(issue, "post", make_post(fatima, "Zelf roosteren"))
    sent(ineke, issue)
    pages, poster = words(printed(issue)), words(printed(issue, "poster"))
    for text in (pages, poster):
        assert "Nieuws van de OR" in text
        assert "Deze week" in text
        assert "Zelf roosteren" in text
        assert f"or.delinde.example/n/{issue.pk}" in text
        assert "Lees verder en doe mee" in text
    assert "De proef met zelf roosteren begint in januari." in pages
    assert f"or.delinde.example/n/{issue.pk}/2" in pages  # the post
    assert f"Links in deze tekst: zie or.delinde.example/n/{issue.pk}/1" in pages


def test_a_poster_says_how_a_short_update_begins(fatima: Person, ineke: Person) -> None:
    issue = make_issue(fatima)
    update = make_post(fatima)
    update.kind, update.title = Kind.UPDATE, ""
    update.body = "De tilliften op Molenzicht zijn gekeurd en weer in gebruik. #veiligheid"
    update.save()
    add(issue, "post", update)
    sent(ineke, issue)
    poster, pages = words(printed(issue, "poster")), words(printed(issue))
    assert "De tilliften op Molenzicht zijn" in poster
    assert poster.count("Kort nieuws") == 1
    assert pages.count("De tilliften op Molenzicht") == 1  # under its heading, not twice


@pytest.mark.parametrize("form", ["nieuwsbrief", "poster"])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_files_are_tagged_titled_and_in_their_language(
    form: str, language: str, fatima: Person, ineke: Person
) -> None:
    issue = make_issue(fatima, "Nieuws van de OR")
    Issue.objects.filter(pk=issue.pk).update(subject_en="News of the council")
    drawn = io.BytesIO()
    Image.new("RGB", (300, 900), "navy").save(drawn, "JPEG")
    Block.objects.create(
        issue=issue,
        position=2,
        kind="image",
        image=ContentFile(drawn.getvalue(), name="foto.jpg"),
        image_alt="Een lege kantine",
    )
    issue.refresh_from_db()
    reader = printed(scheduled(ineke, issue), form, language)
    root: Any = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert str(root["/Lang"]).startswith(language)
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"pdfuaid" in root["/Metadata"].get_object().get_data()
    assert reader.metadata is not None
    assert (
        reader.metadata.title == {"nl": "Nieuws van de OR", "en": "News of the council"}[language]
    )
    found = tags(root["/StructTreeRoot"]["/K"])
    figures = [str(node.get("/Alt", "")) for name, node in found if name == "/Figure"]
    assert figures
    assert all(figures)
    assert ("Een lege kantine" in figures) == (form == "nieuwsbrief")
    assert [name for name, _node in found if name in ("/Title", "/H1")]
    assert ("Read on and join in" in words(reader)) == (language == "en")
    box = reader.pages[0].mediabox
    assert (round(float(box.width)), round(float(box.height))) == (595, 842)


def test_nothing_under_secrecy_is_printed_not_even_for_who_is_exempt(
    fatima: Person, ineke: Person, sign_in: SignIn
) -> None:
    dossier = Dossier.objects.create(title="Fusie", opened_by=ineke)
    issue = make_issue(fatima)
    add(issue, "post", make_post(fatima, "Fusiegeheim", dossier))
    Block.objects.create(
        issue=issue, position=3, kind="text", heading="Fusiekop", text="Fusiewoord", dossier=dossier
    )
    scheduled(ineke, issue)
    assert "Fusiegeheim" in words(printed(issue))
    keep_secret(dossier, ineke)
    for form in ("nieuwsbrief", "poster"):
        assert "Fusie" not in words(printed(issue, form))
    page = sign_in(ineke).get(reverse("newsletter:paper", args=[issue.key])).content.decode()
    assert "Fusie" not in page


@pytest.mark.long
def test_what_went_out_with_something_secret_is_not_printed_at_all(
    fatima: Person, ineke: Person, sign_in: SignIn
) -> None:
    dossier = Dossier.objects.create(title="Fusie", opened_by=ineke)
    issue = make_issue(fatima, "Over de fusie")
    add(issue, "post", make_post(fatima, "Fusiegeheim", dossier))
    sent(ineke, issue)
    client = sign_in(ineke)
    url = reverse("newsletter:paper_file", args=[issue.key, "poster", "nl"])
    assert client.get(url).status_code == 200
    keep_secret(dossier, ineke)
    assert client.get(url).status_code == 403
    assert client.get(reverse("newsletter:paper", args=[issue.key])).status_code == 403
    short = reverse("on_paper:block", args=[issue.pk, 2])
    assert client.get(short).status_code == 404


def test_what_one_colleague_was_not_asked_stays_off_paper_for_all(
    sanne: Person, omar: Person, fatima: Person, ineke: Person, sign_in: SignIn
) -> None:
    make_people(12)
    issue = make_issue(fatima)
    for_all = make_open(fatima, "single", kind="poll", title="Aan iedereen")
    Elector.objects.filter(consultation=for_all, person=omar).update(by_code=True)
    add(issue, "consultation", for_all)
    add(issue, "consultation", make_poll(fatima, [sanne, fatima], "Aan enkelen"))
    scheduled(ineke, issue)
    text = words(printed(issue)) + words(printed(issue, "poster"))
    assert "Aan iedereen" in text
    assert "Aan enkelen" not in text
    page = sign_in(ineke).get(reverse("newsletter:paper", args=[issue.key])).content.decode()
    assert page.index("Wat er niet op staat") < page.index("Aan enkelen")
    Elector.objects.filter(consultation=for_all, person=sanne).delete()
    assert "Aan iedereen" not in words(printed(issue))


def test_a_few_subscribers_do_not_make_everybody(
    sanne: Person, omar: Person, fatima: Person, ineke: Person
) -> None:
    Subscription.objects.create(person=sanne)
    issue = make_issue(fatima)
    Issue.objects.filter(pk=issue.pk).update(role=AudienceRole.SUBSCRIBERS)
    issue.refresh_from_db()
    add(issue, "consultation", make_poll(fatima, [sanne], "Aan enkelen"))
    assert "Aan enkelen" not in words(printed(scheduled(ineke, issue)))


def test_what_only_the_council_or_who_has_not_answered_gets_is_not_for_paper(
    fatima: Person, ineke: Person, sign_in: SignIn
) -> None:
    make_people(12)
    council = scheduled(ineke, make_issue(fatima))
    Issue.objects.filter(pk=council.pk).update(role=AudienceRole.COUNCIL)
    waiting = make_issue(fatima)
    waiting.waiting_for = make_open(fatima, "single")
    waiting.save()
    scheduled(ineke, waiting)
    client = sign_in(ineke)
    for issue in (council, waiting):
        assert client.get(reverse("newsletter:paper", args=[issue.key])).status_code == 403
        progress = client.get(reverse("newsletter:progress", args=[issue.key])).content.decode()
        assert "Op papier" not in progress


@pytest.mark.long
def test_a_hostile_title_is_only_words_and_the_poster_stays_one_page(
    fatima: Person, ineke: Person
) -> None:
    evil = '#panic("x") #image("/etc/passwd") $a_b$ @x <b> `c` \\ \x07\ufffe😀ꙮ'
    issue = make_issue(fatima, evil, f"## {evil}\n\n# {evil}\n\n> ### {evil}")
    Block.objects.filter(issue=issue).update(heading="")
    for _more in range(14):
        add(issue, "post", make_post(fatima, evil + "Zonderspaties" * 6))
    scheduled(ineke, issue)
    assert '#panic("x") #image("/etc/passwd") $a_b$ @x <b>' in words(printed(issue))
    assert len(printed(issue, "poster").pages) == 1
    Issue.objects.filter(pk=issue.pk).update(subject="W" * 120, preview="W" * 140)
    issue.refresh_from_db()
    poster = printed(issue, "poster")
    assert len(poster.pages) == 1
    assert "Lees verder en doe mee" in words(poster)


def test_the_secretary_finds_it_on_the_page_of_the_issue_and_staff_do_not(
    sanne: Person, fatima: Person, ineke: Person, sign_in: SignIn
) -> None:
    issue = sent(ineke, make_issue(fatima))
    page = reverse("newsletter:issue", args=[issue.key])
    paper = reverse("newsletter:paper", args=[issue.key])
    client = sign_in(ineke)
    assert paper in client.get(page).content.decode()
    file = reverse("newsletter:paper_file", args=[issue.key, "nieuwsbrief", "en"])
    assert file in client.get(paper).content.decode()
    response = client.get(file)
    assert response["Content-Type"] == "application/pdf"
    assert response["Cache-Control"] == "no-store"
    assert response.content.startswith(b"%PDF")
    assert paper not in sign_in(sanne).get(page).content.decode()


def test_a_short_address_goes_by_the_door_of_what_it_leads_to(
    sanne: Person, fatima: Person, ineke: Person, sign_in: SignIn
) -> None:
    issue = make_issue(fatima)
    poll: Consultation = make_poll(fatima, [fatima], "Aan enkelen")
    add(issue, "consultation", poll)
    sent(ineke, issue)
    client = sign_in(sanne)
    own = client.get(reverse("on_paper:block", args=[issue.pk, 1]))
    assert own["Location"] == f"{issue.get_absolute_url()}#blok-1"
    assert 'id="blok-1"' in client.get(issue.get_absolute_url()).content.decode()
    response = client.get(reverse("on_paper:block", args=[issue.pk, 2]), follow=True)
    assert response.status_code == 404
    assert client.get(reverse("on_paper:issue", args=[issue.pk])).status_code == 302


def test_more_blocks_take_no_more_queries(fatima: Person, ineke: Person, sign_in: SignIn) -> None:
    make_people(12)

    def taken(polls: int) -> int:
        issue = make_issue(fatima)
        for _poll in range(polls):
            add(issue, "consultation", make_open(fatima, "single", kind="poll"))
        url = reverse("newsletter:paper", args=[scheduled(ineke, issue).key])
        client = sign_in(ineke)
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        return len(queries)

    assert taken(1) == taken(6)
