"""Writing keeps what was typed, keeps every version, and warns who would overwrite another."""

from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import DjangoCaptureOnCommitCallbacks

from blogs import actions
from blogs.models import Post
from people.models import Person
from tests.blogs.makers import (
    keep_secret,
    make_dossier,
    make_post,
    picture_upload,
    post_form,
)
from tests.cast import SignIn

pytestmark = pytest.mark.django_db
WRITE = "/berichten/schrijven/"


def test_the_council_writes_a_draft_and_reads_it_back(sign_in: SignIn, fatima: Person) -> None:
    client = sign_in(fatima)
    response = client.post(WRITE, post_form(), follow=True)
    post = Post.objects.get()
    assert response.redirect_chain[-1][0] == f"/berichten/{post.key}/"
    assert (post.author, post.state, post.version) == (fatima, "draft", 1)
    assert [tag.name for tag in post.hashtags.all()] == ["roosters"]
    assert post.revisions.count() == 1


@pytest.mark.parametrize("who", ["sanne", "bakker", "wim"])
def test_nobody_else_writes(sign_in: SignIn, request: pytest.FixtureRequest, who: str) -> None:
    person: Person = request.getfixturevalue(who)
    expected = 403 if who == "sanne" else 404
    assert sign_in(person).get(WRITE).status_code == expected
    assert sign_in(person).post(WRITE, post_form()).status_code == expected
    assert not Post.objects.exists()


def test_what_was_typed_survives_a_refusal(sign_in: SignIn, fatima: Person) -> None:
    response = sign_in(fatima).post(WRITE, post_form(title="", body="Lang verhaal over koffie"))
    assert response.status_code == 400
    assert "Lang verhaal over koffie" in response.content.decode()
    assert not Post.objects.exists()


def test_an_update_needs_no_title(sign_in: SignIn, fatima: Person) -> None:
    sign_in(fatima).post(WRITE, post_form(kind="update", title="", body="De bus rijdt weer."))
    assert Post.objects.get().name == "De bus rijdt weer."


def test_an_image_needs_words_for_who_cannot_see_it(sign_in: SignIn, fatima: Person) -> None:
    response = sign_in(fatima).post(WRITE, post_form(upload=picture_upload()))
    assert response.status_code == 400
    assert not Post.objects.exists()


def test_an_image_is_kept_remade_under_a_name_of_its_own(sign_in: SignIn, fatima: Person) -> None:
    sign_in(fatima).post(WRITE, post_form(upload=picture_upload("Jan.png"), image_alt="Rooster"))
    post = Post.objects.get()
    name = str(post.image.name)
    assert name.endswith(".webp")
    assert "Jan" not in name


@pytest.mark.parametrize("content", [b"<svg><script>alert(1)</script></svg>", b"<html>"])
def test_an_image_that_is_none_is_refused_and_the_text_stays(
    sign_in: SignIn, fatima: Person, content: bytes
) -> None:
    upload = SimpleUploadedFile("foto.png", content, "image/png")
    typed = post_form(upload=upload, image_alt="Rooster", body="Blijf staan")
    response = sign_in(fatima).post(WRITE, typed)
    assert response.status_code == 400
    assert "Blijf staan" in response.content.decode()
    assert not Post.objects.exists()


def test_replacing_and_removing_an_image_leaves_no_file_behind(
    sign_in: SignIn,
    fatima: Person,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    client = sign_in(fatima)
    client.post(WRITE, post_form(upload=picture_upload(), image_alt="Een"))
    post = Post.objects.get()
    first = Path(post.image.path)
    edit = f"/berichten/{post.key}/bewerken/"
    with django_capture_on_commit_callbacks(execute=True):
        client.post(edit, post_form(upload=picture_upload(), image_alt="Twee", version=1))
    post.refresh_from_db()
    second = Path(post.image.path)
    assert not first.exists()
    assert second.exists()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(edit, post_form(remove_image="on", version=2))
    post.refresh_from_db()
    assert not post.image
    assert not second.exists()
    assert Path(default_storage.path("")) in second.parents


def test_a_video_needs_its_words_and_loads_nothing_before_a_click(
    sign_in: SignIn, fatima: Person
) -> None:
    client = sign_in(fatima)
    video = "https://www.video.example/kijk?v=1"
    refused = client.post(WRITE, post_form(media_url=video))
    assert refused.status_code == 400
    assert video in refused.content.decode()
    client.post(WRITE, post_form(media_url=video, transcript="Joris legt het rooster uit."))
    page = client.get(Post.objects.get().get_absolute_url()).content.decode()
    assert "Joris legt het rooster uit." in page
    assert "video.example" in page
    assert page.count(video.replace("&", "&amp;")) == 1
    assert f'<a class="btn btn-secondary" href="{video}"' in page
    assert "<iframe" not in page
    assert "<video" not in page


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "geen adres"])
def test_an_address_of_a_video_is_a_web_address(
    sign_in: SignIn, fatima: Person, address: str
) -> None:
    typed = post_form(media_url=address, transcript="x")
    assert sign_in(fatima).post(WRITE, typed).status_code == 400


