"""The report of a round, and where its results go: files, letters, newsletters, timelines."""

from __future__ import annotations

import json
import re
from io import BytesIO

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from advice import evidence
from dossiers import timeline
from dossiers.models import Dossier
from newsletter.sources import consultations as blocks
from people.models import Person
from polls.actions.releasing import release_results
from polls.disclosure import disclose
from polls.models import Consultation, OpinionMap, ReleaseAudience
from tests.cast import SignIn
from tests.polls.ballots import close, make_people
from tests.polls.rounds import cast, conversation, make_open_round

pytestmark = pytest.mark.django_db

BOUNDED = re.compile(r"(ruim|onder) \d+%")


@pytest.fixture
def counted(fatima: Person) -> Consultation:
    """Two camps of 30 and 24 on 24 statements, the last two of which all agree with; one more
    statement that hardly anybody voted on. Filed under a dossier."""
    ballots, codes, _camps = conversation((30, 24), 24, shared=2, loyal=0.8, opposed=True)
    people = make_people(len(ballots))
    dossier = Dossier.objects.create(title="Roosters", opened_by=fatima)
    texts = [f"Stelling {code} over het rooster" for code in codes]
    round_ = make_open_round(fatima, *texts, "Hier stemde bijna niemand op", dossier=dossier)
    for number, (person, votes) in enumerate(zip(people, ballots, strict=True)):
        extra = {"s25": "agree" if number % 2 else "disagree"} if number < 6 else {}
        cast(round_, person, {**votes, **extra})
    return close(round_)


def page_of(client: Client, consultation: Consultation) -> str:
    url = reverse("polls:results", args=[consultation.key])
    return client.get(url).content.decode()


def test_the_report_tells_what_all_agree_on_the_groups_and_each_statement(
    counted: Consultation, fatima: Person, sign_in: SignIn
) -> None:
    page = page_of(sign_in(fatima), counted)
    agreed = page[page.index("Waar bijna iedereen") : page.index('id="groups"')]
    told = disclose(counted).opinions
    assert told is not None
    assert {"s23", "s24"} <= {each.code for each in told.consensus}
    assert re.findall(r"Stelling (s\d+) over", agreed) == [each.code for each in told.consensus]
    groups = page[page.index('id="groups"') : page.index('id="division"')]
    assert "Groep A: 30 collega’s (56%)" in groups
    assert "Groep B: 24 collega’s (44%)" in groups
    assert groups.count("<ellipse") == 2
    assert "Groep A (30 collega’s) ligt" in groups
    assert "Naar links:" in groups
    table = page[page.index('id="all"') :]
    assert table.count('<th scope="row"') == 25
    assert "Groep A eens" in table


def test_the_figures_on_the_page_are_those_counted(
    counted: Consultation, fatima: Person, sign_in: SignIn
) -> None:
    page = page_of(sign_in(fatima), counted)
    question = disclose(counted).question("s1")
    assert question is not None
    (row,) = re.findall(
        r'<th scope="row" dir="auto" role="rowheader">Stelling s1 over.*?</tr>', page, re.DOTALL
    )
    told = dict(re.findall(r'data-label="([^"]*)">(.*?)</td>', row))
    shares = {cell.code: f"{cell.percentage:.0f}%" for cell in question.cells}
    assert {name: told[name] for name in ("Stemmen", "Eens", "Geen mening", "Oneens")} == {
        "Stemmen": str(question.n),
        "Eens": shares["agree"],
        "Geen mening": shares["pass"],
        "Oneens": shares["disagree"],
    }


def test_a_statement_with_few_votes_is_marked_and_stands_last(
    counted: Consultation, fatima: Person, sign_in: SignIn
) -> None:
    page = page_of(sign_in(fatima), counted)
    table = page[page.index('id="all"') :]
    rows = re.findall(r'<th scope="row" dir="auto" role="rowheader">(.*?)</th>', table)
    assert rows[-1].startswith("Hier stemde bijna niemand op")
    assert "weinig stemmen" in rows[-1]
    assert not any("weinig stemmen" in row for row in rows[:-1])
    assert "Hier stemde" not in page[: page.index('id="all"')]


def test_staff_read_it_once_it_is_released_and_the_same_ever_after(
    counted: Consultation, fatima: Person, joris: Person, sanne: Person, sign_in: SignIn
) -> None:
    counted.electors.create(person=sanne)
    before = page_of(sign_in(sanne), counted)
    assert "Meningsgroepen" not in before
    release_results(counted, ReleaseAudience.STAFF, joris)
    page = page_of(sign_in(sanne), counted)
    assert "Groep A: 30 collega’s" in page
    assert "CSV" not in page
    counted.opinion_map.delete()
    counted.tallies.all().delete()
    again = page_of(sign_in(sanne), counted)
    assert again.partition("<main")[2] == page.partition("<main")[2]


def test_where_all_think_alike_a_bound_is_told(fatima: Person, sign_in: SignIn) -> None:
    """A group that is nearly unanimous is told as a bound, on the page as in the table."""
    ballots, codes, _camps = conversation((30, 24, 20), 24, loyal=0.97, answered=0.95)
    people = make_people(len(ballots))
    round_ = make_open_round(fatima, *(f"Stelling {code} over het rooster" for code in codes))
    for person, votes in zip(people, ballots, strict=True):
        cast(round_, person, votes)
    page = page_of(sign_in(fatima), close(round_))
    assert BOUNDED.search(page)


def test_too_few_voters_for_groups_is_said(fatima: Person, sign_in: SignIn) -> None:
    people = make_people(12)
    round_ = make_open_round(fatima)
    for person in people:
        cast(round_, person, {"s1": "agree", "s2": "pass"})
    page = page_of(sign_in(fatima), close(round_))
    assert "vallen niet uiteen in groepen van minstens 10" in page
    assert "Ik wil mijn diensten zelf kunnen kiezen" in page


