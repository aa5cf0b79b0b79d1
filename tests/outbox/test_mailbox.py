"""Returned mail is fetched from a mailbox: ours is taken in and deleted, anything else stays."""

import pytest
from django.db import DatabaseError
from pytest_django import Settings

from outbox import bounces, tasks
from outbox.mailbox import Account
from outbox.models import Bounce, Delivery, Mailing, State, Suppression
from tests.outbox.imap import PASSWORD, USER, Mailbox, mailbox
from tests.outbox.making import assert_counts_hold, row
from tests.outbox.test_bounces import ABSENT, mailing, report

__all__ = ["mailing"]  # the fixture
pytestmark = pytest.mark.django_db
ELSE = b"From: Sanne <sanne@delinde.example>\r\nSubject: Vraag\r\n\r\nMag ik iets vragen?\r\n"


def fetch(settings: Settings, served: Mailbox) -> int:
    settings.BOUNCE_IMAP_URL = served.url
    found: int = tasks.fetch_returned()
    return found


def test_a_returned_mail_is_taken_in_and_deleted_and_others_stay_marked_as_read(
    mailing: Mailing, settings: Settings
) -> None:
    gone = report(row(mailing, 3))
    with mailbox(ELSE, gone) as served:
        assert fetch(settings, served) == 1
        assert served.mails == {1: ELSE}
        assert served.seen == {1}
        assert fetch(settings, served) == 0
    assert row(mailing, 3).state == State.FAILED
    assert Suppression.objects.get().address == "m3@delinde.example"
    assert_counts_hold(mailing)


def test_somebody_s_absence_changes_nothing(mailing: Mailing, settings: Settings) -> None:
    with mailbox(report(row(mailing, 3), text=ABSENT)) as served:
        assert fetch(settings, served) == 0
    assert not Bounce.objects.exists()
    assert Delivery.objects.filter(state=State.SENT).count() == 10


def test_what_was_read_before_a_crash_counts_once(mailing: Mailing, settings: Settings) -> None:
    gone = report(row(mailing, 3))
    bounces.take_in(gone)
    with mailbox(gone) as served:
        assert fetch(settings, served) == 0
    assert Bounce.objects.count() == 1


def test_a_database_that_is_away_leaves_the_mail_unread(
    mailing: Mailing, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(_data: bytes) -> None:
        raise DatabaseError

    monkeypatch.setattr(bounces, "take_in", away)
    with mailbox(report(row(mailing, 3))) as served:
        with pytest.raises(DatabaseError):
            fetch(settings, served)
        assert (set(served.mails), served.seen) == ({1}, set())


def test_a_mailbox_that_lets_nobody_in_is_tried_again_later(
    mailing: Mailing, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    with mailbox(report(row(mailing, 3)), refuses=True) as served:
        assert fetch(settings, served) == 0
        assert set(served.mails) == {1}
    assert "cannot be read" in caplog.text
    assert PASSWORD not in caplog.text
    assert fetch(settings, served) == 0  # it is gone altogether now


def test_without_a_mailbox_nothing_happens(settings: Settings) -> None:
    settings.BOUNCE_IMAP_URL = ""
    assert tasks.fetch_returned() == 0


def test_an_address_is_taken_apart() -> None:
    account = Account.parse("imaps://bounces%40or.example:a%2Fb@mail.example/Terug")
    assert (account.user, account.password, account.port) == ("bounces@or.example", "a/b", 993)
    assert account.folder == "Terug"
    assert Account.parse(f"imap+tls://{USER}:x@mail.example").folder == "INBOX"


@pytest.mark.parametrize("wrong", ["pop3://a:b@c", "imaps://mail.example", "imaps://a:b@"])
def test_what_is_no_mailbox_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match="BOUNCE_IMAP_URL"):
        Account.parse(wrong)
