"""Mail that waits when secrecy is imposed does not go out."""

import pytest

from dossiers.actions import impose_secrecy
from dossiers.models import Dossier
from outbox.models import Mailing, MailingState, State
from people.models import Person
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
