"""A comment as evidence of its own: only with its writer's consent, and without a name."""

import pytest
from django.urls import reverse

from advice.evidence import NotDisclosed
from advice.sources.telling import CommentSource
from blogs.actions import commenting
from blogs.models import Comment
from dossiers.actions import impose_secrecy
from dossiers.models import Dossier
from people.models import Person
from tests.blogs.makers import make_post
from tests.cast import SignIn

pytestmark = pytest.mark.django_db


@pytest.fixture
def dossier(fatima: Person) -> Dossier:
    return Dossier.objects.create(title="Roosters", opened_by=fatima, shared_with_staff=True)


def offered(dossier: Dossier, person: Person) -> list[str]:
    return [
        offer.ref for group in CommentSource().offers(dossier, person) for offer in group.offers
    ]


def test_a_writer_lets_the_council_quote_and_takes_it_back(
    dossier: Dossier, fatima: Person, sanne: Person, sign_in: SignIn
) -> None:
    post = make_post(fatima, "Nieuwe roosters")
    post.dossier = dossier
    post.save()
    client = sign_in(sanne)
    url = reverse("blogs:comment", args=[post.key])
    client.post(url, {"body": "De nachten zijn te kort bezet.", "may_quote": "on"})
    client.post(url, {"body": "Dit is voor collega’s."})
    quoted, kept = Comment.objects.order_by("pk")
    assert offered(dossier, fatima) == [str(quoted.key)]
    draft = CommentSource().draft(str(quoted.key), dossier, fatima)
    assert "De nachten zijn te kort bezet." in draft.statement
    assert sanne.family_name not in draft.statement
    assert (draft.quote, draft.quote_consent) == (quoted.body, True)
    with pytest.raises(NotDisclosed):
        CommentSource().draft(str(kept.key), dossier, fatima)
    commenting.edit_comment(quoted, "De nachten zijn te kort bezet.", may_quote=False)
    assert offered(dossier, fatima) == []


def test_neither_hidden_nor_secret_comments_are_offered(
    dossier: Dossier, fatima: Person, joris: Person, sanne: Person
) -> None:
    post = make_post(fatima, "Nieuwe roosters")
    post.dossier = dossier
    post.save()
    first = commenting.write_comment(post, sanne, "Eerste", may_quote=True)
    commenting.write_comment(post, sanne, "Tweede", may_quote=True)
    commenting.hide_comment(first, joris, "Dit gaat over een persoon.")
    assert len(offered(dossier, fatima)) == 1
    impose_secrecy(joris, dossier, imposed_by="x", scope="x", until=None, exempt=[joris])
    assert offered(dossier, fatima) == []
