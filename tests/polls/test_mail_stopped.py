"""Mail that waits when secrecy is imposed does not go out."""

import pytest

from dossiers.actions import impose_secrecy
from dossiers.models import Dossier
from outbox.models import Delivery, Lane, Mailing, MailingState, State
from people.models import Person
from polls import tasks
from polls.actions import reaching
from tests.polls.ballots import make_open, make_people


@pytest.mark.django_db(transaction=True)
def test_an_invitation_that_waits_stops_when_its_dossier_becomes_secret(
    fatima: Person, joris: Person
) -> None:
    make_people(8)
    secret = Dossier.objects.create(title="Overname", opened_by=joris)
    other = Dossier.objects.create(title="Roosters", opened_by=joris)
    for dossier in (secret, other):
        make_open(fatima, "single", mails_invitation=True, dossier=dossier)
    impose_secrecy(joris, secret, imposed_by="de bestuurder", scope="alles", until=None, exempt=[])
    stopped, going = Mailing.objects.order_by("pk")
    assert stopped.state == MailingState.CANCELLED
    assert set(stopped.deliveries.values_list("state", flat=True)) == {State.CANCELLED}
    assert going.state == MailingState.QUEUED
    assert set(going.deliveries.values_list("state", flat=True)) == {State.QUEUED}


@pytest.mark.django_db(transaction=True)
def test_a_portal_that_goes_down_right_after_the_lock_still_sends_nothing(
    fatima: Person, joris: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_people(8)
    secret = Dossier.objects.create(title="Overname", opened_by=joris)
    make_open(fatima, "single", mails_invitation=True, dossier=secret)
    with monkeypatch.context() as down:
        down.setattr(reaching, "withdraw", lambda _mailing: None)
        impose_secrecy(joris, secret, imposed_by="x", scope="alles", until=None, exempt=[])
    assert not Delivery.objects.due(Lane.BULK).filter(mailing__in=Mailing.objects.active()).exists()
    tasks.sweep()
    mailing = Mailing.objects.get()
    assert mailing.label == ""
    assert not mailing.renderings.exclude(subject="", body=b"").exists()
    assert mailing.state == MailingState.CANCELLED
    assert set(mailing.deliveries.values_list("state", flat=True)) == {State.CANCELLED}
