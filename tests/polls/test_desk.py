"""The council's page: opening, extending, closing, and what stands in the way."""

import datetime as dt

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from dossiers.models import Dossier
from people.models import Act, Person
from polls.actions.questionnaires import raise_revision
from polls.actions.releasing import release_results
from polls.models import (
    CodeSheet,
    ElectorMailing,
    MailKind,
    OpenAnswer,
    Question,
    ReleaseAudience,
    Review,
    State,
)
from tests.cast import SignIn
from tests.polls.ballots import close, make_consultation, make_open, make_people, vote


def test_a_draft_tells_what_is_missing_and_opens_once_it_is_there(
    fatima: Person, sign_in: SignIn
) -> None:
    make_people(10)
    draft = make_consultation(fatima, "single")
    question = Question.objects.get(questionnaire=draft.questionnaire)
    question.text = " "
    question.save()
    raise_revision(draft.questionnaire)
    client = sign_in(fatima)
    url = reverse("polls:open", args=[draft.key])
    assert client.get(reverse("polls:desk", args=[draft.key])).status_code == 200
    refused = client.post(url)
    assert refused.status_code == 409
    draft.refresh_from_db()
    assert draft.state == State.DRAFT
    question.text = "Wat nu?"
    question.save()
    raise_revision(draft.questionnaire)
    assert client.post(url).status_code == 302
    draft.refresh_from_db()
    assert draft.state == State.OPEN
    assert client.post(url).status_code == 403, "it is no draft any more"


def test_what_is_missing_is_said_once(fatima: Person, sign_in: SignIn) -> None:
    make_people(10)
    draft = make_consultation(fatima, "matrix")
    desk, client = reverse("polls:desk", args=[draft.key]), sign_in(fatima)
    questions = Question.objects.filter(questionnaire=draft.questionnaire)
    questions.update(text=" ")
    questions.get().choices.filter(axis="row").update(text=" ")
    raise_revision(draft.questionnaire)
    assert client.get(desk).content.decode().count("Vraag 1 mist nog tekst.") == 1
    questions.delete()
    raise_revision(draft.questionnaire)
    page = client.get(desk).content.decode()
    assert "Voeg ten minste één vraag toe." in page
    assert "Er zijn nog geen vragen." not in page


def test_extending(fatima: Person, sign_in: SignIn) -> None:
    make_people(10)
    running = make_open(fatima)
    later = timezone.localtime() + dt.timedelta(days=20)
    url = reverse("polls:extend", args=[running.key])
    client = sign_in(fatima)
    assert client.post(url, {"closes_at": "2020-01-01T12:00"}).status_code == 400
    assert client.post(url, {"closes_at": later.strftime("%Y-%m-%dT%H:%M")}).status_code == 302
    running.refresh_from_db()
    assert running.closes_at
    assert timezone.localtime(running.closes_at).date() == later.date()


def test_closing(fatima: Person, sign_in: SignIn) -> None:
    make_people(10)
    running = make_open(fatima)
    client = sign_in(fatima)
    assert client.post(reverse("polls:close", args=[running.key])).status_code == 302
    running.refresh_from_db()
    assert running.state == State.CLOSING
    assert Act.objects.filter(verb="polls.close").count() == 1
    assert client.get(reverse("polls:desk", args=[running.key])).status_code == 200


