"""Employees comment under their name; their words stay theirs."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from blogs import actions
from blogs.lifecycle import CommentPolicy, CommentState
from blogs.models import Comment, Report
from people.models import Person
from tests.blogs.makers import make_comment, make_post
from tests.cast import SignIn

pytestmark = pytest.mark.django_db


def test_an_employee_comments_and_everyone_reads_it_with_the_name(
    sign_in: SignIn, fatima: Person, sanne: Person, omar: Person
) -> None:
    post = make_post(fatima)
    sign_in(sanne).post(f"/berichten/{post.key}/reageren/", {"body": "Dit helpt **mij**."})
    page = sign_in(omar).get(f"/berichten/{post.key}/").content.decode()
    assert "Sanne de Wit" in page
    assert "Dit helpt <strong>mij</strong>." in page


def test_an_empty_comment_is_refused_on_the_same_page(
    sign_in: SignIn, fatima: Person, sanne: Person
) -> None:
    post = make_post(fatima, "Titel blijft staan")
    response = sign_in(sanne).post(f"/berichten/{post.key}/reageren/", {"body": "  "})
    assert response.status_code == 400
    assert "Titel blijft staan" in response.content.decode()
    assert not Comment.objects.exists()


def test_a_reply_joins_the_thread_and_a_refused_reply_keeps_its_words(
    sign_in: SignIn, fatima: Person, sanne: Person, omar: Person
) -> None:
    post = make_post(fatima)
    head = make_comment(post, sanne)
    reply = make_comment(post, omar, "Eens!", head)
    url = f"/berichten/{post.key}/reageren/"
    sign_in(sanne).post(url, {"body": "Dank je", "parent": str(reply.key)})
    assert Comment.objects.get(body="Dank je").parent == head
    too_long = "w" * 4001
    refused = sign_in(sanne).post(url, {"body": too_long, "parent": str(head.key)})
    assert refused.status_code == 400
    assert too_long in refused.content.decode()


@pytest.mark.parametrize("parent", ["onzin", "00000000-0000-4000-8000-000000000000"])
def test_a_reply_to_nothing_is_404(
    sign_in: SignIn, fatima: Person, sanne: Person, parent: str
) -> None:
    post = make_post(fatima)
    typed = {"body": "x", "parent": parent}
    assert sign_in(sanne).post(f"/berichten/{post.key}/reageren/", typed).status_code == 404


def test_a_closed_post_takes_no_comments_and_shows_the_old_ones(
    sign_in: SignIn, fatima: Person, sanne: Person
) -> None:
    post = make_post(fatima)
    make_comment(post, sanne, "Van eerder")
    post.comment_policy = CommentPolicy.CLOSED
    post.save()
    client = sign_in(sanne)
    assert client.post(f"/berichten/{post.key}/reageren/", {"body": "x"}).status_code == 403
    page = client.get(f"/berichten/{post.key}/").content.decode()
    assert "Van eerder" in page
    assert "<textarea" not in page


def test_a_moderated_comment_waits_and_its_writer_sees_that(
    sign_in: SignIn, fatima: Person, sanne: Person, omar: Person
) -> None:
    post = make_post(fatima, policy=CommentPolicy.MODERATED)
    url = f"/berichten/{post.key}/"
    client = sign_in(sanne)
    client.post(f"{url}reageren/", {"body": "Mag dit?"})
    assert "Mag dit?" in client.get(url).content.decode()
    assert "Mag dit?" not in sign_in(omar).get(url).content.decode()


def test_the_council_itself_does_not_wait(fatima: Person) -> None:
    post = make_post(fatima, policy=CommentPolicy.MODERATED)
    assert make_comment(post, fatima).state == CommentState.VISIBLE


def test_own_words_can_be_changed_for_half_an_hour(
    sign_in: SignIn, fatima: Person, sanne: Person, omar: Person
) -> None:
    comment = make_comment(make_post(fatima), sanne)
    url = f"/berichten/reacties/{comment.key}/bewerken/"
    assert sign_in(omar).get(url).status_code == 403
    assert sign_in(sanne).post(url, {"body": "Beter"}).status_code == 302
    comment.refresh_from_db()
    assert comment.body == "Beter"
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=31)):
        assert sign_in(sanne).post(url, {"body": "Te laat"}).status_code == 403


def test_a_changed_comment_is_read_again_where_the_council_reads_first(
    fatima: Person, sanne: Person
) -> None:
    comment = make_comment(make_post(fatima, policy=CommentPolicy.MODERATED), sanne)
    actions.let_through(comment)
    assert actions.edit_comment(comment, "Iets heel anders").state == CommentState.WAITING


def test_a_deleted_comment_is_wiped_and_its_place_stays_only_for_replies(
    sign_in: SignIn, fatima: Person, sanne: Person, omar: Person
) -> None:
    post = make_post(fatima)
    alone, head = make_comment(post, sanne, "Alleen"), make_comment(post, sanne, "Weg hiermee")
    make_comment(post, omar, "Mijn antwoord", head)
    client = sign_in(sanne)
    for comment in (alone, head):
        client.post(f"/berichten/reacties/{comment.key}/verwijderen/")
    page = client.get(f"/berichten/{post.key}/").content.decode()
    assert "Mijn antwoord" in page
    assert "Weg hiermee" not in page
    assert not Comment.objects.filter(body__in=["Alleen", "Weg hiermee"]).exists()
    assert sign_in(omar).post(f"/berichten/reacties/{head.key}/verwijderen/").status_code == 403


def test_a_reader_reports_a_comment_once_and_not_their_own(
    sign_in: SignIn, fatima: Person, sanne: Person, omar: Person
) -> None:
    comment = make_comment(make_post(fatima), sanne)
    url = f"/berichten/reacties/{comment.key}/melden/"
    for reason in ("Dit is niet waar", "Echt niet"):
        assert sign_in(omar).post(url, {"reason": reason}).status_code == 302
    assert [report.reason for report in Report.objects.all()] == ["Echt niet"]
    assert sign_in(sanne).get(url).status_code == 403


def test_the_link_to_a_comment_finds_its_page(
    sign_in: SignIn, fatima: Person, sanne: Person
) -> None:
    post = make_post(fatima)
    comments = [make_comment(post, sanne, f"Nummer {number}.") for number in range(35)]
    response = sign_in(sanne).get(f"/berichten/reacties/{comments[-1].key}/")
    assert response["Location"].endswith(f"?page=2#reactie-{comments[-1].key}")
    page = sign_in(sanne).get(response["Location"].split("#")[0]).content.decode()
    assert "Nummer 34." in page


def test_comments_on_a_draft_cannot_be_placed(sign_in: SignIn, fatima: Person) -> None:
    post = make_post(fatima, published=False)
    typed = {"body": "x"}
    assert sign_in(fatima).post(f"/berichten/{post.key}/reageren/", typed).status_code == 403
