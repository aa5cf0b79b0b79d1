"""Reading: the list, a post, its image; who sees which, and at a constant price."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from blogs import actions
from blogs.lifecycle import CommentPolicy
from blogs.models import Post
from dossiers import images, timeline
from people.models import Person
from tests.blogs.makers import (
    keep_secret,
    make_comment,
    make_dossier,
    make_post,
    picture_upload,
)
from tests.cast import SignIn, make_people

pytestmark = pytest.mark.django_db


def test_employees_read_what_is_published(sign_in: SignIn, fatima: Person, sanne: Person) -> None:
    make_post(fatima, "Zichtbaar nieuws")
    make_post(fatima, "Nog een concept", published=False)
    page = sign_in(sanne).get("/berichten/").content.decode()
    assert "Zichtbaar nieuws" in page
    assert "Nog een concept" not in page


@pytest.mark.parametrize("who", ["bakker", "wim"])
def test_director_and_administrator_find_nothing_here(
    sign_in: SignIn, request: pytest.FixtureRequest, who: str, fatima: Person
) -> None:
    post = make_post(fatima)
    client = sign_in(request.getfixturevalue(who))
    for url in ("/berichten/", f"/berichten/{post.key}/", "/berichten/concepten/"):
        assert client.get(url).status_code == 404


def test_a_draft_answers_404_to_employees(
    sign_in: SignIn, fatima: Person, sanne: Person, joris: Person
) -> None:
    post = make_post(fatima, published=False)
    assert sign_in(sanne).get(f"/berichten/{post.key}/").status_code == 404
    assert sign_in(joris).get(f"/berichten/{post.key}/").status_code == 200


def test_an_empty_list_says_what_will_come(sign_in: SignIn, sanne: Person) -> None:
    assert "Nog geen nieuws" in sign_in(sanne).get("/berichten/").content.decode()


def test_the_list_narrows_by_dossier_and_by_hashtag(
    sign_in: SignIn, fatima: Person, sanne: Person
) -> None:
    dossier = make_dossier(fatima)
    make_post(fatima, "Onder het dossier", "Over #zorg.", dossier=dossier)
    make_post(fatima, "Zonder dossier", "Over #koffie.")
    client = sign_in(sanne)
    by_dossier = client.get("/berichten/", {"dossier": str(dossier.key)}).content.decode()
    by_hashtag = client.get("/berichten/", {"hashtag": "#Koffie"}).content.decode()
    assert "Onder het dossier" in by_dossier
    assert "Zonder dossier" not in by_dossier
    assert "Zonder dossier" in by_hashtag
    assert "Onder het dossier" not in by_hashtag


def test_a_dossier_that_is_none_is_a_bad_request(sign_in: SignIn, sanne: Person) -> None:
    client = sign_in(sanne)
    assert client.get("/berichten/?dossier=onzin").status_code == 400
    unknown = "00000000-0000-4000-8000-000000000000"
    assert client.get(f"/berichten/?dossier={unknown}").status_code == 404


def test_the_name_of_a_dossier_that_is_not_shared_stays_with_the_council(
    sign_in: SignIn, fatima: Person, sanne: Person
) -> None:
    dossier = make_dossier(fatima, "Interne kwikstaart", shared_with_staff=False)
    post = make_post(fatima, dossier=dossier)
    for url in ("/berichten/", f"/berichten/{post.key}/"):
        assert "kwikstaart" not in sign_in(sanne).get(url).content.decode()
        assert "kwikstaart" in sign_in(fatima).get(url).content.decode()


def test_nothing_of_a_secret_dossier_shows_anywhere(
    sign_in: SignIn, fatima: Person, joris: Person, sanne: Person
) -> None:
    dossier = make_dossier(fatima, "Dossier kwikstaart")
    post = make_post(fatima, "Titel kwikstaart", "Tekst kwikstaart #zwaluw", dossier=dossier)
    comment = make_comment(post, sanne, "Reactie kwikstaart")
    actions.report_comment(comment, joris, "Reden kwikstaart")
    planned = make_post(fatima, "Plan kwikstaart", published=False, dossier=dossier)
    keep_secret(dossier, fatima)
    closed = [f"/berichten/{post.key}/", f"/berichten/{post.key}/afbeelding/",
              f"/berichten/{planned.key}/", f"/berichten/reacties/{comment.key}/"]  # fmt: skip
    lists = ["/berichten/", "/berichten/?hashtag=zwaluw"]
    council_lists = ["/berichten/concepten/", "/berichten/moderatie/", "/berichten/schrijven/"]
    for person, pages in ((sanne, lists), (joris, lists + council_lists)):
        client = sign_in(person)
        for url in closed:
            assert client.get(url).status_code == 404
        assert client.get(f"/berichten/?dossier={dossier.key}").status_code == 404
        for url in pages:
            page = client.get(url).content.decode()
            assert "kwikstaart" not in page, url
    assert sign_in(fatima).get(closed[0]).status_code == 200


def test_the_image_follows_the_post(
    sign_in: SignIn, fatima: Person, sanne: Person, joris: Person
) -> None:
    dossier = make_dossier(fatima)
    picture = images.remake(picture_upload())
    text = actions.PostText(
        title="Foto", body="Kijk", image=picture, image_alt="De tuin", dossier=dossier
    )
    post = actions.write_post(fatima, text)
    url = f"/berichten/{post.key}/afbeelding/"
    assert sign_in(sanne).get(url).status_code == 404
    actions.publish_post(post, fatima)
    shown = sign_in(sanne).get(url)
    assert (shown.status_code, shown["Content-Type"]) == (200, "image/webp")
    assert shown["X-Content-Type-Options"] == "nosniff"
    assert "private" in shown["Cache-Control"]
    keep_secret(dossier, fatima)
    assert sign_in(sanne).get(url).status_code == 404
    assert sign_in(joris).get(url).status_code == 404


def test_a_post_without_image_has_no_image_address(sign_in: SignIn, fatima: Person) -> None:
    post = make_post(fatima)
    assert sign_in(fatima).get(f"/berichten/{post.key}/afbeelding/").status_code == 404


def test_versions_are_the_councils(sign_in: SignIn, fatima: Person, sanne: Person) -> None:
    post = make_post(fatima)
    assert sign_in(sanne).get(f"/berichten/{post.key}/versies/").status_code == 403


def grow(post: Post, people: list[Person], posts: int) -> None:
    """More threads under ``post`` and more posts beside it, under the same dossier."""
    for number, person in enumerate(people):
        head = make_comment(post, person, f"Reactie {number}")
        make_comment(post, person, "Antwoord", head)
    for number in range(posts):
        make_post(people[0], f"Bericht {number}", "Over #zorg.", dossier=post.dossier)


@pytest.mark.parametrize("which", ["list", "post"])
@pytest.mark.parametrize("reader", ["sanne", "joris"])
def test_pages_cost_the_same_as_everything_grows_tenfold(
    sign_in: SignIn, request: pytest.FixtureRequest, fatima: Person, which: str, reader: str
) -> None:
    person: Person = request.getfixturevalue(reader)
    dossier = make_dossier(fatima)
    post = make_post(fatima, dossier=dossier, policy=CommentPolicy.OPEN)
    url = "/berichten/" if which == "list" else f"/berichten/{post.key}/"
    client = sign_in(person)
    grow(post, make_people(3), posts=3)
    client.get(url)
    with CaptureQueriesContext(connection) as few:
        client.get(url)
    grow(post, make_people(30), posts=30)
    with CaptureQueriesContext(connection) as many:
        client.get(url)
    assert len(many) == len(few)


def test_a_post_stands_on_the_timeline_of_its_dossier(
    sign_in: SignIn, fatima: Person, sanne: Person
) -> None:
    dossier = make_dossier(fatima)
    make_post(fatima, "Op de tijdlijn", dossier=dossier)
    make_post(fatima, "Nog niet", dossier=dossier, published=False)
    titles = [item.title for item in timeline.of(dossier, sanne)]
    assert "Op de tijdlijn" in titles
    assert "Nog niet" not in titles


def test_an_excerpt_leaves_out_headings_and_closing_hashtags(fatima: Person) -> None:
    post = make_post(fatima, body="Eerste **zin**.\n\n## Kop\n\nTweede #zin hier. #zorg #rooster")
    assert post.excerpt() == "Eerste zin. Tweede #zin hier."