def test_every_save_is_a_version(sign_in: SignIn, fatima: Person, joris: Person) -> None:
    post = make_post(fatima, body="eerste")
    sign_in(joris).post(f"/berichten/{post.key}/bewerken/", post_form(body="tweede", version=1))
    post.refresh_from_db()
    assert (post.version, post.body) == (2, "tweede")
    assert post.edited_at is not None
    assert [(r.number, r.body, r.author) for r in post.revisions.all()] == [
        (2, "tweede", joris),
        (1, "eerste", fatima),
    ]
    page = sign_in(joris).get(f"/berichten/{post.key}/versies/").content.decode()
    assert "eerste" in page


def test_who_started_from_an_older_version_is_warned_and_loses_nothing(
    sign_in: SignIn, fatima: Person, joris: Person
) -> None:
    post = make_post(fatima, body="begin", published=False)
    edit = f"/berichten/{post.key}/bewerken/"
    sign_in(fatima).post(edit, post_form(body="van fatima", version=1))
    conflict = sign_in(joris).post(edit, post_form(body="van joris", version=1))
    page = conflict.content.decode()
    assert conflict.status_code == 409
    assert "van fatima" in page
    assert "van joris" in page
    assert "Fatima Yılmaz" in page
    post.refresh_from_db()
    assert post.body == "van fatima"
    knowingly = sign_in(joris).post(edit, post_form(body="van joris", version=2))
    assert knowingly.status_code == 302
    post.refresh_from_db()
    assert post.body == "van joris"


def test_the_conflict_page_offers_the_newer_version_as_the_next_base(
    sign_in: SignIn, fatima: Person
) -> None:
    post = make_post(fatima, published=False)
    text = actions.PostText(title="x", body="y")
    actions.revise_post(post, fatima, text, based_on=1)
    conflict = sign_in(fatima).post(f"/berichten/{post.key}/bewerken/", post_form(version=1))
    assert '<input type="hidden" name="version" value="2"' in conflict.content.decode()


def test_an_older_version_can_be_the_start_of_a_new_one(sign_in: SignIn, fatima: Person) -> None:
    post = make_post(fatima, body="eerste woorden", published=False)
    actions.revise_post(post, fatima, actions.PostText(title="x", body="tweede"), based_on=1)
    edit = f"/berichten/{post.key}/bewerken/"
    page = sign_in(fatima).get(f"{edit}?version=1").content.decode()
    assert "eerste woorden" in page
    assert '<input type="hidden" name="version" value="2"' in page
    assert sign_in(fatima).get(f"{edit}?version=9").status_code == 404


def test_the_preview_button_works_without_javascript_and_saves_nothing(
    sign_in: SignIn, fatima: Person
) -> None:
    typed = post_form(title="", body="# Kop\n\nEen **vet** woord.", preview="1")
    response = sign_in(fatima).post(WRITE, typed)
    page = response.content.decode()
    assert response.status_code == 200
    assert "<strong>vet</strong>" in page
    assert "# Kop" in page
    assert not Post.objects.exists()


def test_the_live_preview_shows_how_easily_it_reads(sign_in: SignIn, fatima: Person) -> None:
    body = "De reorganisatie komt eraan. " * 10
    response = sign_in(fatima).post("/berichten/voorbeeld/", {"title": "T", "body": body})
    page = response.content.decode()
    assert 'class="reading-hard"' in page
    assert "<html" not in page


def test_employees_get_no_preview(sign_in: SignIn, sanne: Person) -> None:
    assert sign_in(sanne).post("/berichten/voorbeeld/", {"body": "x"}).status_code == 403


def test_a_secret_dossier_is_not_offered_to_who_is_not_exempt(
    sign_in: SignIn, fatima: Person, joris: Person
) -> None:
    dossier = make_dossier(fatima, "Fusie met kwikstaart")
    keep_secret(dossier, fatima)
    assert "kwikstaart" in sign_in(fatima).get(WRITE).content.decode()
    assert "kwikstaart" not in sign_in(joris).get(WRITE).content.decode()
    refused = sign_in(joris).post(WRITE, post_form(dossier=dossier.pk))
    assert refused.status_code == 400


def test_a_draft_is_thrown_away_by_its_author_only(
    sign_in: SignIn, fatima: Person, joris: Person
) -> None:
    post = make_post(fatima, published=False)
    url = f"/berichten/{post.key}/weggooien/"
    assert sign_in(joris).post(url).status_code == 403
    assert sign_in(fatima).post(url).status_code == 302
    assert not Post.objects.exists()


def test_a_dossiers_page_can_ask_for_a_post_under_it(sign_in: SignIn, fatima: Person) -> None:
    dossier = make_dossier(fatima)
    page = sign_in(fatima).get(f"{WRITE}?dossier={dossier.key}").content.decode()
    assert f'<option value="{dossier.pk}" selected>' in page
