"""The answering page: reading, answering, and everything that can get in the way."""

import datetime as dt
import re

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from people.models import Person
from polls.actions.opening import open_consultation
from polls.actions.questionnaires import raise_revision
from polls.models import Consultation, Elector, NamedBallot, Question, State, UrnEntry, Wording
from polls.receipts import new_receipt
from tests.cast import SignIn
from tests.polls.ballots import close, make_consultation, make_open, make_people, vote


@pytest.fixture
def consultation(fatima: Person, sanne: Person) -> Consultation:
    """Open for 20 colleagues: one choice, a text."""
    make_people(18)
    return make_open(fatima, "single", "long_text")


def url(consultation: Consultation) -> str:
    return consultation.get_absolute_url()


def field(html: str, name: str) -> str:
    """The value of a hidden field."""
    found = re.search(rf'name="{name}" value="([^"]*)"', html)
    assert found, name
    return found[1]


def test_a_visitor_signs_in_first(consultation: Consultation, client: Client) -> None:
    response = client.get(url(consultation))
    assert response.status_code == 302
    assert response["Location"].startswith(reverse("account_login"))


def test_the_page_tells_the_mode_before_the_first_question(
    consultation: Consultation, sanne: Person, sign_in: SignIn
) -> None:
    html = sign_in(sanne).get(url(consultation)).content.decode()
    assert html.index('class="trust') < html.index('class="question')
    assert 'name="q1"' in html
    assert 'name="q2"' in html


def test_few_colleagues_are_told_confidential(
    fatima: Person, sanne: Person, sign_in: SignIn
) -> None:
    make_people(6)
    small = make_open(fatima)
    assert "trust is-confidential" in sign_in(sanne).get(url(small)).content.decode()


def test_many_colleagues_are_told_anonymous(
    consultation: Consultation, sanne: Person, sign_in: SignIn
) -> None:
    assert "trust is-anonymous" in sign_in(sanne).get(url(consultation)).content.decode()


def test_answering_puts_one_envelope_in_the_urn_and_gives_a_receipt(
    consultation: Consultation, sanne: Person, sign_in: SignIn
) -> None:
    response = sign_in(sanne).post(url(consultation), {"go": "send", "q1": "c2", "q2": "Goed zo"})
    assert response.status_code == 200
    assert re.search(r'id="receipt-code"[^>]*>(\w{4}-){4}\w{4}<', response.content.decode())
    assert UrnEntry.objects.filter(consultation=consultation).count() == 1
    assert Elector.objects.get(consultation=consultation, person=sanne).took_part


def test_nothing_on_the_way_is_kept_between_browser_and_cache(
    consultation: Consultation, sanne: Person, sign_in: SignIn
) -> None:
    for response in (
        sign_in(sanne).get(url(consultation)),
        sign_in(sanne).post(url(consultation), {"go": "send", "q1": "c2"}),
        Client().post(url(consultation), {"go": "send", "q2": "Mijn verhaal"}),
    ):
        assert "no-store" in response["Cache-Control"]


def test_the_same_form_sent_twice_gets_the_same_receipt(
    consultation: Consultation, sanne: Person, sign_in: SignIn
) -> None:
    client = sign_in(sanne)
    receipt = field(client.get(url(consultation)).content.decode(), "receipt")
    form = {"go": "send", "q1": "c2", "receipt": receipt}
    pages = [client.post(url(consultation), form) for _time in range(2)]
    codes = [re.search(r'id="receipt-code"[^>]*>([^<]+)<', p.content.decode()) for p in pages]
    assert codes[0]
    assert codes[1]
    assert codes[0][1] == codes[1][1]
    assert UrnEntry.objects.count() == 1


def test_a_mistake_is_told_at_the_question_and_nothing_is_lost(
    consultation: Consultation, sanne: Person, sign_in: SignIn
) -> None:
    response = sign_in(sanne).post(
        url(consultation), {"go": "send", "q1": "c9", "q2": "Mijn <b>lange</b> verhaal"}
    )
    html = response.content.decode()
    assert response.status_code == 400
    assert 'href="#vraag-q1"' in html
    assert 'id="vraag-q1-fout"' in html
    assert "Mijn &lt;b&gt;lange&lt;/b&gt; verhaal" in html
    assert UrnEntry.objects.count() == 0


def test_an_expired_sign_in_loses_nothing(consultation: Consultation, client: Client) -> None:
    response = client.post(url(consultation), {"go": "send", "q1": "c1", "q2": "Mijn verhaal"})
    html = response.content.decode()
    assert response.status_code == 403
    assert 'name="q2" value="Mijn verhaal"' in html
    assert 'target="_blank"' in html
    assert consultation.title not in html


