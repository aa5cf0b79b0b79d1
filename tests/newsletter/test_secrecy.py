"""Nothing behind the lock of art. 20 is in a newsletter: not offered, not sent, not archived."""

import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from dossiers.actions import impose_secrecy, lift_secrecy
from dossiers.models import Dossier, Secrecy
from newsletter import actions, mailing
from newsletter.archive import archived_parts
from newsletter.audience import chosen
from newsletter.blocks import kinds
from newsletter.brought import IssueSource
from newsletter.checks import checks_of, outline_of
from newsletter.models import Block, Issue, IssueState
from newsletter.rules import may_make_rest
from newsletter.stopping import Locked, make_rest
from newsletter.tasks import hand_over_due
from outbox import delivering
from outbox.models import Delivery, Lane, Mailing, MailingState, State
from people.models import Act, Person
from tests.cast import SignIn
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


def test_a_lock_that_falls_before_the_sending_makes_it_a_draft_that_a_person_looks_at(
    sanne: Person, ineke: Person, smtp_server: SmtpServer, sign_in: SignIn
) -> None:
    dossier = Dossier.objects.create(title="Fusie", opened_by=ineke)
    issue = make_issue(ineke)
    add(issue, "post", make_post(ineke, MARK, dossier))
    actions.send_issue(ineke, issue)
    Secrecy.objects.create(dossier=dossier, imposed_by="bestuurder", scope="alles")
    assert not mailing.hand_over(issue)
    issue.refresh_from_db()
    assert (issue.state, Delivery.objects.count()) == (IssueState.DRAFT, 0)
    assert Act.objects.filter(verb="newsletter.stop").exists()
    assert not may_make_rest(ineke, issue)
    browser = sign_in(ineke)
    assert "1 nieuwsbrief niet verstuurd" in browser.get("/").content.decode()
    assert "kijk ernaar" in browser.get(reverse("newsletter:index")).content.decode()
    written = reverse("newsletter:compose", args=[issue.key])
    assert "Niet verstuurd op" in browser.get(written).content.decode()
    actions.send_issue(ineke, issue)
    assert "nieuwsbrief niet verstuurd" not in browser.get("/").content.decode()
    assert mailing.hand_over(issue)
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


Commits = Callable[..., AbstractContextManager[list[Any]]]


@pytest.fixture
def dossier(ineke: Person) -> Dossier:
    return Dossier.objects.create(title="Fusie", opened_by=ineke)


@pytest.fixture
def on_its_way(sanne: Person, fatima: Person, ineke: Person, dossier: Dossier) -> Issue:
    """Handed over to three, with a post and own words about one dossier; nothing sent yet."""
    issue = make_issue(ineke)
    add(issue, "post", make_post(ineke, MARK, dossier))
    Block.objects.create(issue=issue, position=9, kind="text", text=MARK, dossier=dossier)
    actions.send_issue(ineke, issue)
    mailing.hand_over(issue)
    issue.refresh_from_db()
    return issue


def words_of(issue: Issue, reader: Person) -> str:
    return " ".join(f"{line.title} {line.words}" for line in outline_of(issue, reader))


def lock(dossier: Dossier, by: Person) -> None:
    impose_secrecy(by, dossier, imposed_by="bestuurder", scope="alles", until=None, exempt=())


def test_a_lock_that_falls_while_it_goes_out_stops_it_for_who_did_not_get_it(
    on_its_way: Issue,
    dossier: Dossier,
    ineke: Person,
    smtp_server: SmtpServer,
    django_capture_on_commit_callbacks: Commits,
) -> None:
    first = Delivery.objects.order_by("pk").first()
    assert first is not None
    Delivery.objects.exclude(pk=first.pk).update(next_attempt_at="2099-01-01T00:00Z")
    delivering.deliver_batch(Lane.BULK)
    assert len(smtp_server.wait_for(1)) == 1
    with django_capture_on_commit_callbacks(execute=True):
        lock(dossier, ineke)
    Delivery.objects.filter(state=State.QUEUED).update(next_attempt_at="2020-01-01T00:00Z")
    deliver_all()
    assert len(smtp_server.deliveries) == 1
    on_its_way.refresh_from_db()
    assert on_its_way.mailing is not None
    assert on_its_way.mailing.state == MailingState.CANCELLED
    assert (on_its_way.mailing.sent, on_its_way.mailing.cancelled) == (1, 2)
    assert Act.objects.filter(verb="newsletter.stop", actor_key="").count() == 1


