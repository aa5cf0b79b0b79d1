"""Nothing behind the lock of art. 20 is in a newsletter: not offered, not sent, not archived."""

import pytest

from dossiers.models import Dossier, Secrecy
from newsletter import actions, mailing
from newsletter.archive import archived_parts
from newsletter.blocks import kinds
from newsletter.models import IssueState
from people.models import Person
from tests.newsletter.making import add, deliver_all, make_issue, make_post
from tests.plugins.mail import SmtpServer

pytestmark = pytest.mark.django_db
MARK = "Geheim-vuurtoren"


@pytest.fixture
def locked(ineke: Person) -> Dossier:
    dossier = Dossier.objects.create(title="Fusie", opened_by=ineke)
    secrecy = Secrecy.objects.create(dossier=dossier, imposed_by="bestuurder", scope="alles")
    secrecy.exempt.add(ineke)
    return dossier


def test_what_is_locked_is_not_offered_even_to_who_is_exempt(
    ineke: Person, locked: Dossier
) -> None:
    make_post(ineke, MARK, locked)
    offered = [words for kind in kinds() for _key, words in kind.choices()]
    assert MARK not in " ".join(offered)


def test_a_lock_that_falls_before_the_sending_keeps_the_block_out(
    sanne: Person, ineke: Person, smtp_server: SmtpServer
) -> None:
    dossier = Dossier.objects.create(title="Fusie", opened_by=ineke)
    issue = make_issue(ineke)
    add(issue, "post", make_post(ineke, MARK, dossier))
    actions.send_issue(ineke, issue)
    Secrecy.objects.create(dossier=dossier, imposed_by="bestuurder", scope="alles")
    mailing.hand_over(issue)
    deliver_all()
    for arrived in smtp_server.wait_for(2):
        assert MARK.encode() not in arrived.data


def test_a_lock_that_falls_afterwards_takes_it_out_of_the_archive(
    sanne: Person, ineke: Person
) -> None:
    dossier = Dossier.objects.create(title="Fusie", opened_by=ineke)
    issue = make_issue(ineke)
    add(issue, "post", make_post(ineke, MARK, dossier))
    actions.send_issue(ineke, issue)
    mailing.hand_over(issue)
    issue.refresh_from_db()
    assert MARK in str(archived_parts(issue, sanne))
    secrecy = Secrecy.objects.create(dossier=dossier, imposed_by="bestuurder", scope="alles")
    secrecy.exempt.add(ineke)
    assert MARK not in str(archived_parts(issue, ineke))


def test_an_issue_of_which_nothing_may_be_shown_any_more_is_a_draft_again(
    sanne: Person, ineke: Person
) -> None:
    dossier = Dossier.objects.create(title="Fusie", opened_by=ineke)
    issue = make_issue(ineke)
    issue.blocks.all().delete()
    add(issue, "post", make_post(ineke, MARK, dossier))
    actions.send_issue(ineke, issue)
    Secrecy.objects.create(dossier=dossier, imposed_by="bestuurder", scope="alles")
    assert not mailing.hand_over(issue)
    issue.refresh_from_db()
    assert issue.state == IssueState.DRAFT