def test_a_stale_form_is_given_back_to_be_sent_again(
    consultation: Consultation, sanne: Person
) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(sanne, backend=settings.AUTHENTICATION_BACKENDS[0])
    form = {"go": "send", "q1": "c1", "q2": "Mijn verhaal", "csrfmiddlewaretoken": "x" * 64}
    refused = client.post(url(consultation), form)
    assert refused.status_code == 403
    assert UrnEntry.objects.count() == 0
    html = refused.content.decode()
    token = field(html, "csrfmiddlewaretoken")
    again = {"go": "send", "q1": "c1", "q2": field(html, "q2"), "csrfmiddlewaretoken": token}
    assert client.post(url(consultation), again).status_code == 200
    assert UrnEntry.objects.count() == 1


def test_another_site_cannot_choose_the_receipt_of_an_answer(
    consultation: Consultation, sanne: Person
) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(sanne, backend=settings.AUTHENTICATION_BACKENDS[0])
    planted = new_receipt()
    refused = client.post(url(consultation), {"go": "send", "q1": "c1", "receipt": planted})
    assert refused.status_code == 403
    assert planted not in refused.content.decode()


def test_what_was_typed_can_be_copied_when_it_closed_meanwhile(
    consultation: Consultation, sanne: Person, sign_in: SignIn
) -> None:
    client = sign_in(sanne)
    with time_machine.travel(timezone.now() + dt.timedelta(days=8), tick=False):
        client.force_login(sanne, backend=settings.AUTHENTICATION_BACKENDS[0])
        response = client.post(url(consultation), {"go": "send", "q1": "c1", "q2": "Mijn verhaal"})
    assert response.status_code == 409
    assert "Mijn verhaal" in response.content.decode()
    assert "Antwoord 1" in response.content.decode()
    assert UrnEntry.objects.count() == 0


def test_nobody_answers_twice(consultation: Consultation, sanne: Person, sign_in: SignIn) -> None:
    vote(consultation, sanne, {"q1": "c1"})
    client = sign_in(sanne)
    page = client.get(url(consultation))
    assert page.status_code == 200
    assert reverse("polls:own_answer", args=[consultation.key]) in page.content.decode()
    again = client.post(url(consultation), {"go": "send", "q1": "c2", "q2": "Toch anders"})
    assert again.status_code == 409
    assert "Toch anders" in again.content.decode()
    assert UrnEntry.objects.count() == 1


def test_who_was_not_asked_finds_nothing(
    fatima: Person, sanne: Person, omar: Person, sign_in: SignIn
) -> None:
    make_people(10)
    only_care = make_open(fatima)
    Elector.objects.filter(consultation=only_care, person=omar).delete()
    assert sign_in(omar).get(url(only_care)).status_code == 404
    assert sign_in(omar).post(url(only_care), {"go": "send", "q1": "c1"}).status_code == 404


def test_the_council_sees_that_it_was_not_asked_itself(
    consultation: Consultation, ineke: Person, sign_in: SignIn
) -> None:
    client = sign_in(ineke)
    assert client.get(url(consultation)).status_code == 200
    refused = client.post(url(consultation), {"go": "send", "q1": "c1"})
    assert refused.status_code == 403
    assert UrnEntry.objects.count() == 0


def test_a_closed_one_says_so(consultation: Consultation, sanne: Person, sign_in: SignIn) -> None:
    Consultation.objects.filter(pk=consultation.pk).update(state=State.CLOSING)
    response = sign_in(sanne).get(url(consultation))
    assert response.status_code == 200
    assert 'name="q1"' not in response.content.decode()


def test_named_answers_say_who_reads_them_and_can_be_changed(
    fatima: Person, sanne: Person, ineke: Person, sign_in: SignIn
) -> None:
    make_people(5)
    draft = make_named(fatima, reader=ineke)
    client = sign_in(sanne)
    html = client.get(url(draft)).content.decode()
    assert "trust is-named" in html
    assert "Ineke Postma" in html
    assert client.post(url(draft), {"go": "send", "q1": "c2"}).status_code == 200
    assert "checked" in client.get(url(draft)).content.decode()
    client.post(url(draft), {"go": "send", "q1": "c3"})
    assert [ballot.answers for ballot in NamedBallot.objects.all()] == [{"q1": "c3"}]
    assert UrnEntry.objects.count() == 0


def make_named(by: Person, *, reader: Person) -> Consultation:
    """Open, with names, read by ``reader``."""
    from polls.actions.opening import open_consultation
    from tests.polls.ballots import make_consultation

    draft = make_consultation(by, mode="named")
    draft.named_readers.add(reader)
    return open_consultation(draft, by)