def test_it_is_held_in_the_very_transaction_and_a_sweep_finishes_what_a_crash_left(
    on_its_way: Issue, dossier: Dossier, ineke: Person, smtp_server: SmtpServer
) -> None:
    lock(dossier, ineke)  # and the portal goes down before it can cancel
    deliver_all()
    assert smtp_server.deliveries == []
    on_its_way.refresh_from_db()
    assert on_its_way.mailing is not None
    assert on_its_way.mailing.state == MailingState.PAUSED
    hand_over_due()
    on_its_way.mailing.refresh_from_db()
    assert on_its_way.mailing.state == MailingState.CANCELLED


def test_nobody_goes_on_or_sends_again_past_the_lock(
    on_its_way: Issue,
    dossier: Dossier,
    ineke: Person,
    sign_in: SignIn,
    smtp_server: SmtpServer,
    django_capture_on_commit_callbacks: Commits,
) -> None:
    actions.pause_sending(ineke, on_its_way)
    lock(dossier, ineke)
    with pytest.raises(Locked):
        actions.resume_sending(ineke, on_its_way)
    hand_over_due()
    with pytest.raises(Locked):
        actions.send_again(ineke, on_its_way, [State.CANCELLED, State.FAILED])
    browser = sign_in(ineke)
    for name, data in (("again", {"stand": "cancelled"}), ("resume", {})):
        answer = browser.post(
            reverse(f"newsletter:{name}", args=[on_its_way.key]), data, follow=True
        )
        assert "geheim" in answer.content.decode()
    deliver_all()
    assert smtp_server.deliveries == []


def test_a_newsletter_about_something_else_goes_on(
    on_its_way: Issue, ineke: Person, smtp_server: SmtpServer
) -> None:
    other = Dossier.objects.create(title="Rooster", opened_by=ineke)
    lock(other, ineke)
    deliver_all()
    assert len(smtp_server.wait_for(3)) == 3


def test_after_sending_a_failed_mail_is_not_sent_again_past_the_lock(
    on_its_way: Issue, dossier: Dossier, ineke: Person, smtp_server: SmtpServer
) -> None:
    deliver_all()
    smtp_server.wait_for(3)
    Delivery.objects.update(state=State.FAILED)
    Mailing.objects.update(sent=0, failed=3)
    lock(dossier, ineke)
    with pytest.raises(Locked):
        actions.send_again(ineke, on_its_way, [State.FAILED])
    lift_secrecy(ineke, dossier, reason="bekend")
    assert actions.send_again(ineke, on_its_way, [State.FAILED]) == 3


def test_who_did_not_get_it_can_get_the_rest_and_nothing_twice(
    on_its_way: Issue,
    dossier: Dossier,
    ineke: Person,
    sanne: Person,
    fatima: Person,
    smtp_server: SmtpServer,
    django_capture_on_commit_callbacks: Commits,
) -> None:
    Delivery.objects.filter(address=sanne.email).update(state=State.SENT)
    Delivery.objects.filter(address=ineke.email).update(state=State.UNKNOWN)
    Mailing.objects.update(sent=1, unknown=1)
    with django_capture_on_commit_callbacks(execute=True):
        lock(dossier, ineke)
    rest = make_rest(ineke, Issue.objects.get(pk=on_its_way.pk))
    assert [person.pk for person in chosen(rest)] == [fatima.pk]
    actions.send_issue(ineke, rest)
    mailing.hand_over(rest)
    deliver_all()
    (arrived,) = smtp_server.wait_for(1)
    assert arrived.recipients == [fatima.email]
    assert MARK.encode() not in arrived.data
    with pytest.raises(Locked):
        make_rest(ineke, Issue.objects.get(pk=on_its_way.pk))
    lift_secrecy(ineke, dossier, reason="bekend")
    with pytest.raises(Locked):
        actions.send_again(ineke, on_its_way, [State.CANCELLED])


def test_own_words_about_a_locked_dossier_show_to_nobody_in_any_outlet(
    on_its_way: Issue, dossier: Dossier, ineke: Person, fatima: Person, sign_in: SignIn
) -> None:
    draft = make_issue(fatima)
    own = Block.objects.create(
        issue=draft, position=2, kind="text", heading=MARK, text=f"{MARK}. " * 40, dossier=dossier
    )
    assert MARK in words_of(draft, fatima)
    lock(dossier, ineke)
    assert MARK not in words_of(draft, fatima)
    assert MARK in words_of(draft, ineke)
    assert MARK not in str(checks_of(draft))
    browser = sign_in(fatima)
    assert (
        browser.get(reverse("newsletter:edit_block", args=[draft.key, own.key])).status_code == 404
    )
    for name in ("compose", "preview", "preview_html", "send"):
        assert (
            MARK
            not in browser.get(reverse(f"newsletter:{name}", args=[draft.key])).content.decode()
        )
    for person in (ineke, fatima):
        assert MARK not in str(archived_parts(on_its_way, person))