def test_the_lists_cost_the_same_however_many_there_are(
    fatima: Person, sanne: Person, sign_in: SignIn
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    make_people(10)
    for name, person in (("polls:index", sanne), ("polls:council_index", fatima)):
        client = sign_in(person)
        costs = []
        for more in (1, 9):
            for _n in range(more):
                make_open(fatima)
            with CaptureQueriesContext(connection) as captured:
                assert client.get(reverse(name)).status_code == 200
            costs.append(len(captured))
        assert costs[0] == costs[1]


def test_the_desk_shows_the_response_and_not_who(
    fatima: Person, sanne: Person, sign_in: SignIn
) -> None:
    people = make_people(19)
    running = make_open(fatima, breakdown="unit")
    for person in people[:6]:
        vote(running, person, {"q1": "c1"})
    html = sign_in(fatima).get(reverse("polls:desk", args=[running.key])).content.decode()
    assert "<b>6</b>" in html
    assert people[0].full_name not in html


def test_the_outcome_stands_on_the_results_page(
    fatima: Person, sanne: Person, sign_in: SignIn
) -> None:
    people = make_people(12)
    consultation = make_open(fatima)
    for person in people:
        vote(consultation, person, {"q1": "c1"})
    closed = close(consultation)
    client = sign_in(fatima)
    url = reverse("polls:outcome", args=[closed.key])
    assert client.post(url, {"heard": "Te laat bekend", "done": ""}).status_code == 400
    told = {"heard": "Te laat bekend", "done": "Twee weken eerder afgesproken"}
    assert client.post(url, told).status_code == 302
    release_results(closed, ReleaseAudience.STAFF, fatima)
    html = sign_in(sanne).get(reverse("polls:results", args=[closed.key])).content.decode()
    assert "Twee weken eerder afgesproken" in html


def test_the_outcome_is_mailed_once_and_only_where_staff_can_read_it(
    fatima: Person, sign_in: SignIn
) -> None:
    people = make_people(12)
    consultation = make_open(fatima)
    for person in people:
        vote(consultation, person, {"q1": "c1"})
    closed = close(consultation)
    client = sign_in(fatima)
    url = reverse("polls:outcome", args=[closed.key])
    told = {"heard": "Te laat bekend", "done": "Eerder afgesproken", "mail": "on"}
    mails = ElectorMailing.objects.filter(consultation=closed, kind=MailKind.OUTCOME)
    client.post(url, told)
    assert not mails.exists()
    release_results(closed, ReleaseAudience.STAFF, fatima)
    assert 'name="mail"' in client.get(url).content.decode()
    client.post(url, told)
    client.post(url, told)
    assert mails.get().recipients == 13
    assert 'name="mail"' not in client.get(url).content.decode()


def test_a_dossier_shows_what_was_asked_under_it(
    fatima: Person, sanne: Person, sign_in: SignIn
) -> None:
    make_people(10)
    dossier = Dossier.objects.create(title="Roosters", opened_by=fatima)
    running = make_open(fatima, dossier=dossier)
    draft = make_consultation(fatima, dossier=dossier)
    council = sign_in(fatima).get(dossier.get_absolute_url()).content.decode()
    assert running.title in council
    assert f"{reverse('polls:new')}?dossier={dossier.key}" in council
    staff = sign_in(sanne).get(dossier.get_absolute_url()).content.decode()
    assert reverse("polls:consultation", args=[running.key]) in staff
    assert str(draft.key) not in staff
    chosen = sign_in(fatima).get(reverse("polls:new_poll"), {"dossier": str(dossier.key)})
    assert f'value="{dossier.pk}" selected' in chosen.content.decode()
    for nonsense in ("x", "00000000-0000-4000-8000-000000000000"):
        found = sign_in(fatima).get(reverse("polls:new_poll"), {"dossier": nonsense})
        assert found.status_code == 200


def test_a_reminder_is_asked_about_first_and_not_offered_twice_a_day(
    fatima: Person, sign_in: SignIn
) -> None:
    make_people(10)
    running = make_open(fatima)
    client = sign_in(fatima)
    desk, remind = (reverse(f"polls:{name}", args=[running.key]) for name in ("desk", "remind"))
    html = client.get(desk).content.decode()
    before, _form = html.split(f'action="{remind}"')
    assert before.rindex("<details") > before.rindex("</details>"), "one click sends nothing"
    client.post(remind)
    html = client.get(desk).content.decode()
    assert remind not in html
    assert "Vandaag is er een herinnering verstuurd" in html


def test_releasing_is_asked_about_first_and_tells_what_was_not_read(
    ineke: Person, fatima: Person, sign_in: SignIn
) -> None:
    people = make_people(12)
    consultation = make_open(fatima, "single", "long_text")
    for number, person in enumerate(people):
        vote(consultation, person, {"q1": "c1", "q2": f"Tekst {number}"})
    closed = close(consultation)
    client = sign_in(ineke)
    desk = reverse("polls:desk", args=[closed.key])
    html = client.get(desk).content.decode()
    before, _form = html.split(f'action="{reverse("polls:release", args=[closed.key, "staff"])}"')
    assert before.rindex("<details") > before.rindex("</details>"), "one click releases nothing"
    assert "12 open antwoorden zijn nog niet gelezen" in html
    OpenAnswer.objects.update(review=Review.CLEARED)
    html = client.get(desk).content.decode()
    assert "nog niet gelezen" not in html
    assert "12 open antwoorden gaan mee" in html
    assert f'href="{reverse("polls:texts", args=[closed.key])}?stand=cleared"' in html
    assert html.count("De bestuurder leest de uitslag nog niet") == 1, "told before staff read them"
    release_results(closed, ReleaseAudience.DIRECTOR, fatima)
    assert "De bestuurder leest de uitslag nog niet" not in client.get(desk).content.decode()


def test_the_results_page_tells_the_council_to_whom_it_was_released(
    fatima: Person, sign_in: SignIn
) -> None:
    people = make_people(12)
    consultation = make_open(fatima)
    for person in people:
        vote(consultation, person, {"q1": "c1"})
    closed = close(consultation)
    client = sign_in(fatima)
    url = reverse("polls:results", args=[closed.key])
    assert "alleen de OR ziet deze pagina" in client.get(url).content.decode()
    release_results(closed, ReleaseAudience.STAFF, fatima)
    html = client.get(url).content.decode()
    assert "alleen de OR ziet deze pagina" not in html
    assert "vrijgegeven aan medewerkers op" in html


def test_a_closed_desk_and_its_paper_cost_the_same_however_much_was_written(
    ineke: Person, fatima: Person, sign_in: SignIn
) -> None:
    people = make_people(40)
    client = sign_in(ineke)
    costs: dict[str, set[int]] = {"desk": set(), "paper": set()}
    for writers, sheets in ((6, 1), (30, 4)):
        consultation = make_open(fatima, "single", "long_text")
        for person in people[:writers]:
            vote(consultation, person, {"q1": "c1", "q2": f"Van {person.pk}"})
        for at in range(sheets):
            CodeSheet.objects.create(consultation=consultation, made_by=people[at], size=2)
        costs["paper"].add(_cost(client, reverse("polls:paper", args=[consultation.key])))
        close(consultation)
        costs["desk"].add(_cost(client, reverse("polls:desk", args=[consultation.key])))
    assert {name: len(each) for name, each in costs.items()} == {"desk": 1, "paper": 1}


def _cost(client: Client, url: str) -> int:
    client.get(url)  # what is read once a process
    with CaptureQueriesContext(connection) as seen:
        assert client.get(url).status_code == 200
    return len(seen)
