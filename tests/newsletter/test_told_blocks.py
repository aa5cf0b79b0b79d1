"""What was done with answers, and news of dossiers, for those who may see them."""

import pytest
from django.utils import timezone

from dossiers.models import Dossier
from newsletter import actions, mailing
from newsletter.blocks import kind_of
from newsletter.models import Issue
from newsletter.sources.outcomes import OUTCOMES
from people.models import Person
from polls.actions.outcomes import publish_outcome
from polls.models import Consultation
from tests.blogs.makers import keep_secret
from tests.newsletter.making import body, deliver_all, make_issue, make_poll
from tests.plugins.mail import SmtpServer

pytestmark = pytest.mark.django_db


@pytest.fixture
def poll(sanne: Person, fatima: Person, ineke: Person) -> Consultation:
    """Only Sanne was asked; what was done with it is told."""
    poll = make_poll(ineke, [sanne], "Roosters")
    publish_outcome(poll, heard="Het rooster komt **te laat**.", done="Zes weken vooraf.", by=ineke)
    return poll


def send(sender: Person, kind: str, key: object) -> Issue:
    issue = make_issue(sender)
    actions.add_block(issue, kind, object_key=str(key))
    actions.send_issue(sender, issue)
    mailing.hand_over(issue)
    deliver_all()
    issue.refresh_from_db()
    return issue


def test_both_halves_go_to_who_was_asked_until_everyone_may_know(
    sanne: Person, fatima: Person, ineke: Person, poll: Consultation, smtp_server: SmtpServer
) -> None:
    send(ineke, "outcome", poll.key)
    smtp_server.wait_for(3)
    for kind in ("plain", "html"):
        words = body(smtp_server.to(sanne.email)[0], kind)
        assert "Het rooster komt te laat." in words
        assert "Zes weken vooraf." in words
        assert "Zes weken vooraf." not in body(smtp_server.to(fatima.email)[0], kind)


def test_what_is_not_told_yet_or_secret_is_not_offered(ineke: Person, poll: Consultation) -> None:
    assert [key for key, _words in OUTCOMES.choices()] == [str(poll.key)]
    poll.outcome.published_on = None
    poll.outcome.save()
    assert list(OUTCOMES.choices()) == []
    poll.outcome.published_on = timezone.localdate()
    poll.outcome.save()
    dossier = Dossier.objects.create(title="Fusie", opened_by=ineke)
    Consultation.objects.filter(pk=poll.pk).update(dossier=dossier)
    keep_secret(dossier, ineke)
    assert list(OUTCOMES.choices()) == []
    assert OUTCOMES.find([str(poll.key)]) == {}


def test_a_dossier_is_offered_once_it_is_shared_and_stops_a_sending_when_it_is_locked(
    sanne: Person, ineke: Person, smtp_server: SmtpServer
) -> None:
    dossiers = kind_of("dossier")
    assert dossiers is not None
    dossier = Dossier.objects.create(
        title="Roosterbeleid", opened_by=ineke, summary="Wat we *doen*.", shared_with_staff=False
    )
    assert list(dossiers.choices()) == []
    Dossier.objects.filter(pk=dossier.pk).update(shared_with_staff=True)
    issue = send(ineke, "dossier", dossier.key)
    smtp_server.wait_for(2)
    assert "Wat we doen." in body(smtp_server.to(sanne.email)[0], "plain")
    assert list(issue.dossiers.all()) == [dossier]
    keep_secret(dossier, ineke)
    assert list(dossiers.choices()) == []
