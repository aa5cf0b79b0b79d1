"""The attacker of docs/newsletter.md: dumps of the database one after another, and subtraction."""

import hashlib
import hmac
import random

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from newsletter import slips
from newsletter.grouping import grouped
from newsletter.models import Issue
from newsletter.tasks import count_slips
from outbox.tokens import recipient_token
from people.models import Person
from tests.cast import make_people
from tests.newsletter.making import make_issue, send_out
from tests.plugins.mail import SmtpServer
from tests.polls.attacker import Dump, take_dump

pytestmark = pytest.mark.django_db
TARGET = "https://voorbeeld.example/plan"
COUNTERS = (
    ("newsletter_link", "clicks"),
    ("newsletter_readergroup", "clicks"),
    ("newsletter_usefulness", "yes"),
    ("newsletter_usefulness", "no"),
)


@pytest.fixture
def issue(ineke: Person, smtp_server: SmtpServer) -> Issue:
    """To twelve in Zorg, eleven in Keuken, and the only one in Directie."""
    for number, unit in ((12, "Zorg"), (11, "Keuken"), (1, "Directie")):
        make_people(number, unit=unit)
    made = make_issue(ineke, text=f"[plan]({TARGET})")
    send_out(ineke, made)
    return made


def in_unit(name: str) -> list[Person]:
    return list(Person.objects.get_queryset().filter(unit__name=name).order_by("pk"))


def click(issue: Issue, person: Person) -> None:
    """Follow the link in somebody's own mail."""
    assert issue.mailing is not None
    tail = issue.mailing.deliveries.get(address=person.email).values["group"]
    path = reverse("newsletter:follow", args=[issue.links.get().code])
    assert Client().get(path + tail).status_code == 302


def say(issue: Issue, person: Person, words: str) -> None:
    token = recipient_token(person.key.hex)
    address = reverse("newsletter:useful", args=[issue.key, token])
    assert Client().post(address, {"antwoord": words}).status_code == 302


def counted(dump: Dump) -> list[int]:
    return [row[column] for table, column in COUNTERS for row in dump.rows(table)]


def test_the_only_one_of_a_unit_is_in_a_group_with_others(issue: Issue) -> None:
    groups = list(issue.reader_groups.values_list("name", "readers"))
    assert all(readers >= 10 for _name, readers in groups)
    assert "Directie" not in dict(groups)
    assert issue.mailing is not None
    [alone] = in_unit("Directie")
    tail = issue.mailing.deliveries.get(address=alone.email).values["group"]
    same = [each for each in issue.mailing.deliveries.all() if each.values["group"] == tail]
    assert len(same) >= 10


@pytest.mark.parametrize("seed", range(40))
def test_no_few_are_left_when_groups_are_taken_off_the_total(seed: int) -> None:
    chance = random.Random(seed)
    readers: dict[int | None, int] = {None: chance.choice([0, 1, 4, 12])}
    for unit in range(1, chance.randint(2, 9)):
        readers[unit] = chance.choice([1, 2, 5, 9, 10, 11, 30])
    grouping = grouped(readers, 10)
    if grouping is None:
        return
    parts = [*grouping.alone.values(), *([grouping.others] if grouping.others else [])]
    assert sum(parts) == sum(readers.values())
    assert min(parts) >= 10
    assert all(sum(readers.values()) - part >= 10 for part in parts)


def test_groups_occur_where_units_are_large_enough() -> None:
    grouping = grouped({1: 20, 2: 15, 3: 1}, 10)
    assert grouping is not None
    assert (grouping.alone, grouping.others) == ({1: 20}, 16)
    assert grouped({1: 20, 2: 3}, 10) is None
    assert grouped({1: 20}, 10) is None


def test_successive_dumps_show_no_click_by_itself(issue: Issue) -> None:
    """A dump after each click, with the clock ringing every time: numbers move by ten or not."""
    readers = [*in_unit("Directie"), *in_unit("Zorg"), *in_unit("Keuken")]
    before = sum(row["clicks"] for row in take_dump().rows("newsletter_link"))
    steps = set()
    for person in readers:
        click(issue, person)
        count_slips()
        after = sum(row["clicks"] for row in take_dump().rows("newsletter_link"))
        steps.add(after - before)
        before = after
    assert steps == {0, 10}


def test_a_dump_tells_nothing_of_what_waits(issue: Issue) -> None:
    """Who clicked in which unit, or said what, changes no readable value of any row of reach."""
    seen = []
    for unit, words in (("Zorg", "ja"), ("Keuken", "nee")):
        for person in in_unit(unit)[:3]:
            click(issue, person)
            say(issue, person, words)
        dump = take_dump()
        rows = dump.rows("newsletter_slip")
        seen.append([(row["kind"], len(row["sealed"])) for row in rows])
        assert set(counted(dump)) == {0}
        assert len({row["sealed"] for row in rows}) == len(rows)
        issue.slips.all().delete()
    assert seen[0] == seen[1]
    assert len({length for _kind, length in seen[0]}) == 1


def test_a_dump_does_not_tell_who_answered_even_with_the_portal_s_other_secrets(
    issue: Issue,
) -> None:
    person = in_unit("Zorg")[0]
    say(issue, person, "ja")
    [row] = take_dump().rows("newsletter_said")
    texts = [person.key.hex, str(person.key), person.email, recipient_token(person.key.hex)]
    made = {hashlib.sha256(text.encode()).hexdigest() for text in texts}
    secrets = [settings.SECRET_KEY, settings.ALIAS_KEY, issue.key.hex]
    for secret in secrets:
        for text in (*(text.encode() for text in texts), person.key.bytes):
            made.add(hmac.new(secret.encode(), text, hashlib.sha256).hexdigest())
    assert row["mark"] not in made
    assert set(row) - {key for key in row if key.startswith("sys_")} == {"id", "issue_id", "mark"}


def test_the_same_reader_has_another_mark_at_each_issue_and_under_each_key(
    issue: Issue, ineke: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = in_unit("Zorg")[0]
    first = slips.mark_of(person, issue)
    assert first != slips.mark_of(person, make_issue(ineke))
    monkeypatch.setattr(settings, "URN_KEY", "another")
    assert first != slips.mark_of(person, issue)


def test_answers_are_counted_ten_at_a_time_and_then_gone(issue: Issue) -> None:
    steps = []
    said = ("ja", "nee", "ja", "ja", "nee", "ja", "ja", "ja", "nee", "ja", "ja")
    for person, words in zip(in_unit("Zorg"), said, strict=False):
        say(issue, person, words)
        count_slips()
        [row] = take_dump().rows("newsletter_usefulness")
        steps.append((row["yes"], row["no"]))
    assert steps == [(0, 0)] * 9 + [(7, 3)] * 2
    assert len(take_dump().rows("newsletter_slip")) == 1