def test_an_answer_that_is_not_shown_is_not_taken(
    consultation: Consultation, sanne: Person, sign_in: SignIn
) -> None:
    question = Question.objects.get(questionnaire=consultation.questionnaire, code="q2")
    question.show_if = {"question": "q1", "op": "is", "value": "c3"}
    question.required = True
    question.save()
    raise_revision(consultation.questionnaire)
    client = sign_in(sanne)
    assert "data-show-if" in client.get(url(consultation)).content.decode()
    assert client.post(url(consultation), {"go": "send", "q1": "c3"}).status_code == 400
    sent = client.post(url(consultation), {"go": "send", "q1": "c1", "q2": "x"})
    assert sent.status_code == 200


def test_another_language_is_one_button_away_and_keeps_what_was_typed(
    consultation: Consultation, sanne: Person, sign_in: SignIn
) -> None:
    questionnaire = consultation.questionnaire
    questionnaire.languages = ["ar"]
    questionnaire.save()
    Wording.objects.create(
        questionnaire=questionnaire, language="ar", ref="question:q1:text", text="ما رأيك؟"
    )
    raise_revision(questionnaire)
    client = sign_in(sanne)
    assert 'dir="ltr"' in client.get(url(consultation)).content.decode()
    arabic = client.post(
        url(consultation), {"go": "language-ar", "language": "nl", "q1": "c2", "q2": "Hallo"}
    ).content.decode()
    assert 'dir="rtl"' in arabic
    assert 'lang="ar"' in arabic
    assert "ما رأيك؟" in arabic
    assert "Hallo" in arabic
    assert re.search(r'value="c2" checked', arabic)
    assert 'lang="nl"' in arabic, "what is not translated is marked as Dutch"


@pytest.mark.parametrize("key", ["not-a-key", "00000000-0000-4000-8000-000000000000"])
def test_an_unknown_one_is_not_found(key: str, sanne: Person, sign_in: SignIn) -> None:
    assert sign_in(sanne).get(f"/vragen/{key}/").status_code == 404


def test_reading_and_answering_cost_the_same_however_many_there_are(
    fatima: Person, sanne: Person, sign_in: SignIn, django_assert_max_num_queries: object
) -> None:
    make_people(18)
    small = make_open(fatima, "single")
    make_people(60)
    large = make_open(fatima, *["single", "scale", "multiple", "long_text"] * 5)
    client = sign_in(sanne)
    counts = []
    for consultation in (small, large):
        client.get(url(consultation))  # the questions are read once a process
        form = {"go": "send", "q1": "c1"}
        counts.append(
            (
                queries(lambda c=consultation: client.get(url(c))),
                queries(lambda c=consultation, f=form: client.post(url(c), f)),
            )
        )
    assert counts[0] == counts[1]
    assert counts[0][1] <= 8


def queries(act: object) -> int:
    """How many statements ``act`` costs, without the marks around transactions."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        act()  # type: ignore[operator]
    return sum(not q["sql"].startswith(("SAVEPOINT", "RELEASE")) for q in captured.captured_queries)


def test_results_are_one_step_away_once_released(
    consultation: Consultation, sanne: Person, fatima: Person, sign_in: SignIn
) -> None:
    from polls.actions.releasing import release_results
    from polls.models import ReleaseAudience

    for elector in Elector.objects.filter(consultation=consultation).select_related("person"):
        vote(consultation, elector.person, {"q1": "c1"})
    closed = close(consultation)
    assert sign_in(sanne).get(url(closed)).status_code == 200
    release_results(closed, ReleaseAudience.STAFF, fatima)
    response = sign_in(sanne).get(url(closed))
    assert response["Location"] == reverse("polls:results", args=[closed.key])


def test_one_question_asks_for_one_answer_and_marks_nothing_as_required_beside_it(
    fatima: Person, sanne: Person, sign_in: SignIn
) -> None:
    make_people(12)
    pages = []
    for kinds in (("single",), ("single", "single")):
        draft = make_consultation(fatima, *kinds)
        draft.questionnaire.questions.update(required=True)
        consultation = open_consultation(draft, fatima)
        pages.append(sign_in(sanne).get(consultation.get_absolute_url()).content.decode())
    one, two = pages
    assert "Antwoord versturen" in one
    assert "asteriskField" not in one
    assert "(verplicht)" in one
    assert "Antwoorden versturen" in two
    assert two.count("asteriskField") == 3, "two questions, and what the mark means"