def test_too_few_for_any_result_is_said(fatima: Person, sign_in: SignIn) -> None:
    people = make_people(8)
    round_ = make_open_round(fatima)
    cast(round_, people[0], {"s1": "agree"})
    page = page_of(sign_in(fatima), close(round_))
    assert "Te weinig antwoorden" in page


def test_files_hold_figures_by_group_and_what_was_found(
    counted: Consultation, fatima: Person, sign_in: SignIn
) -> None:
    client = sign_in(fatima)

    def file(form: str) -> bytes:
        answer = client.get(reverse("polls:export", args=[counted.key, form]))
        return answer.getvalue()

    lines = file("csv").decode().splitlines()
    assert any(line.startswith("opinion;Groep A;s1;") for line in lines)
    assert "opinion_group;A;30" in lines
    assert any(line.startswith("consensus;1;s") for line in lines)
    assert any(line.startswith("stands_for;B;s") for line in lines)
    told = json.loads(file("json"))
    assert [group["size"] for group in told[""]["opinions"]["groups"]] == [30, 24]
    assert told["opinion"]["by"] == "opinion"
    book = openpyxl.load_workbook(BytesIO(file("xlsx")))
    assert ("opinion_group", "B", "24") in list(book.worksheets[1].values)


def test_a_letter_takes_consensus_groups_and_one_statement(
    counted: Consultation, fatima: Person
) -> None:
    dossier = counted.dossier
    assert dossier is not None
    source = evidence.source_named("polls")
    (group,) = source.offers(dossier, fatima)
    refs = {offer.ref.partition(":")[2]: offer for offer in group.offers}
    assert {"agreed", "groups", "s1"} <= set(refs)
    agreed = source.draft(refs["agreed"].ref, dossier, fatima)
    assert "Stelling s2" in agreed.statement
    assert "twee derde" in agreed.statement
    assert agreed.figures.cells[0].share is not None
    groups = source.draft(refs["groups"].ref, dossier, fatima)
    assert "groep A (56%)" in groups.statement
    one = source.draft(refs["s1"].ref, dossier, fatima)
    assert one.statement.startswith("Met de stelling “Stelling s1 over het rooster” is ")
    assert [group.name for group in one.figures.groups] == ["Groep A", "Groep B"]


def test_a_running_round_gives_no_evidence(fatima: Person) -> None:
    make_people(6)
    dossier = Dossier.objects.create(title="Roosters", opened_by=fatima)
    round_ = make_open_round(fatima, dossier=dossier)
    source = evidence.source_named("polls")
    assert list(source.offers(dossier, fatima)) == []
    for ref in ("agreed", "groups", "s1"):
        with pytest.raises(evidence.NotDisclosed):
            source.draft(f"{round_.key}:{ref}", dossier, fatima)


def test_it_stands_on_the_timeline_and_in_a_newsletter(
    counted: Consultation, fatima: Person
) -> None:
    dossier = counted.dossier
    assert dossier is not None
    words = [item for item in timeline.of(dossier, fatima) if item.title == counted.title]
    assert len(words) >= 2
    running = make_open_round(fatima)
    assert (str(running.key), f"Stellingen: {running.title}") in list(blocks.choices())
    card = blocks.card(running)
    assert card.label == "Stellingen"
    assert card.note.startswith("Open tot")


def test_the_page_costs_the_same_however_many_statements(
    counted: Consultation, fatima: Person, sign_in: SignIn
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    people = make_people(20)
    small = make_open_round(fatima)
    for person in people:
        cast(small, person, {"s1": "agree", "s2": "disagree"})
    close(small)
    client = sign_in(fatima)
    costs = []
    for one in (small, counted):
        page_of(client, one)
        with CaptureQueriesContext(connection) as queries:
            page_of(client, one)
        costs.append(len(queries))
    assert costs[1] <= costs[0] + 2  # the figures by group


def redrawn(counted: Consultation, *, sizes: tuple[int, int], **ellipse: int) -> None:
    """The map with both groups in one place, of these sizes."""
    kept = OpinionMap.objects.get(consultation=counted)
    for group, size in zip(kept.payload["groups"], sizes, strict=True):
        group["size"] = size
        group["ellipse"].update(ellipse)
    kept.save()


def test_on_the_map_a_fuller_colour_is_a_denser_group_and_names_never_cover_each_other(
    counted: Consultation, fatima: Person, sign_in: SignIn
) -> None:
    redrawn(counted, sizes=(40, 12), x=4, y=2, long=20, short=10, turn=0)
    page = page_of(sign_in(fatima), counted)
    shades = dict(re.findall(r'<ellipse class="spot g(\d) shade-(\d)"', page))
    assert shades == {"1": "4", "2": "2"}, "12 of 40 on the same surface"
    names = re.findall(r'<text class="spot-name" x="(\d+)" y="(\d+)">', page)
    (left, high), (right, low) = sorted(names, key=lambda at: int(at[1]))
    assert left == right
    assert int(low) - int(high) >= 60
    told = re.findall(r"<li>(Groep \w \(\d+ collega’s\)[^<]*)", page)
    assert ["dichtst op elkaar" in line for line in told] == [
        line.startswith("Groep A (40") for line in told
    ]
    assert len(told) == 2


def test_a_group_below_the_threshold_is_neither_on_the_map_nor_in_words(
    counted: Consultation, fatima: Person, sign_in: SignIn
) -> None:
    redrawn(counted, sizes=(40, counted.group_threshold - 1))
    page = page_of(sign_in(fatima), counted)
    assert page.count("<ellipse") == 1
    assert "Groep A" in page
    assert "Groep B" not in page
