"""The pages of writing, previewing and sending: who may, what they show, what they keep."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from newsletter.models import Block, Issue, Link
from newsletter.tasks import count_slips
from outbox.models import Delivery, Mailing, Suppression
from people.models import Person
from tests.cast import SignIn, make_people
from tests.newsletter.making import add, deliver_all, make_issue, make_post, send_out
from tests.plugins.mail import SmtpServer

pytestmark = pytest.mark.django_db


def url(name: str, issue: Issue, *more: object) -> str:
    return reverse(f"newsletter:{name}", args=[issue.key, *more])


def test_a_council_member_starts_an_issue(fatima: Person, sign_in: SignIn) -> None:
    response = sign_in(fatima).post(reverse("newsletter:start"), {"subject": "Nieuws"}, follow=True)
    assert response.status_code == 200
    assert Issue.objects.get().subject == "Nieuws"


def test_an_empty_subject_is_told_and_nothing_is_made(fatima: Person, sign_in: SignIn) -> None:
    response = sign_in(fatima).post(reverse("newsletter:start"), {"subject": ""})
    assert response.status_code == 400
    assert not Issue.objects.exists()


def test_employees_see_no_drafts(sanne: Person, fatima: Person, sign_in: SignIn) -> None:
    issue = make_issue(fatima, "Nog niet klaar")
    client = sign_in(sanne)
    assert client.get(url("issue", issue)).status_code == 404
    assert client.get(url("compose", issue)).status_code == 404
    assert "Nog niet klaar" not in client.get(reverse("newsletter:index")).content.decode()


def test_members_write_but_only_chair_and_secretary_send(
    fatima: Person, joris: Person, sign_in: SignIn
) -> None:
    issue = make_issue(fatima)
    assert sign_in(fatima).get(url("send", issue)).status_code == 403
    assert sign_in(fatima).post(url("send", issue), {"moment": "now"}).status_code == 403
    assert sign_in(joris).get(url("send", issue)).status_code == 200


def test_sending_from_the_page_and_watching_it(
    sanne: Person, joris: Person, fatima: Person, sign_in: SignIn, smtp_server: SmtpServer
) -> None:
    from newsletter.tasks import hand_over_due

    issue = make_issue(fatima)
    client = sign_in(joris)
    response = client.post(url("send", issue), {"moment": "now"}, follow=True)
    assert response.redirect_chain[-1][0] == url("progress", issue)
    assert hand_over_due() == 1
    page = client.get(url("progress", issue)).content.decode()
    assert "0 van 3" in page
    assert 'hx-trigger="every 2s"' in page
    deliver_all()
    part = client.get(url("progress", issue), headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert "3 van 3" in part
    assert "hx-trigger" not in part


def test_a_moment_that_has_passed_is_refused_and_kept(
    joris: Person, fatima: Person, sign_in: SignIn
) -> None:
    issue = make_issue(fatima)
    response = sign_in(joris).post(
        url("send", issue), {"moment": "later", "at": "2020-01-01T09:00"}
    )
    assert response.status_code == 400
    assert "2020-01-01T09:00" in response.content.decode()
    issue.refresh_from_db()
    assert issue.is_draft


def test_a_moment_that_was_filled_in_is_never_taken_for_now(
    joris: Person, fatima: Person, sign_in: SignIn
) -> None:
    issue = make_issue(fatima)
    response = sign_in(joris).post(url("send", issue), {"moment": "now", "at": "2120-01-01T09:00"})
    assert response.status_code == 400
    assert "Kies Later" in response.content.decode()
    assert "2120-01-01T09:00" in response.content.decode()
    issue.refresh_from_db()
    assert issue.is_draft


def test_one_that_is_due_says_that_it_is_made_ready(
    joris: Person, fatima: Person, sign_in: SignIn
) -> None:
    now, later = make_issue(fatima, "Nu"), make_issue(fatima, "Later")
    client = sign_in(joris)
    client.post(url("send", now), {"moment": "now"})
    client.post(url("send", later), {"moment": "later", "at": "2120-01-01T09:00"})
    assert "zetten de mails klaar" in client.get(url("progress", now)).content.decode()
    assert "1 januari 2120" in client.get(url("progress", later)).content.decode()


def test_what_is_in_it_already_is_not_offered_again(fatima: Person, sign_in: SignIn) -> None:
    issue = make_issue(fatima)
    first, second = make_post(fatima, "Zelf roosteren"), make_post(fatima, "Tilliften")
    client = sign_in(fatima)
    add(issue, "post", first)
    page = client.get(url("add_block", issue, "post")).content.decode()
    assert "Tilliften" in page
    assert str(first.key) not in page
    again = client.post(url("add_block", issue, "post"), {"thing": str(first.key)})
    assert again.status_code == 400
    add(issue, "post", second)
    assert "staat al in deze" in client.get(url("add_block", issue, "post")).content.decode()


def test_blocks_are_added_moved_and_taken_out(fatima: Person, sign_in: SignIn) -> None:
    issue = make_issue(fatima)
    post = make_post(fatima, "Zelf roosteren")
    client = sign_in(fatima)
    page = client.get(url("add_block", issue, "post")).content.decode()
    assert "Zelf roosteren" in page
    client.post(url("add_block", issue, "post"), {"thing": str(post.key)})
    client.post(url("add_block", issue, "text"), {"text": "Slot", "heading": ""})
    assert [block.kind for block in issue.blocks.all()] == ["text", "post", "text"]
    last = issue.blocks.last()
    assert last is not None
    client.post(url("move_up", issue, last.key))
    assert [block.kind for block in issue.blocks.all()] == ["text", "text", "post"]
    part = client.post(url("remove_block", issue, last.key), headers={"HX-Request": "true"})
    assert "<html" not in part.content.decode()
    assert "Zelf roosteren" in part.content.decode()
    assert issue.blocks.count() == 2


def test_a_block_is_dropped_at_its_place_and_a_wrong_place_changes_nothing(
    fatima: Person, joris: Person, sign_in: SignIn
) -> None:
    issue = make_issue(fatima)
    for number in range(3):
        add(issue, "post", make_post(fatima, f"Bericht {number}"))
    Issue.objects.filter(pk=issue.pk).update(approved_by=joris, approved_at=timezone.now())
    first = issue.blocks.first()
    assert first is not None
    client = sign_in(fatima)

    def dropped(to: str) -> int:
        client.post(url("place_block", issue, first.key), {"to": to})
        return [block.pk for block in issue.blocks.all()].index(first.pk)

    for wrong in ("", "-1", "x", "\u0662", "9" * 30):
        assert dropped(wrong) == 0
    issue.refresh_from_db()
    assert issue.approved_by == joris
    assert [dropped(to) for to in ("2", "0", "99")] == [2, 0, 3]
    assert sorted(block.position for block in issue.blocks.all()) == [1, 2, 3, 4]
    issue.refresh_from_db()
    assert issue.approved_by is None


def test_a_thing_that_is_not_offered_cannot_be_put_in(fatima: Person, sign_in: SignIn) -> None:
    issue = make_issue(fatima)
    post = make_post(fatima)
    post.state = "draft"
    post.save()
    response = sign_in(fatima).post(url("add_block", issue, "post"), {"thing": str(post.key)})
    assert response.status_code == 400
    assert issue.blocks.count() == 1


def picture() -> SimpleUploadedFile:
    made = io.BytesIO()
    Image.new("RGBA", (2400, 900), (10, 90, 90, 120)).save(made, "PNG")
    return SimpleUploadedFile("foto.png", made.getvalue(), "image/png")


def test_an_image_is_made_anew_and_served_to_mail_programs(
    fatima: Person, sign_in: SignIn, client: object
) -> None:
    issue = make_issue(fatima)
    writer = sign_in(fatima)
    response = writer.post(
        url("add_block", issue, "image"), {"upload": picture(), "image_alt": "De zaal"}
    )
    assert response.status_code == 302
    block = Block.objects.get(kind="image")
    served = sign_in(fatima).get(block.image_url)
    assert served["Content-Type"] == "image/jpeg"
    with Image.open(io.BytesIO(served.content)) as opened:
        assert (opened.format, opened.width) == ("JPEG", 1200)


def test_what_is_no_image_is_refused_and_words_are_kept(fatima: Person, sign_in: SignIn) -> None:
    issue = make_issue(fatima)
    fake = SimpleUploadedFile("x.png", b"<html><script>alert(1)</script>", "image/png")
    response = sign_in(fatima).post(
        url("add_block", issue, "image"), {"upload": fake, "image_alt": "De zaal vol"}
    )
    assert response.status_code == 400
    assert "De zaal vol" in response.content.decode()
    assert not Block.objects.filter(kind="image").exists()


def test_the_preview_shows_both_languages_and_no_one_else_s_blocks(
    sanne: Person, fatima: Person, sign_in: SignIn
) -> None:
    issue = make_issue(fatima)
    client = sign_in(fatima)
    assert "Hallo Fatima," in client.get(url("preview", issue)).content.decode()
    assert "Hello Fatima," in client.get(url("preview", issue) + "?taal=en").content.decode()
    framed = client.get(url("preview_html", issue))
    assert framed["X-Frame-Options"] == "SAMEORIGIN"
    assert "script-src" not in framed["Content-Security-Policy"]


def test_a_test_mail_goes_to_oneself_only(
    sanne: Person, fatima: Person, sign_in: SignIn, smtp_server: SmtpServer
) -> None:
    issue = make_issue(fatima)
    sign_in(fatima).post(url("trial", issue), {"taal": "nl"})
    deliver_all()
    [mail] = smtp_server.wait_for(1)
    assert mail.recipients == [fatima.email]
    assert mail.message["Subject"] == "Test: Nieuws van de OR"
    assert not Link.objects.exists()


def test_the_sender_finds_out_whether_she_got_it(
    sanne: Person, fatima: Person, joris: Person, sign_in: SignIn, smtp_server: SmtpServer
) -> None:
    issue = make_issue(fatima)
    send_out(joris, issue)
    page = sign_in(joris).get(url("recipients", issue), {"zoek": "de wit"}).content.decode()
    assert sanne.email in page
    assert fatima.email not in page
    assert sign_in(fatima).get(url("recipients", issue)).status_code == 403


def test_the_table_of_states_holds_no_formula(
    sanne: Person, joris: Person, sign_in: SignIn, smtp_server: SmtpServer
) -> None:
    Person.objects.filter(pk=sanne.pk).update(given_name="=1+1")
    issue = make_issue(joris)
    send_out(joris, issue)
    response = sign_in(joris).get(url("states_csv", issue))
    table = b"".join(response.streaming_content).decode()  # type: ignore[attr-defined]
    assert "'=1+1 de Wit;" in table
    assert "verstuurd" in table


def test_an_address_that_came_back_is_listed_and_can_be_tried_again(
    sanne: Person, joris: Person, sign_in: SignIn
) -> None:
    Suppression.objects.create(address=sanne.email, reason="bounced", detail="550 no such user")
    client = sign_in(joris)
    assert "1 adres werkt niet" in client.get(reverse("newsletter:index")).content.decode()
    page = client.get(reverse("newsletter:unreachable")).content.decode()
    assert sanne.full_name in page
    assert "550 no such user" in page
    client.post(reverse("newsletter:try_again"), {"adres": sanne.email})
    assert not Suppression.objects.exists()


def test_pausing_resuming_and_stopping_from_the_page(
    sanne: Person, joris: Person, sign_in: SignIn
) -> None:
    from newsletter.tasks import hand_over_due

    issue = make_issue(joris)
    client = sign_in(joris)
    client.post(url("send", issue), {"moment": "now"})
    hand_over_due()
    client.post(url("pause", issue))
    assert Mailing.objects.get().state == "paused"
    client.post(url("resume", issue))
    assert Mailing.objects.get().state == "queued"
    client.post(url("cancel", issue))
    mailing = Mailing.objects.get()
    assert (mailing.state, mailing.cancelled) == ("cancelled", 2)
    assert set(Delivery.objects.values_list("state", flat=True)) == {"cancelled"}
    page = client.get(url("progress", issue)).content.decode()
    assert "geannuleerd" in page


def test_a_followed_link_is_counted_without_anyone(
    sanne: Person, joris: Person, client: object, smtp_server: SmtpServer, sign_in: SignIn
) -> None:
    make_people(8)
    issue = make_issue(joris, text="[plan](https://voorbeeld.example/plan)")
    add(issue, "post", make_post(joris))
    send_out(joris, issue)
    link = Link.objects.get(target="https://voorbeeld.example/plan")
    anonymous = sign_in(sanne)
    path = reverse("newsletter:follow", args=[link.code])
    for _time in range(10):
        response = anonymous.get(path)
        assert response["Location"] == "https://voorbeeld.example/plan"
    anonymous.head(path)
    assert count_slips() == 10
    link.refresh_from_db()
    assert link.clicks == 10
    assert {field.name for field in Link._meta.get_fields()} == {
        "id",
        "code",
        "issue",
        "target",
        "readers",
        "is_for_all",
        "clicks",
    }


def test_the_archive_keeps_the_words_that_were_sent(
    sanne: Person, joris: Person, sign_in: SignIn, smtp_server: SmtpServer
) -> None:
    post = make_post(joris, "Zoals het was")
    issue = make_issue(joris)
    add(issue, "post", post)
    send_out(joris, issue)
    post.title = "Zoals het werd"
    post.save()
    page = sign_in(sanne).get(url("issue", issue)).content.decode()
    assert "Zoals het was" in page
    assert "Zoals het werd" not in page
