"""Themes in open answers: filed by people, suggested by a worker, counted as may be told."""

import datetime as dt
import random
import sys

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from people.models import Person
from polls.actions import suggesting, theming
from polls.actions.releasing import release_results
from polls.clustering import suggest_themes
from polls.disclosure import disclose
from polls.disclosure.themes import told_sizes
from polls.models import Consultation, OpenAnswer, ReleaseAudience, Theme, ThemeRequest
from polls.tasks import sweep
from tests.cast import SignIn
from tests.polls.ballots import close, make_open, make_people, vote

SHIFTS = [f"De nachtdienst is te zwaar, zeker nummer {n}" for n in range(6)]
FOOD = [f"De kantine sluit te vroeg voor het avondeten {n}" for n in range(6)]
PARK = [f"Parkeren op het terrein lukt nooit {n}" for n in range(6)]
TEXTS = SHIFTS + FOOD + PARK


@pytest.fixture
def closed(fatima: Person) -> Consultation:
    """Eighteen texts about three things, and an electorate of more than who wrote."""
    people = make_people(20)
    consultation = make_open(fatima, "long_text", "long_text")
    for text, person in zip(TEXTS, people, strict=False):
        vote(consultation, person, {"q1": text, "q2": "Iets anders"})
    return close(consultation)


def answers(consultation: Consultation, start: str) -> list[OpenAnswer]:
    return list(OpenAnswer.objects.filter(consultation=consultation, text__startswith=start))


def post(client: Client, view: str, /, *args: object, **data: object) -> str:
    response = client.post(
        reverse(f"polls:{view}", args=args), {"vraag": "q1", **data}, follow=True
    )
    assert response.status_code == 200
    return response.content.decode()


def test_answers_are_filed_under_several_themes_and_found_a_click_away(
    closed: Consultation, fatima: Person, sign_in: SignIn
) -> None:
    client = sign_in(fatima)
    keys = [answer.key for answer in answers(closed, "De nacht")]
    html = post(client, "assign_themes", closed.key, answer=keys, new="Nacht", go="on")
    assert "6 antwoorden ingedeeld" in html
    post(client, "assign_themes", closed.key, answer=keys[:2], new="Zwaar", go="on")
    night = Theme.objects.get(name="Nacht")
    heavy = Theme.objects.get(name="Zwaar")
    assert night.answers.count() == 6
    assert heavy.answers.count() == 2
    page = client.get(reverse("polls:themes", args=[closed.key]), {"thema": str(heavy.key)})
    assert page.content.decode().count('id="antwoord-') == 2
    page = client.get(reverse("polls:themes", args=[closed.key]), {"thema": "geen"})
    assert page.content.decode().count('id="antwoord-') == 12
    post(client, "assign_themes", closed.key, answer=keys[:1], theme=heavy.key, go="off")
    assert heavy.answers.count() == 1


def test_a_theme_is_renamed_merged_split_and_dropped(
    closed: Consultation, fatima: Person, sign_in: SignIn
) -> None:
    client = sign_in(fatima)
    night = theming.add_theme(closed, "q1", "Nacht", fatima)
    food = theming.add_theme(closed, "q1", "Eten", fatima)
    both = answers(closed, "De nacht") + answers(closed, "De kantine")
    theming.assign(night, [each.key for each in both], fatima)
    theming.assign(food, [each.key for each in answers(closed, "De kantine")[:3]], fatima)
    html = post(client, "change_theme", closed.key, night.key, name="Eten", go="rename")
    assert "al een thema met die naam" in html
    moved = [each.key for each in answers(closed, "De kantine")]
    post(
        client,
        "assign_themes",
        closed.key,
        answer=moved,
        new="Kantine",
        thema=night.key,
        go="split",
    )
    canteen = Theme.objects.get(name="Kantine")
    assert (night.answers.count(), canteen.answers.count()) == (6, 6)
    post(client, "change_theme", closed.key, canteen.key, into=food.key, go="merge")
    assert not Theme.objects.filter(name="Kantine").exists()
    assert food.answers.count() == 6
    post(client, "change_theme", closed.key, food.key, go="delete")
    assert OpenAnswer.objects.filter(consultation=closed, question="q1").count() == 18


