"""What came of a newsletter: clicks per link and unit, and the readers' own answer."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from newsletter import slips
from newsletter.models import Issue, Link, ReaderGroup, Said, Slip, Usefulness
from newsletter.response import response_to, told
from newsletter.tasks import count_slips
from outbox.models import Delivery
from outbox.tokens import recipient_token
from people.models import Person
from tests.cast import SignIn, make_people
from tests.newsletter.making import add, body, make_issue, make_poll, send_out
from tests.plugins.mail import SmtpServer

pytestmark = pytest.mark.django_db
TARGET = "https://voorbeeld.example/plan"


@pytest.fixture
def readers(ineke: Person) -> list[Person]:
    """Twelve in Zorg, fourteen in Keuken and eleven in small units."""
    small = [
        person
        for number, unit in ((1, "Directie"), (6, "Techniek"), (3, "Inkoop"))
        for person in make_people(number, unit=unit)
    ]
    return make_people(12, unit="Zorg") + make_people(14, unit="Keuken") + small


@pytest.fixture
def issue(readers: list[Person], ineke: Person, smtp_server: SmtpServer) -> Issue:
    """Handed over to all of them, with one link of its own."""
    made = make_issue(ineke, text=f"[plan]({TARGET})")
    send_out(ineke, made)
    return made


def link_of(issue: Issue) -> Link:
    return issue.links.get(target=TARGET)


def click(issue: Issue, group: str = "", times: int = 1) -> None:
    code = issue.reader_groups.get(name=group).code
    path = reverse("newsletter:follow_in_group", args=[link_of(issue).code, code])
    for _time in range(times):
        assert Client().get(path)["Location"] == TARGET


def answer(issue: Issue, person: Person, words: str) -> int:
    address = reverse("newsletter:useful", args=[issue.key, recipient_token(person.key.hex)])
    return Client().post(address, {"antwoord": words}).status_code


def page_of(issue: Issue, person: Person, sign_in: SignIn) -> str:
    page = sign_in(person).get(reverse("newsletter:progress", args=[issue.key])).content.decode()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def test_each_mail_carries_the_code_of_its_reader_s_group(
    issue: Issue, readers: list[Person], smtp_server: SmtpServer
) -> None:
    codes = {group.name: group.code for group in issue.reader_groups.all()}
    assert set(codes) == {"Zorg", "Keuken", ""}
    expected = {person.email: codes.get(str(person.unit), codes[""]) for person in readers}
    path = reverse("newsletter:follow", args=[link_of(issue).code])
    for mail in smtp_server.wait_for(len(readers)):
        if mail.recipients[0] in expected:
            html = body(mail.message, "html")
            assert f'{path}{expected[mail.recipients[0]]}/"' in html


def test_clicks_are_counted_ten_at_a_time_per_link_and_unit(issue: Issue) -> None:
    click(issue, "Zorg", 6)
    click(issue, "Keuken", 3)
    assert count_slips() == 0
    assert link_of(issue).clicks == 0
    click(issue, "Keuken")
    assert count_slips() == 10
    assert link_of(issue).clicks == 10
    assert dict(issue.reader_groups.values_list("name", "clicks")) == {
        "Zorg": 6,
        "Keuken": 4,
        "": 0,
    }
    assert not Slip.objects.exists()


def test_a_program_that_only_looks_is_not_counted(issue: Issue) -> None:
    Client().head(reverse("newsletter:follow", args=[link_of(issue).code]))
    assert not Slip.objects.exists()


def test_a_made_up_group_still_leads_to_the_target(issue: Issue) -> None:
    path = reverse("newsletter:follow_in_group", args=[link_of(issue).code, "verzonnen"])
    assert Client().get(path)["Location"] == TARGET


def test_a_link_that_few_got_is_not_counted_at_all(
    readers: list[Person], ineke: Person, smtp_server: SmtpServer
) -> None:
    made = make_issue(ineke)
    add(made, "consultation", make_poll(ineke, readers[:4]))
    send_out(ineke, made)
    link = made.links.get()
    assert Client().get(reverse("newsletter:follow", args=[link.code])).status_code == 302
    assert not Slip.objects.exists()


def test_a_link_that_not_everybody_got_does_not_count_for_a_unit(
    readers: list[Person], ineke: Person, smtp_server: SmtpServer
) -> None:
    made = make_issue(ineke, text=f"[plan]({TARGET})")
    add(made, "consultation", make_poll(ineke, readers[:12]))
    send_out(ineke, made)
    narrow = made.links.exclude(target=TARGET).get()
    code = made.reader_groups.get(name="Zorg").code
    for _time in range(10):
        Client().get(reverse("newsletter:follow_in_group", args=[narrow.code, code]))
    count_slips()
    narrow.refresh_from_db()
    assert narrow.clicks == 10
    assert set(made.reader_groups.values_list("clicks", flat=True)) == {0}


def test_who_has_not_answered_is_in_no_group(
    readers: list[Person], ineke: Person, smtp_server: SmtpServer
) -> None:
    made = make_issue(ineke, text=f"[plan]({TARGET})")
    Issue.objects.filter(pk=made.pk).update(waiting_for=make_poll(ineke, readers))
    made.refresh_from_db()
    send_out(ineke, made)
    assert made.is_sent
    assert not ReaderGroup.objects.exists()


def test_a_month_later_nothing_is_counted_and_what_waited_is_gone(
    issue: Issue, readers: list[Person]
) -> None:
    click(issue, "Zorg", 3)
    answer(issue, readers[0], "ja")
    Issue.objects.update(sent_at=timezone.now() - timedelta(days=31))
    count_slips()
    assert not Slip.objects.exists()
    assert not Said.objects.exists()
    click(issue, "Zorg")
    answer(issue, readers[1], "ja")
    assert not Slip.objects.exists()


def test_the_page_tells_clicks_per_unit_and_hides_few(
    issue: Issue, ineke: Person, sign_in: SignIn
) -> None:
    click(issue, "Zorg", 23)
    click(issue, "Keuken", 12)
    click(issue, "", 4)
    count_slips()
    page = page_of(issue, ineke, sign_in)
    assert "Zorg 12 23" in page
    assert "Keuken 14 weinig" in page
    assert "Andere afdelingen samen 11 weinig" in page
    assert f"{TARGET} 39" in page


def test_one_hidden_group_takes_another_with_it() -> None:
    groups = [
        ReaderGroup(pk=n, name=f"{n}", readers=20, clicks=c) for n, c in enumerate((3, 40, 12))
    ]
    assert [row.clicks for row in told(groups, 10)] == [None, 40, None]


def test_the_mail_asks_whether_it_was_useful(issue: Issue, smtp_server: SmtpServer) -> None:
    mail = smtp_server.wait_for(1)[0].message
    html, text = body(mail, "html"), body(mail, "plain")
    links = re.findall(r'href="([^"]*/nuttig/[^"]*)"', html)
    assert [link.rpartition("#")[2] for link in links] == ["ja", "nee"]
    assert len({link.partition("#")[0] for link in links}) == 1
    assert links[0].partition("#")[0] in text


def test_looking_at_the_question_answers_nothing(issue: Issue, readers: list[Person]) -> None:
    token = recipient_token(readers[0].key.hex)
    address = reverse("newsletter:useful", args=[issue.key, token])
    page = Client().get(address + "?antwoord=ja").content.decode()
    assert "Had je iets aan deze nieuwsbrief?" in page
    Client().head(address)
    assert not Slip.objects.exists()
    assert not Said.objects.exists()


def test_one_answer_each_and_the_first_one_counts(issue: Issue, readers: list[Person]) -> None:
    assert answer(issue, readers[0], "ja") == 302
    assert answer(issue, readers[0], "nee") == 302
    for person in readers[1:10]:
        answer(issue, person, "nee")
    count_slips()
    kept = Usefulness.objects.get()
    assert (kept.yes, kept.no) == (1, 9)
    address = reverse("newsletter:useful", args=[issue.key, recipient_token(readers[0].key.hex)])
    assert "we hebben je antwoord" in Client().get(address).content.decode()


def test_answers_show_once_ten_were_given(
    issue: Issue, readers: list[Person], ineke: Person, sign_in: SignIn
) -> None:
    for person in readers[:8]:
        answer(issue, person, "ja")
    answer(issue, readers[8], "nee")
    count_slips()
    assert "Nog geen 10 lezers" in page_of(issue, ineke, sign_in)
    answer(issue, readers[9], "nee")
    count_slips()
    assert "80%" in page_of(issue, ineke, sign_in)


def test_nonsense_is_no_answer(issue: Issue, readers: list[Person]) -> None:
    answer(issue, readers[0], "misschien")
    assert not Said.objects.exists()


def test_few_readers_are_not_asked(ineke: Person, sanne: Person, smtp_server: SmtpServer) -> None:
    made = make_issue(ineke)
    send_out(ineke, made)
    assert "/nuttig/" not in body(smtp_server.wait_for(2)[0].message, "html")
    assert answer(made, sanne, "ja") == 404


def test_an_issue_that_does_not_ask_takes_no_answers(
    readers: list[Person], ineke: Person, smtp_server: SmtpServer
) -> None:
    made = make_issue(ineke)
    Issue.objects.filter(pk=made.pk).update(asks_useful=False)
    made.refresh_from_db()
    send_out(ineke, made)
    assert "/nuttig/" not in body(smtp_server.wait_for(1)[0].message, "html")
    assert answer(made, readers[0], "ja") == 404


def test_the_page_asks_the_same_number_of_questions_however_much_came_of_it(
    issue: Issue, ineke: Person, sign_in: SignIn
) -> None:
    client = sign_in(ineke)
    address = reverse("newsletter:progress", args=[issue.key])
    client.get(address)
    numbers = []
    for more in range(2):
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        numbers.append(len(queries))
        for number in range(20):
            issue.links.create(target=f"https://voorbeeld.example/{more}/{number}", readers=37)
            ReaderGroup.objects.create(issue=issue, name=f"{number}", readers=20, clicks=30)
    assert numbers[0] == numbers[1]


def test_counting_asks_the_same_number_of_questions_however_much_waits(issue: Issue) -> None:
    numbers = []
    for times in (10, 10, 40):
        click(issue, "Zorg", times)
        click(issue, "Keuken", times)
        with CaptureQueriesContext(connection) as queries:
            slips.count_batch(issue.pk, "click")
        numbers.append(len(queries))
    assert numbers[1] == numbers[2]
    assert response_to(issue, with_links=True).links[0].clicks == 120


def test_reach_is_in_no_row_about_a_recipient(issue: Issue) -> None:
    assert {name for row in Delivery.objects.values_list("values", flat=True) for name in row} == {
        "given",
        "group",
    }
