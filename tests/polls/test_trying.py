"""Preview and pilot: the real pages, and nothing kept. And the library of templates."""

import datetime as dt

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from people.models import Person
from polls.actions.opening import open_consultation
from polls.actions.questionnaires import make_questionnaire
from polls.library import LIBRARY
from polls.models import Consultation, Elector, NamedBallot, Questionnaire, UrnEntry
from polls.questions.checks import problems
from polls.questions.loading import schema_of
from polls.questions.wording import Hint, advise
from tests.cast import SignIn
from tests.polls.ballots import make_consultation, make_people


@pytest.fixture
def draft(fatima: Person) -> Consultation:
    """A draft with one choice."""
    make_people(20)
    return make_consultation(fatima, "single")


def pilot_path(client: Client, draft: Consultation) -> str:
    """The path in the link that the council gets."""
    html = client.get(reverse("polls:pilot_link", args=[draft.key])).content.decode()
    return "/vragen/proef/" + html.split("/vragen/proef/")[1].split('"')[0]


def kept() -> int:
    """Anything that answering would have left."""
    return UrnEntry.objects.count() + Elector.objects.count() + NamedBallot.objects.count()


def test_a_preview_checks_and_keeps_nothing(
    draft: Consultation, fatima: Person, sign_in: SignIn
) -> None:
    client = sign_in(fatima)
    url = reverse("polls:preview", args=[draft.key])
    assert 'name="q1"' in client.get(url).content.decode()
    assert client.post(url, {"go": "send", "q1": "c9"}).status_code == 400
    assert client.post(url, {"go": "send", "q1": "c1"}).status_code == 200
    assert kept() == 0


def test_a_preview_says_anonymous_or_confidential_as_it_will_once_open(
    draft: Consultation, fatima: Person, sign_in: SignIn
) -> None:
    html = sign_in(fatima).get(reverse("polls:preview", args=[draft.key])).content.decode()
    assert "trust is-anonymous" in html
    draft.refresh_from_db()
    assert draft.electorate_size == 0


def test_a_pilot_is_for_whoever_has_the_link(
    draft: Consultation, fatima: Person, sanne: Person, sign_in: SignIn, client: Client
) -> None:
    path = pilot_path(sign_in(fatima), draft)
    colleague = sign_in(sanne)
    assert 'name="q1"' in colleague.get(path).content.decode()
    assert colleague.post(path, {"go": "send", "q1": "c1"}).status_code == 200
    assert kept() == 0
    assert client.get(path).status_code == 302, "signing in comes first"


def test_a_pilot_ends_with_time_and_with_the_opening(
    draft: Consultation, fatima: Person, sanne: Person, sign_in: SignIn
) -> None:
    path = pilot_path(sign_in(fatima), draft)
    with time_machine.travel(timezone.now() + dt.timedelta(days=15), tick=False):
        assert sign_in(sanne).get(path).status_code == 410
    open_consultation(draft, fatima)
    assert sign_in(sanne).get(path).status_code == 410


def test_a_made_up_link_is_not_found(sanne: Person, sign_in: SignIn) -> None:
    assert sign_in(sanne).get(reverse("polls:pilot", args=["abc:def:ghi"])).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("code", list(LIBRARY))
def test_what_is_ready_made_can_open_as_it_is(code: str) -> None:
    ready = LIBRARY[code]
    made = make_questionnaire(by=None, title=ready.title, sections=ready.sections)
    schema = schema_of(made)
    assert problems(schema) == []
    assert {advice.hint for advice in advise(schema)} <= {Hint.NO_WAY_OUT}


@pytest.mark.parametrize("code", list(LIBRARY))
def test_a_survey_starts_from_what_is_ready_made(
    code: str, fatima: Person, sign_in: SignIn
) -> None:
    client = sign_in(fatima)
    url = reverse("polls:new_survey")
    assert "selected" in client.get(url, {"sjabloon": code}).content.decode()
    closes = (timezone.localtime() + dt.timedelta(days=7)).strftime("%Y-%m-%dT%H:%M")
    form = {
        "title": "Mijn enquête",
        "template": code,
        "audience": "everyone",
        "mode": "anonymous",
        "joiners": "left_out",
        "closes_at": closes,
    }
    made = client.post(url, form)
    draft = Consultation.objects.get()
    assert made["Location"] == reverse("polls:build", args=[draft.key])
    assert len(list(schema_of(draft.questionnaire))) == LIBRARY[code].question_count


def test_saving_a_template_and_starting_from_it(
    draft: Consultation, fatima: Person, sign_in: SignIn
) -> None:
    client = sign_in(fatima)
    client.post(reverse("polls:save_template", args=[draft.key]), {"name": "Onze polsslag"})
    saved = Questionnaire.objects.templates().get()
    assert saved.template_name == "Onze polsslag"
    html = client.get(reverse("polls:templates")).content.decode()
    assert "Onze polsslag" in html
    assert str(saved.key) in html
    assert len(list(schema_of(saved))) == 1


def test_hints_come_while_writing(fatima: Person, sign_in: SignIn) -> None:
    client = sign_in(fatima)
    url = reverse("polls:hints")
    leading = {"text": "Vind je ook niet dat het te laat is?"}
    assert "hint-list" in client.get(url, leading).content.decode()
    assert client.get(url, {"text": "Hoe laat past jou?"}).content.decode().strip() == ""


def test_audience_and_times_of_a_draft_change(
    draft: Consultation, fatima: Person, sign_in: SignIn
) -> None:
    client = sign_in(fatima)
    url = reverse("polls:settings", args=[draft.key])
    assert draft.title in client.get(url).content.decode()
    closes = (timezone.localtime() + dt.timedelta(days=30)).strftime("%Y-%m-%dT%H:%M")
    form = {
        "title": "Nieuwe naam",
        "introduction": "Waarom",
        "audience": "everyone",
        "mode": "anonymous",
        "joiners": "added",
        "closes_at": closes,
    }
    assert client.post(url, {**form, "title": ""}).status_code == 400
    assert client.post(url, form).status_code == 302
    draft.refresh_from_db()
    assert (draft.title, draft.joiners) == ("Nieuwe naam", "added")
    assert schema_of(draft.questionnaire).introduction == "Waarom"
    open_consultation(draft, fatima)
    assert client.get(url).status_code == 403
