"""What a lock stopped is forgotten as well: the outbox keeps no secret words, nor test mails."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.urls import reverse

from dossiers.actions import impose_secrecy, lift_secrecy
from dossiers.models import Dossier
from newsletter import actions, mailing
from newsletter.models import Block, Issue, Trial
from newsletter.stopping import Locked, make_rest
from newsletter.tasks import hand_over_due
from outbox import delivering, transport
from outbox.models import Delivery, Lane, Mailing, MailingState, Rendering, State
from people.models import Person
from tests.cast import SignIn
from tests.newsletter.making import add, deliver_all, make_issue, make_post
from tests.plugins.mail import SmtpServer

pytestmark = pytest.mark.django_db
MARK = "Geheim-vuurtoren"
Commits = Callable[..., AbstractContextManager[list[Any]]]


@pytest.fixture
def dossier(ineke: Person) -> Dossier:
    return Dossier.objects.create(title="Fusie", opened_by=ineke)


@pytest.fixture
def draft(sanne: Person, ineke: Person, dossier: Dossier) -> Issue:
    """With a post and own words about one dossier; for two readers."""
    issue = make_issue(ineke, MARK)
    add(issue, "post", make_post(ineke, MARK, dossier))
    Block.objects.create(issue=issue, position=9, kind="text", text=MARK, dossier=dossier)
    return issue


@pytest.fixture
def on_its_way(draft: Issue, ineke: Person) -> Issue:
    """Handed over, nothing sent yet."""
    actions.send_issue(ineke, draft)
    mailing.hand_over(draft)
    draft.refresh_from_db()
    return draft


def lock(dossier: Dossier, by: Person) -> None:
    impose_secrecy(by, dossier, imposed_by="bestuurder", scope="alles", until=None, exempt=())


def words_in_the_outbox() -> bytes:
    """All that the outbox could tell of what its mails said."""
    told = [bytes(body) for body in Rendering.objects.values_list("body", flat=True)]
    told += [text.encode() for text in Rendering.objects.values_list("subject", flat=True)]
    told += [text.encode() for text in Mailing.objects.values_list("label", flat=True)]
    return b" ".join(told)


def test_a_stopped_newsletter_leaves_no_words_in_the_outbox(
    on_its_way: Issue,
    dossier: Dossier,
    ineke: Person,
    django_capture_on_commit_callbacks: Commits,
) -> None:
    assert MARK.encode() in words_in_the_outbox()
    with django_capture_on_commit_callbacks(execute=True):
        lock(dossier, ineke)
    assert MARK.encode() not in words_in_the_outbox()
    assert set(Delivery.objects.values_list("state", flat=True)) == {State.CANCELLED}


@pytest.mark.parametrize("crashed", ["before cancelling", "before forgetting"])
def test_a_sweep_forgets_what_a_crash_left(
    on_its_way: Issue, dossier: Dossier, ineke: Person, crashed: str
) -> None:
    lock(dossier, ineke)  # and the portal goes down before it can cancel
    if crashed == "before forgetting":
        Mailing.objects.update(state=MailingState.CANCELLED)
    assert MARK.encode() in words_in_the_outbox()
    hand_over_due()
    assert MARK.encode() not in words_in_the_outbox()
    assert set(Delivery.objects.values_list("state", flat=True)) == {State.CANCELLED}


def test_a_worker_that_holds_mails_of_a_forgotten_newsletter_sends_none(
    on_its_way: Issue,
    dossier: Dossier,
    ineke: Person,
    smtp_server: SmtpServer,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Commits,
) -> None:
    monkeypatch.setattr(delivering, "LOOK_EVERY", 60.0)
    connect = transport.connect

    def connect_late() -> Any:
        with django_capture_on_commit_callbacks(execute=True):
            lock(dossier, ineke)
        return connect()

    monkeypatch.setattr(transport, "connect", connect_late)
    delivering.form.cache_clear()
    assert len(delivering.deliver_batch(Lane.BULK).rows) == 2
    assert smtp_server.deliveries == []
    assert set(Delivery.objects.values_list("state", flat=True)) == {State.CANCELLED}
    made = Mailing.objects.get()
    assert (made.total, made.cancelled) == (2, 2)


def test_a_mail_whose_words_are_gone_is_never_sent_empty(
    on_its_way: Issue, smtp_server: SmtpServer
) -> None:
    Rendering.objects.update(body=b"")
    deliver_all()
    assert smtp_server.deliveries == []
    assert set(Delivery.objects.values_list("state", flat=True)) == {State.FAILED}


def test_after_the_lock_it_goes_on_as_an_issue_of_its_own(
    on_its_way: Issue,
    dossier: Dossier,
    ineke: Person,
    sign_in: SignIn,
    smtp_server: SmtpServer,
    django_capture_on_commit_callbacks: Commits,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        lock(dossier, ineke)
    lift_secrecy(ineke, dossier, reason="bekend")
    issue = Issue.objects.get(pk=on_its_way.pk)
    with pytest.raises(Locked):
        actions.send_again(ineke, issue, [State.CANCELLED])
    page = sign_in(ineke).get(reverse("newsletter:progress", args=[issue.key]))
    assert reverse("newsletter:again", args=[issue.key]) not in page.content.decode()
    assert reverse("newsletter:rest", args=[issue.key]) in page.content.decode()
    rest = make_rest(ineke, issue)
    actions.send_issue(ineke, rest)
    mailing.hand_over(rest)
    deliver_all()
    assert MARK.encode() in smtp_server.wait_for(2)[0].data


def test_a_waiting_test_mail_is_stopped_and_forgotten(
    draft: Issue,
    dossier: Dossier,
    ineke: Person,
    smtp_server: SmtpServer,
    django_capture_on_commit_callbacks: Commits,
) -> None:
    assert mailing.send_trial(draft, ineke, "nl")
    assert MARK.encode() in words_in_the_outbox()
    with django_capture_on_commit_callbacks(execute=True):
        lock(dossier, ineke)
    deliver_all()
    assert smtp_server.deliveries == []
    assert MARK.encode() not in words_in_the_outbox()


def test_a_test_mail_held_by_a_crash_is_stopped_by_the_sweep(
    draft: Issue, dossier: Dossier, ineke: Person, smtp_server: SmtpServer
) -> None:
    mailing.send_trial(draft, ineke, "nl")
    lock(dossier, ineke)
    deliver_all()
    assert smtp_server.deliveries == []
    hand_over_due()
    assert MARK.encode() not in words_in_the_outbox()


def test_a_test_mail_about_something_else_goes_out_and_is_forgotten_with_its_mail(
    draft: Issue, ineke: Person, smtp_server: SmtpServer
) -> None:
    mailing.send_trial(draft, ineke, "nl")
    lock(Dossier.objects.create(title="Rooster", opened_by=ineke), ineke)
    deliver_all()
    assert len(smtp_server.wait_for(1)) == 1
    Delivery.objects.all().delete()
    Mailing.objects.all().delete()
    assert not Trial.objects.exists()