def test_an_answer_to_another_question_is_not_filed(
    closed: Consultation, fatima: Person, sign_in: SignIn
) -> None:
    other = OpenAnswer.objects.filter(consultation=closed, question="q2").first()
    assert other is not None
    html = post(sign_in(fatima), "assign_themes", closed.key, answer=[other.key], new="X", go="on")
    assert not Theme.objects.filter(name="X").exists()
    assert "geen" in html.lower() or "ongeldig" in html.lower()


def test_nothing_ticked_says_so(closed: Consultation, fatima: Person, sign_in: SignIn) -> None:
    html = post(sign_in(fatima), "assign_themes", closed.key, new="X", go="on")
    assert "Vink eerst minstens één antwoord aan" in html


def test_a_worker_suggests_and_nothing_counts_until_somebody_says_yes(
    closed: Consultation, fatima: Person, sign_in: SignIn
) -> None:
    client = sign_in(fatima)
    post(client, "suggest_themes", closed.key)
    request = ThemeRequest.objects.get(consultation=closed, question="q1")
    assert suggesting.find_themes(request.pk)
    assert not suggesting.find_themes(request.pk)
    suggested = list(Theme.objects.filter(consultation=closed, is_suggested=True))
    assert {theme.answers.count() for theme in suggested} == {6}
    assert disclose(closed).themes == ()
    html = client.get(reverse("polls:themes", args=[closed.key])).content.decode()
    assert "3 voorgestelde thema" in html
    park = next(theme for theme in suggested if "parkeren" in theme.name)
    kept = [answer.key for answer in park.answers.all()[:5]]
    post(client, "judge_theme", closed.key, park.key, name="Auto", answer=kept, go="accept")
    (told,) = disclose(closed).themes
    assert (told.name, told.count, told.texts) == ("Auto", 5, 18)
    food = next(theme for theme in suggested if theme.pk != park.pk)
    post(client, "judge_theme", closed.key, food.key, go="dismiss")
    assert not Theme.objects.filter(pk=food.pk).exists()


def test_asking_again_keeps_what_was_confirmed(closed: Consultation, fatima: Person) -> None:
    own = theming.add_theme(closed, "q1", "Parkeren", fatima)
    theming.assign(own, [answers(closed, "Parkeren")[0].key], fatima)
    for _time in range(2):
        request = suggesting.ask_for_themes(closed, "q1", fatima)
        assert suggesting.find_themes(request.pk)
    assert Theme.objects.filter(consultation=closed, is_suggested=True).count() == 3
    assert list(own.answers.values_list("text", flat=True)) == [answers(closed, "Parkeren")[0].text]


def test_the_sweep_takes_over_from_a_worker_that_died(closed: Consultation, fatima: Person) -> None:
    request = suggesting.ask_for_themes(closed, "q1", fatima)
    ThemeRequest.objects.filter(pk=request.pk).update(claimed_at=timezone.now())
    assert not suggesting.find_themes(request.pk)
    ThemeRequest.objects.filter(pk=request.pk).update(
        claimed_at=timezone.now() - suggesting.LEASE - dt.timedelta(seconds=1)
    )
    assert list(suggesting.requests_waiting()) == [request]
    assert suggesting.find_themes(request.pk)
    sweep()


def test_the_same_texts_give_the_same_themes_in_any_order() -> None:
    first = suggest_themes(TEXTS)
    assert len(first) == 3
    mixed = TEXTS[:]
    random.Random(5).shuffle(mixed)
    again = suggest_themes(mixed)
    assert [each.words for each in again] == [each.words for each in first]
    for one, other in zip(first, again, strict=True):
        assert [TEXTS[at] for at in one.members] == [mixed[at] for at in other.members]


