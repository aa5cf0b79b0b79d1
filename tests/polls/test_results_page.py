"""The results page: pictures and tables of what may be told, for those it was released to."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from people.models import Person
from polls.actions.releasing import release_results
from polls.disclosure import Cell, GroupResult, ItemResult, QuestionResult, disclose
from polls.models import Consultation, Release, ReleaseAudience, Tally
from polls.questions.schema import Answer, Kind
from polls.views.charts import cell_in_words, pictures
from tests.cast import SignIn
from tests.polls.ballots import close, make_open, make_people, vote

ALL = ("single", "multiple", "yes_no", "scale", "matrix", "ranking", "number", "date", "long_text")
ANSWERS: dict[str, tuple[Answer, Answer]] = {
    "single": ("c1", "c2"),
    "multiple": (["c1", "c2"], ["c1", "c2"]),
    "yes_no": ("yes", "no"),
    "scale": (4, 2),
    "matrix": ({"r1": "c1", "r2": "c3"}, {"r1": "c1", "r2": "c3"}),
    "ranking": (["c2", "c1", "c3"], ["c1", "c2", "c3"]),
    "number": (12, 14),
    "date": ("2026-12-01", "2026-12-02"),
    "long_text": ("Hoi", "Hallo"),
}
"""What most answer, and what every fourth does."""


def ask_and_close(by: Person, *kinds: str, units: int = 2, each: int = 12) -> Consultation:
    """Closed and counted, by department; everyone answers."""
    people = [p for n in range(units) for p in make_people(each, unit=f"Afdeling {n}")]
    consultation = make_open(by, *kinds, breakdown="unit")
    for at, person in enumerate(people):
        answers = {f"q{n}": ANSWERS[kind][at % 4 == 0] for n, kind in enumerate(kinds, start=1)}
        vote(consultation, person, answers)
    return close(consultation)


def url(consultation: Consultation) -> str:
    return reverse("polls:results", args=[consultation.key])


def test_every_kind_has_its_picture_and_its_table(fatima: Person, sign_in: SignIn) -> None:
    closed = ask_and_close(fatima, *ALL)
    html = sign_in(fatima).get(url(closed)).content.decode()
    assert html.count('class="panel result"') == len(ALL)
    assert html.count("<table") >= len(ALL) - 1
    assert "75%" in html
    assert "25%" in html


def test_broken_down_by_department(fatima: Person, sign_in: SignIn) -> None:
    closed = ask_and_close(fatima, "single")
    html = sign_in(fatima).get(url(closed), {"per": "group"}).content.decode()
    assert "Afdeling 0" in html
    assert "Afdeling 1" in html


def test_an_unknown_property_shows_the_whole(fatima: Person, sign_in: SignIn) -> None:
    closed = ask_and_close(fatima, "single")
    assert sign_in(fatima).get(url(closed), {"per": "'><x"}).status_code == 200


def test_staff_read_nothing_until_it_is_released(
    fatima: Person, sanne: Person, sign_in: SignIn
) -> None:
    closed = ask_and_close(fatima, "single")
    before = sign_in(sanne).get(url(closed))
    assert before.status_code == 200
    assert "75%" not in before.content.decode()
    release_results(closed, ReleaseAudience.STAFF, fatima)
    assert "75%" in sign_in(sanne).get(url(closed)).content.decode()


def test_what_it_is_broken_down_by_is_in_the_language_of_the_reader(
    fatima: Person, sanne: Person, sign_in: SignIn
) -> None:
    closed = ask_and_close(fatima, "single")
    with override("en"):
        release_results(closed, ReleaseAudience.STAFF, fatima)
    assert "Per afdeling" in sign_in(sanne).get(url(closed)).content.decode()


def test_figures_that_were_shown_before_are_shown_in_the_words_and_links_of_who_reads_them(
    fatima: Person, sanne: Person, sign_in: SignIn
) -> None:
    closed = ask_and_close(fatima, "single", "long_text")
    release_results(closed, ReleaseAudience.STAFF, fatima)
    texts = reverse("polls:texts", args=[closed.key])
    for _again in range(2):
        council = sign_in(fatima).get(url(closed)).content.decode()
        assert f"{texts}?vraag=q2" in council
        assert "Bekijk als tabel" in council
        staff = sign_in(sanne).get(url(closed)).content.decode()
        assert "75%" in staff
        assert texts not in staff
    english = sign_in(fatima).get(url(closed), HTTP_ACCEPT_LANGUAGE="en")
    assert "Show as a table" in english.content.decode()


def test_a_figure_that_changed_shows_at_once(fatima: Person, sign_in: SignIn) -> None:
    closed = ask_and_close(fatima, "single")
    client = sign_in(fatima)
    assert "75%" in client.get(url(closed)).content.decode()
    Tally.objects.filter(consultation=closed, attribute="", cell="c2").update(count=8)
    Tally.objects.filter(consultation=closed, attribute="", cell="c1").update(count=16)
    html = client.get(url(closed)).content.decode()
    assert "67%" in html
    assert "75%" not in html


def test_the_director_reads_what_was_released_to_the_director(
    fatima: Person, bakker: Person, sign_in: SignIn
) -> None:
    closed = ask_and_close(fatima, "single")
    assert sign_in(bakker).get(url(closed)).status_code == 404
    release_results(closed, ReleaseAudience.DIRECTOR, fatima)
    assert sign_in(bakker).get(url(closed)).status_code == 200


def test_a_running_one_sends_the_council_to_its_desk(fatima: Person, sign_in: SignIn) -> None:
    make_people(10)
    running = make_open(fatima)
    response = sign_in(fatima).get(url(running))
    assert response["Location"] == reverse("polls:desk", args=[running.key])


def test_too_few_answers_say_so(fatima: Person, sign_in: SignIn) -> None:
    people = make_people(12)
    consultation = make_open(fatima)
    for person in people[:4]:
        vote(consultation, person, {"q1": "c1"})
    html = sign_in(fatima).get(url(close(consultation))).content.decode()
    assert "Antwoord 1" not in html


def test_chair_and_secretary_release_step_by_step(
    fatima: Person, joris: Person, sign_in: SignIn
) -> None:
    closed = ask_and_close(fatima, "single")
    release = reverse("polls:release", args=[closed.key, "director"])
    assert sign_in(fatima).post(release).status_code == 403
    assert sign_in(joris).post(release).status_code == 302
    assert [r.audience for r in Release.objects.all()] == ["director"]
    assert sign_in(joris).post(release).status_code == 302, "twice changes nothing"
    assert Release.objects.count() == 1


def test_an_unknown_audience_is_not_found(fatima: Person, joris: Person, sign_in: SignIn) -> None:
    closed = ask_and_close(fatima, "single")
    assert (
        sign_in(joris).post(reverse("polls:release", args=[closed.key, "world"])).status_code == 404
    )


def test_the_page_costs_the_same_however_many_answered(fatima: Person, sign_in: SignIn) -> None:
    client = sign_in(fatima)
    costs = []
    for units, each in ((2, 10), (6, 30)):
        closed = ask_and_close(fatima, "single", "scale", units=units, each=each)
        client.get(url(closed))
        with CaptureQueriesContext(connection) as captured:
            client.get(url(closed), {"per": "group"})
        costs.append(len(captured))
    assert costs[0] == costs[1]


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        (Cell("c1", "Ja", 3, 0.375), "38%"),
        (Cell("c1", "Ja", None, None, "over95"), "95%"),
        (Cell("c1", "Ja", None, None, "under5"), "5%"),
        (Cell("c1", "Ja", 0, 0.0), "0%"),
    ],
)
def test_shares_in_words(cell: Cell, words: str) -> None:
    assert words in cell_in_words(cell)


def test_a_bound_is_never_printed_as_a_figure() -> None:
    assert cell_in_words(Cell("c1", "Ja", None, None, "over95")) != "95%"
    assert cell_in_words(Cell("c1", "Ja", None, None, "hidden")).strip("0123456789%")


def test_segments_of_a_stack_fill_the_bar_without_overlap(fatima: Person) -> None:
    closed = ask_and_close(fatima, "single", "multiple", "yes_no", "scale")
    for picture in pictures(disclose(closed, "group")):
        for stack in (*picture.stacks, *picture.by_group):
            ends = 0.0
            for segment in stack.segments:
                assert segment.offset == pytest.approx(ends)
                ends += segment.percent
            assert ends == pytest.approx(100)


def test_a_hidden_group_has_no_figures() -> None:
    shown = GroupResult(
        "a", "A", n=20, cells=(Cell("yes", "Ja", 15, 0.75), Cell("no", "Nee", 5, 0.25))
    )
    item = ItemResult("q1", "?", 40, shown.cells, (shown, GroupResult("b", "B")))
    question = QuestionResult("q1", Kind.YES_NO.value, "?", (item,))
    from polls.disclosure import Disclosure

    whole = Disclosure(
        "t", "survey", "anonymous", "", "", "", 50, 40, 40, 5, 10, by="group", questions=(question,)
    )
    (picture,) = pictures(whole)
    assert [bool(stack.segments) for stack in picture.by_group] == [True, False]
    (_title, table) = picture.group_tables[0]
    assert "%" not in "".join(table.rows[1].figures)
