"""Search: what is found, in what order, by whom; on PostgreSQL also by stem and quickly."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from advice.models import Letter, LetterRelease, Section
from blogs.lifecycle import CommentState
from blogs.models import Comment
from dossiers.actions.keeping import add_note
from dossiers.models import Dossier
from dossiers.search import finding, sources, words
from dossiers.search.fulltext import Matches
from groups.models import History
from listening import actions as listening
from listening.models import Signal
from newsletter.models import Block, Issue
from people.models import Person
from polls.actions.opening import open_consultation
from polls.models import Statement
from tests.blogs.makers import keep_secret, make_comment, make_dossier, make_post
from tests.cast import SignIn, make_people
from tests.groups.makers import make_group, make_message, make_thread, write_under_alias
from tests.orportal.test_leaks import CLOSED, SECRET, closed_group, secret_dossier
from tests.polls.ballots import make_consultation
from tests.polls.rounds import make_open_round

__all__ = ["closed_group", "secret_dossier"]

pytestmark = pytest.mark.django_db

FULL_TEXT = connection.vendor == "postgresql"


def titles(client: Client, typed: str, **more: str) -> list[str]:
    """The titles on the page of results, as plain text and in their order."""
    response = client.get("/zoeken/", {"q": typed, **more})
    assert response.status_code == 200
    plain = [str(hit.title) for hit in response.context["hits"]]
    return [title.replace("<mark>", "").replace("</mark>", "") for title in plain]


def found_by(person: Person, typed: str) -> set[str]:
    """The kinds of things that ``person`` finds."""
    question = words.read(typed)
    return {found.source.kind.key for found in finding.find(person, question).things}


def make_everything(joris: Person, sanne: Person, word: str) -> Dossier:
    """One of each thing that is searched, all holding ``word``, open to whom it is meant for."""
    dossier = make_dossier(joris, f"Dossier {word}", summary=f"Over {word}.")
    add_note(joris, dossier, f"Notitie {word}")
    post = make_post(joris, f"Bericht {word}", f"Tekst {word}", dossier=dossier)
    make_comment(post, sanne, f"Reactie {word}")
    make_people(6)
    asked = make_consultation(joris, dossier=dossier)
    asked.title = f"Vraag {word}"
    asked.save()
    open_consultation(asked, joris)
    group = make_group(sanne, name=f"Groep {word}", purpose=f"Doel {word}")
    make_thread(group, sanne, f"Gesprek {word}", f"Bericht {word}")
    listening.write_named(sanne, f"Post {word}", f"Aan de raad {word}")
    signal = listening.note_signal(
        Signal(title=f"Signaal {word}", text=word, source="walk_round"), joris
    )
    listening.pass_on(signal, joris)
    letter = Letter.objects.create(
        dossier=dossier, kind="art25", subject=f"Brief {word}", recipient="de bestuurder",
        made_by=joris, state="released",
    )  # fmt: skip
    Section.objects.create(letter=letter, slug="slot", position=1, heading="Slot", body=word)
    LetterRelease.objects.create(letter=letter, document={}, released_by=joris)
    issue = Issue.objects.create(subject=f"Nieuwsbrief {word}", written_by=joris)
    Block.objects.create(
        issue=issue, position=1, kind="text", text=f"Weekblad {word}", dossier=dossier
    )
    return dossier


def test_the_council_finds_everything_and_staff_what_is_open_to_them(
    joris: Person, sanne: Person, omar: Person
) -> None:
    make_everything(joris, sanne, "kalebas")
    assert found_by(joris, "kalebas") == {
        "dossier", "paper", "post", "comment", "consultation", "group", "message", "signal",
        "letter", "newsletter",
    }  # fmt: skip
    for_all = {"dossier", "post", "comment", "consultation", "group"}
    assert found_by(sanne, "kalebas") == for_all | {"talk", "message"}
    assert found_by(omar, "kalebas") == for_all


def test_the_director_finds_what_was_released_and_the_administrator_may_not_search(
    joris: Person, sanne: Person, bakker: Person, wim: Person, sign_in: SignIn
) -> None:
    make_everything(joris, sanne, "kalebas")
    assert titles(sign_in(bakker), "kalebas", soort="letter") == ["Brief kalebas"]
    assert found_by(bakker, "kalebas") == {"letter", "signal"}
    assert sign_in(wim).get("/zoeken/?q=kalebas").status_code == 403
    assert found_by(wim, "kalebas") == set()


def test_who_left_finds_nothing(joris: Person, sanne: Person, eva: Person) -> None:
    make_everything(joris, sanne, "kalebas")
    assert found_by(eva, "kalebas") == set()


@pytest.mark.long
@pytest.mark.usefixtures("secret_dossier", "closed_group")
def test_no_role_finds_a_word_of_a_secret_dossier_or_of_a_closed_group(
    sanne: Person,
    omar: Person,
    fatima: Person,
    joris: Person,
    ineke: Person,
    bakker: Person,
    eva: Person,
    wim: Person,
) -> None:
    for person in (fatima, ineke, bakker, wim, eva, sanne, omar):
        assert found_by(person, SECRET[:9]) == set(), person
    assert len(found_by(joris, SECRET[:9])) > 6
    for person in (fatima, joris, ineke, bakker, wim, eva):
        assert found_by(person, CLOSED[:9]) == set(), person
    assert found_by(omar, CLOSED[:9]) == {"group", "talk"}


@pytest.mark.usefixtures("secret_dossier", "closed_group")
def test_the_page_of_results_shows_no_marker_either(
    fatima: Person, sanne: Person, ineke: Person, bakker: Person, joris: Person, sign_in: SignIn
) -> None:
    pages = {
        person.given_name: sign_in(person).get("/zoeken/", {"q": SECRET[:9]}).content.decode()
        for person in (fatima, sanne, ineke, bakker, joris)
    }
    assert [name for name, page in pages.items() if SECRET in page] == ["Joris"]


def test_what_becomes_secret_is_found_no_more_and_again_once_lifted(
    joris: Person, fatima: Person, sanne: Person
) -> None:
    dossier = make_everything(joris, sanne, "kalebas")
    secrecy = keep_secret(dossier, joris)
    locked = {"dossier", "paper", "post", "comment", "consultation", "letter"}
    assert not found_by(fatima, "kalebas") & locked
    assert found_by(fatima, "weekblad") == found_by(joris, "weekblad") == set()
    assert found_by(joris, "kalebas") >= locked
    secrecy.lifted_at = timezone.now()
    secrecy.save()
    assert found_by(fatima, "kalebas") >= locked
    assert found_by(fatima, "weekblad") == {"newsletter"}


def test_a_name_finds_nobody_so_no_alias_is_found_out(sanne: Person, omar: Person) -> None:
    group = make_group(omar, sanne, alias=True)
    thread = make_thread(group, omar, "Pauzes", "Wie heeft er pauze?")
    write_under_alias(thread, sanne, "Ik nooit, dus daar is de kalebas.")
    assert found_by(omar, "Sanne") == found_by(omar, "Wit") == set()
    assert found_by(sanne, "kalebas") == found_by(omar, "kalebas")


def test_no_result_from_a_group_names_who_wrote_it(
    sanne: Person, omar: Person, sign_in: SignIn
) -> None:
    group = make_group(omar, sanne)
    make_message(make_thread(group, omar), sanne, "De kalebas staat klaar.")
    page = sign_in(omar).get("/zoeken/?q=kalebas").content.decode()
    assert "staat klaar" in page
    assert "Sanne" not in page
    assert "de Wit" not in page


def test_what_was_said_before_joining_stays_unfound(sanne: Person, omar: Person) -> None:
    group = make_group(omar, history=History.FROM_JOINING)
    thread = make_thread(group, omar, "Kalebas", "De kalebas van vroeger")
    from groups import actions

    actions.join_group(sanne, group)
    assert found_by(sanne, "kalebas") == set()
    make_message(thread, omar, "De kalebas van nu")
    assert found_by(sanne, "kalebas") == {"talk"}


def test_the_words_of_a_hidden_comment_are_found_by_nobody(joris: Person, sanne: Person) -> None:
    comment = make_comment(make_post(joris), sanne, "Wat een kalebas.")
    assert found_by(sanne, "kalebas") == {"comment"}
    Comment.objects.filter(pk=comment.pk).update(
        state=CommentState.HIDDEN, hidden_by=joris, hidden_reason="grof"
    )
    assert found_by(joris, "kalebas") == found_by(sanne, "kalebas") == set()


def test_all_words_must_be_there_and_some_must_not(
    joris: Person, sanne: Person, sign_in: SignIn
) -> None:
    make_post(joris, "Zomer", "Het rooster voor de zomer is klaar.")
    make_post(joris, "Winter", "Het rooster voor de winter volgt, klaar is het nog niet.")
    client = sign_in(sanne)
    assert titles(client, "rooster zomer") == ["Zomer"]
    assert titles(client, "rooster -winter") == ["Zomer"]
    assert titles(client, '"klaar is het"') == ["Winter"]
    assert titles(client, "rooster kalebas") == []
    assert sorted(titles(client, "ROOSTER")) == ["Winter", "Zomer"]


def test_a_beginning_finds_the_compound(joris: Person, sanne: Person, sign_in: SignIn) -> None:
    make_post(joris, "Plan", "Over de roosterwijziging in maart, en over zelfroosteren.")
    page = sign_in(sanne).get("/zoeken/?q=rooster").content.decode()
    assert "<mark>roosterwijziging</mark>" in page
    assert "<mark>zelfroosteren</mark>" in page


def test_full_text_finds_other_forms_of_a_word_in_dutch_and_in_english(
    joris: Person, sanne: Person, sign_in: SignIn
) -> None:
    make_post(joris, "Een", "Het rooster hangt er.")
    make_post(joris, "Two", "The meeting about scheduling went well.")
    make_post(joris, "Drie", "Coördinatie tussen de teams.")
    client = sign_in(sanne)
    found = {typed: titles(client, typed) for typed in ("roosters", "meetings schedule", "zo")}
    full = {"roosters": ["Een"], "meetings schedule": ["Two"], "zo": []}
    assert found == (full if FULL_TEXT else {typed: [] for typed in full})
    assert titles(client, "coördinatie") == ["Drie"]
    if FULL_TEXT:
        assert titles(client, "coordinatie") == ["Drie"]
        assert "<mark>rooster</mark>" in client.get("/zoeken/?q=roosters").content.decode()


def test_a_title_comes_before_a_text_and_the_newest_first_where_asked(
    joris: Person, sanne: Person, sign_in: SignIn
) -> None:
    old = make_post(joris, "Over de kalebas", "Een oud verhaal.")
    old.published_at = timezone.now() - dt.timedelta(days=300)
    old.save()
    make_post(joris, "Nieuws", "Er is een kalebas gezien.")
    client = sign_in(sanne)
    assert titles(client, "kalebas") == ["Over de kalebas", "Nieuws"]
    assert titles(client, "kalebas", volgorde="nieuw") == ["Nieuws", "Over de kalebas"]


def test_a_survey_is_found_once_by_its_title_and_by_what_it_asks(
    joris: Person, sign_in: SignIn
) -> None:
    asked = make_consultation(joris)
    asked.title = "Kalebas"
    asked.save()
    asked.questionnaire.questions.update(text="Wat vind je van de kalebas?")
    client = sign_in(joris)
    assert titles(client, "kalebas") == ["Kalebas"]
    assert titles(client, "vind kalebas") == ["Kalebas"]


def test_a_round_is_found_by_the_statements_put_to_everyone_and_by_no_other(
    joris: Person, sanne: Person, bakker: Person
) -> None:
    make_people(6)
    voting = make_open_round(joris)
    for number, (state, word) in enumerate(
        [("shown", "kalebas"), ("waiting", "pompoen"), ("refused", "courgette")], start=90
    ):
        Statement.objects.create(
            consultation=voting, code=f"s{number}", number=number, text=f"Meer {word}", state=state
        )
    into = Statement.objects.get(code="s90")
    Statement.objects.create(
        consultation=voting, code="s99", number=99, text="Ook augurk", state="merged",
        merged_into=into,
    )  # fmt: skip
    for person in (joris, sanne):
        assert found_by(person, "kalebas") == {"consultation"}
        assert not {k for w in ("pompoen", "courgette", "augurk") for k in found_by(person, w)}
    assert found_by(bakker, "kalebas") == set()


def test_what_somebody_answered_is_in_no_source() -> None:
    searched = {source.door.__qualname__ for source in sources.every()}
    tables = {source.door(Person(pk=0)).model._meta.db_table for source in sources.every()}
    assert len(searched) > 10
    assert not {table for table in tables if table.startswith("polls_")} & {
        "polls_openanswer", "polls_ballot", "polls_namedballot", "polls_urnentry", "polls_release",
    }  # fmt: skip
    assert not {table for table in tables if table.startswith("people_")}


@pytest.mark.parametrize(
    "typed",
    ["'", '"', "a & b | !c", "x:*", "((", "-", "--", "\\", "%_%", "de het een", "\0kalebas", "<b>",
     "'; DROP TABLE blogs_post; --", "kalebas " * 60, "🙂", "a-b-c d'e", "!!!", "<->"],
)  # fmt: skip
def test_whatever_is_typed_gets_a_page(sanne: Person, sign_in: SignIn, typed: str) -> None:
    response = sign_in(sanne).get("/zoeken/", {"q": typed})
    assert response.status_code == 200
    assert b"<b>" not in response.content


def test_what_is_found_is_shown_as_text(joris: Person, sanne: Person, sign_in: SignIn) -> None:
    make_post(joris, "<script>kalebas</script>", "Een kalebas <img src=x onerror=alert(1)> hier")
    page = sign_in(sanne).get("/zoeken/?q=kalebas").content.decode()
    assert "<script>kalebas" not in page
    assert "&lt;script&gt;<mark>kalebas</mark>&lt;/script&gt;" in page
    assert "<img src=x" not in page


def test_pages_and_kinds(joris: Person, sanne: Person, sign_in: SignIn) -> None:
    post = make_post(joris, "Kalebas", "Lees dit.")
    Comment.objects.bulk_create(
        Comment(post=post, author=sanne, body=f"kalebas nummer {n}") for n in range(45)
    )
    client = sign_in(sanne)
    first = client.get("/zoeken/?q=kalebas")
    assert first.context["page"].paginator.num_pages == 3
    assert len(titles(client, "kalebas", page="3")) == 6
    assert titles(client, "kalebas", soort="post") == ["Kalebas"]
    assert len(titles(client, "kalebas", soort="comment", page="3")) == 5
    assert len(titles(client, "kalebas", soort="no-such-kind")) == 20
    assert titles(client, "kalebas", page="999") == titles(client, "kalebas", page="3")


def test_the_empty_page_and_the_one_without_a_result_say_what_to_do(
    sanne: Person, sign_in: SignIn
) -> None:
    client = sign_in(sanne)
    assert "Je vindt alleen wat je mag lezen" in client.get("/zoeken/").content.decode()
    nothing = client.get("/zoeken/?q=kalebas").content.decode()
    assert "Niets gevonden voor" in nothing
    assert "Probeer minder woorden" in nothing


def test_the_page_is_kept_by_no_cache_and_the_box_stands_on_every_page(
    sanne: Person, wim: Person, bakker: Person, sign_in: SignIn
) -> None:
    response = sign_in(sanne).get("/zoeken/?q=kalebas")
    assert "no-store" in response["Cache-Control"]
    assert b'name="robots" content="noindex' in response.content
    for person, has_box in ((sanne, True), (bakker, True), (wim, False)):
        page = sign_in(person).get("/").content.decode()
        assert ('action="/zoeken/"' in page) is has_box, person
    assert 'action="/zoeken/"' not in Client().get("/accounts/login/").content.decode()


def test_the_number_of_queries_stays_the_same_when_everything_grows(
    joris: Person, sanne: Person, sign_in: SignIn
) -> None:
    make_everything(joris, sanne, "kalebas")
    client = sign_in(joris)
    client.get("/zoeken/?q=kalebas")
    with CaptureQueriesContext(
        connection,
    ) as few:
        assert len(titles(client, "kalebas")) < 20
    for _ in range(9):
        make_everything(joris, sanne, "kalebas")
    with CaptureQueriesContext(connection) as many:
        assert len(titles(client, "kalebas")) == 20
    assert len(many) <= len(few) < 50


def test_on_postgresql_every_source_meets_its_index(joris: Person) -> None:
    question, without = words.read("kalebas"), {"listening_officehour"}
    plans = {}
    with connection.cursor() as cursor:
        if FULL_TEXT:
            cursor.execute("SET LOCAL enable_seqscan = off")
        for source in sources.every():
            model = source.door(joris).model
            table = model._meta.db_table
            if FULL_TEXT and table not in without:
                matches = Matches(source.title, source.text, question)
                plans[table] = model.objects.order_by().filter(matches).explain()
    assert [table for table, plan in plans.items() if f"{table}_words" not in plan] == []
    assert len(plans) == (27 if FULL_TEXT else 0)


@pytest.mark.long
def test_a_search_costs_the_same_whatever_there_is_to_find(
    joris: Person, sanne: Person, sign_in: SignIn
) -> None:
    posts = [make_post(joris, f"Bericht {n}", "Lees dit.") for n in range(5)]
    client = sign_in(sanne)
    client.get("/zoeken/?q=koffie")
    costs = []
    for count in (30, 3_000):
        Comment.objects.bulk_create(
            (
                Comment(post=posts[n % 5], author=sanne, body=f"Het rooster komt laat {n}")
                for n in range(count)
            ),
            batch_size=1_000,
        )
        with CaptureQueriesContext(connection) as found:
            response = client.get("/zoeken/", {"q": "rooster"})
        assert response.status_code == 200
        costs.append(len(found))
    assert costs[0] == costs[1]