def test_a_picture_about_a_locked_dossier_is_not_served(
    ineke: Person, dossier: Dossier, client: Client
) -> None:
    issue = make_issue(ineke)
    block = Block(issue=issue, position=2, kind="image", image_alt="x", dossier=dossier)
    block.image.save("x.jpg", ContentFile(b"picture"))
    address = reverse("newsletter:image", args=[block.key])
    assert client.get(address).status_code == 200
    lock(dossier, ineke)
    assert client.get(address).status_code == 404


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_a_hand_over_that_races_with_the_lock_never_gets_past_it(
    sanne: Person, ineke: Person
) -> None:
    dossier = Dossier.objects.create(title="Fusie", opened_by=ineke)
    issue = make_issue(ineke)
    add(issue, "post", make_post(ineke, MARK, dossier))
    actions.send_issue(ineke, issue)

    def hand_over() -> None:
        try:
            mailing.hand_over(issue)
        finally:
            connection.close()

    racer = threading.Thread(target=hand_over)
    with transaction.atomic():
        lock(dossier, ineke)
        racer.start()
        racer.join(timeout=1.5)  # it can get no further than the dossier that we hold
        assert racer.is_alive()
    racer.join(timeout=30)
    issue.refresh_from_db()
    assert (issue.state, Delivery.objects.count()) == (IssueState.DRAFT, 0)


def test_where_a_locked_part_linked_to_is_not_listed_among_what_was_followed(
    on_its_way: Issue, dossier: Dossier, ineke: Person, fatima: Person, sign_in: SignIn
) -> None:
    on_its_way.links.create(target=f"https://intranet.example/{MARK}")
    deliver_all()
    address = reverse("newsletter:progress", args=[on_its_way.key])
    assert MARK in sign_in(fatima).get(address).content.decode()
    lock(dossier, ineke)
    assert MARK not in sign_in(fatima).get(address).content.decode()


def test_a_subject_is_no_longer_told_where_a_part_is_secret(
    on_its_way: Issue,
    dossier: Dossier,
    ineke: Person,
    fatima: Person,
    sanne: Person,
    sign_in: SignIn,
) -> None:
    said = "Alles over kastanjes"
    Issue.objects.filter(pk=on_its_way.pk).update(subject=said, preview=said)
    pages = [
        reverse("newsletter:index"),
        reverse("newsletter:issue", args=[on_its_way.key]),
        f"{reverse('search')}?q=kastanjes",
    ]

    def told(person: Person, paths: list[str]) -> list[bool]:
        browser = sign_in(person)
        return ["Alles over" in browser.get(path).content.decode() for path in paths]

    watched = [*pages, reverse("newsletter:progress", args=[on_its_way.key])]
    assert told(sanne, pages) == [True] * 3
    assert told(fatima, watched) == [True] * 4
    impose_secrecy(
        ineke, dossier, imposed_by="bestuurder", scope="alles", until=None, exempt=[ineke]
    )
    assert told(sanne, pages) == [False] * 3
    assert told(fatima, watched) == [False] * 4
    assert said not in str(IssueSource().choices(fatima, None))
    assert said not in str(IssueSource().brought(fatima, {str(on_its_way.key)}))
    assert told(ineke, watched) == [True] * 4
    assert "Nieuwsbrief van " in sign_in(sanne).get(pages[0]).content.decode()
    lift_secrecy(ineke, dossier, reason="bekend")
    assert told(sanne, pages) == [True] * 3


def test_the_rest_of_a_stopped_newsletter_does_not_take_over_its_subject(
    on_its_way: Issue, dossier: Dossier, ineke: Person
) -> None:
    Issue.objects.filter(pk=on_its_way.pk).update(subject=MARK, subject_en=MARK, preview=MARK)
    lock(dossier, ineke)
    with override("en"):
        rest = make_rest(ineke, Issue.objects.get(pk=on_its_way.pk))
    assert (rest.subject, rest.subject_en, rest.preview) == ("Nieuwsbrief", "", "")


def test_words_in_an_issue_that_keeps_a_secret_are_not_found(
    on_its_way: Issue, dossier: Dossier, ineke: Person, sanne: Person, sign_in: SignIn
) -> None:
    Block.objects.create(issue=on_its_way, position=10, kind="text", text="Kastanjeboom")
    find = f"{reverse('search')}?q=kastanjeboom"
    address = on_its_way.get_absolute_url()
    assert address in sign_in(sanne).get(find).content.decode()
    lock(dossier, ineke)
    assert address not in sign_in(sanne).get(find).content.decode()