@pytest.mark.parametrize(
    "texts", [[], ["rooster"] * 7, [""] * 30, ["de het een"] * 30, ["!"] * 9, ["rooster"] * 30]
)
def test_too_little_to_say_gives_no_themes(texts: list[str]) -> None:
    assert all(set(each.members) <= set(range(len(texts))) for each in suggest_themes(texts))


@pytest.mark.long
def test_the_web_does_not_load_the_library() -> None:
    import subprocess

    code = (
        "import os, django, sys; os.environ['DJANGO_SETTINGS_MODULE'] = 'orportal.settings';"
        "os.environ['DEBUG'] = '1'; os.environ['DEMO'] = '1'; django.setup();"
        "import polls.urls, polls.tasks; sys.exit('sklearn' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@settings(max_examples=200, deadline=None)
@given(st.lists(st.integers(0, 40), min_size=1, max_size=8), st.integers(0, 40), st.booleans())
def test_no_small_theme_is_told_or_follows(sizes: list[int], extra: int, everyone: bool) -> None:
    texts = max(sizes) + extra
    told = told_sizes(sizes, texts, 5, everyone_answered=everyone)
    hidden = [at for at, (count, _bound) in enumerate(told) if count is None]
    for at, (count, _bound) in enumerate(told):
        assert count in (None, sizes[at])
        assert count is None or count == 0 or count >= 5
    small = [at for at, size in enumerate(sizes) if 0 < size < 5]
    if len(small) == 1 and sum(sizes) == texts and any(size >= 5 for size in sizes):
        # Each text under one theme: the sum would give a single hidden one away.
        assert len(hidden) >= 2


def test_counts_equal_a_naive_recount(closed: Consultation, fatima: Person) -> None:
    draw = random.Random(11)
    everything = list(OpenAnswer.objects.filter(consultation=closed, question="q1"))
    drawn = {}
    for n in range(5):
        theme = theming.add_theme(closed, "q1", f"Thema {n}", fatima)
        drawn[theme.name] = draw.sample(everything, draw.randint(5, 18))
        theming.assign(theme, [answer.key for answer in drawn[theme.name]], fatima)
    for told in disclose(closed).themes:
        assert told.count == len({answer.pk for answer in drawn[told.name]})
        assert told.percentage == pytest.approx(100 * len(drawn[told.name]) / 18)


def test_a_release_keeps_its_themes(
    closed: Consultation, fatima: Person, sanne: Person, sign_in: SignIn
) -> None:
    theme = theming.add_theme(closed, "q1", "Nachtdienst", fatima)
    small = theming.add_theme(closed, "q1", "Klein", fatima)
    theming.assign(theme, [each.key for each in answers(closed, "De nacht")], fatima)
    theming.assign(small, [each.key for each in answers(closed, "Parkeren")[:2]], fatima)
    OpenAnswer.objects.filter(consultation=closed).update(review="cleared")
    release_results(closed, ReleaseAudience.STAFF, fatima)
    theming.delete_theme(theme, fatima)
    client = sign_in(sanne)
    url = reverse("polls:results", args=[closed.key])
    html = client.get(url).content.decode()
    assert "Nachtdienst" in html
    assert "minder dan 5" in html
    filed = client.get(url, {"thema": theme.key.hex}).content.decode()
    assert filed.count("De nachtdienst is te zwaar") == 6
    assert "De kantine sluit" not in filed


def test_the_page_takes_as_many_queries_for_many_themes(
    closed: Consultation, fatima: Person, sign_in: SignIn
) -> None:
    client = sign_in(fatima)
    url = reverse("polls:themes", args=[closed.key])
    client.get(url)

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert client.get(url).status_code == 200
        return len(captured)

    for n in range(2):
        theme = theming.add_theme(closed, "q1", f"Thema {n}", fatima)
        theming.assign(theme, [each.key for each in answers(closed, "De")], fatima)
    few = queries()
    for n in range(2, 12):
        theme = theming.add_theme(closed, "q1", f"Thema {n}", fatima)
        theming.assign(theme, [each.key for each in answers(closed, "De")], fatima)
    assert queries() == few
