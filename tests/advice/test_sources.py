"""Each source of evidence: what it offers, what it gives, and what it keeps to itself."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from advice import evidence
from advice.actions.evidence import take_finding
from advice.figures import Draft
from advice.letters import wording
from blogs.lifecycle import State as PostState
from blogs.models import Comment, Post
from dossiers.actions import add_document, impose_secrecy, open_dossier
from dossiers.actions.papers import Upload
from dossiers.models import Dossier
from listening.models import ConversationNote, Signal
from live.models import HourState, Question, QuestionHour, QuestionState
from people.models import Person
from polls.actions.comparing import compare_with
from polls.actions.releasing import release_results
from polls.models import Consultation, OpenAnswer, ReleaseAudience, Review
from tests.cast import make_people
from tests.polls.ballots import close, make_open, vote


def offers(source: str, dossier: Dossier, person: Person) -> list[evidence.Offer]:
    groups = evidence.source_named(source).offers(dossier, person)
    return [offer for group in groups for offer in group.offers]


def draft(source: str, ref: str, dossier: Dossier, person: Person) -> Draft:
    return evidence.source_named(source).draft(ref, dossier, person)


def test_every_source_is_quiet_in_an_empty_dossier(dossier: Dossier, fatima: Person) -> None:
    for source in evidence.sources():
        assert list(source.offers(dossier, fatima)) == []
        for ref in ("", "x", "00000000-0000-0000-0000-000000000000"):
            with pytest.raises(evidence.NotDisclosed):
                source.draft(ref, dossier, fatima)


def test_a_signal_is_taken_as_paraphrase(dossier: Dossier, fatima: Person) -> None:
    signal = Signal.objects.create(
        title="Nachten", text="De nachten zijn te zwaar.", source="walk_round",
        dossier=dossier, noted_by=fatima, noted_on=date(2026, 11, 3),
    )  # fmt: skip
    (offer,) = offers("signals", dossier, fatima)
    made = draft("signals", offer.ref, dossier, fatima)
    assert made.statement == signal.text
    assert "door de raad geparafraseerd" in made.method
    assert made.dated_on == "2026-11-03"


def test_conversations_are_counted_by_theme(dossier: Dossier, fatima: Person) -> None:
    for day, people, theme in ((3, 4, "Rust"), (9, 5, "rust"), (5, 1, "Parkeren")):
        ConversationNote.objects.create(
            held_on=date(2026, 11, day), people_spoken=people, theme=theme,
            text="Mag niet mee", dossier=dossier, noted_by=fatima,
        )  # fmt: skip
    assert [offer.title for offer in offers("conversations", dossier, fatima)] == [
        "Parkeren",
        "Rust",
    ]
    made = draft("conversations", "Rust", dossier, fatima)
    assert made.statement == (
        "In 2 gesprekken met in totaal 9 collega’s hoorde de ondernemingsraad over “Rust”."
    )
    assert (made.since, made.dated_on, made.respondents) == ("2026-11-03", "2026-11-09", 9)
    assert "Mag niet mee" not in str(made)


def test_a_post_counts_when_enough_people_commented(dossier: Dossier, fatima: Person) -> None:
    post = Post.objects.create(
        title="Roosters", body="x", dossier=dossier, author=fatima,
        state=PostState.PUBLISHED, published_at=timezone.now(),
    )  # fmt: skip
    writers = make_people(5)
    for person in writers[:4]:
        Comment.objects.create(post=post, author=person, body="Geheim woord")
    assert offers("posts", dossier, fatima) == []
    with pytest.raises(evidence.NotDisclosed):
        draft("posts", str(post.key), dossier, fatima)
    Comment.objects.create(post=post, author=writers[4], body="Geheim woord")
    made = draft("posts", str(post.key), dossier, fatima)
    assert made.statement == "5 collega’s schreven 5 reacties op het bericht “Roosters”."
    assert "Geheim woord" not in str(made)


def test_a_question_of_the_question_hour_with_its_support(dossier: Dossier, fatima: Person) -> None:
    hour = QuestionHour.objects.create(
        title="Vragenuur", dossier=dossier, organised_by=fatima, state=HourState.FINISHED,
        starts_at=timezone.now(), ends_at=timezone.now() + timedelta(hours=1),
    )  # fmt: skip
    Question.objects.create(question_hour=hour, text="Wanneer?", state=QuestionState.ACCEPTED)
    Question.objects.create(question_hour=hour, text="Afgewezen", state=QuestionState.WAITING)
    (offer,) = offers("question_hours", dossier, fatima)
    made = draft("question_hours", offer.ref, dossier, fatima)
    assert made.question == "Wanneer?"
    assert "collega" in made.statement


def test_a_document_is_referred_to(dossier: Dossier, fatima: Person) -> None:
    file = SimpleUploadedFile("plan.txt", b"plan")
    add_document(fatima, dossier, Upload(file, "text/plain"))
    (offer,) = offers("documents", dossier, fatima)
    made = draft("documents", offer.ref, dossier, fatima)
    assert "plan.txt" in made.statement


def test_only_a_cleared_text_that_may_be_quoted_is_offered_as_a_quote(
    dossier: Dossier, fatima: Person
) -> None:
    writers = make_people(30)
    asked = make_open(fatima, "single", "long_text", dossier=dossier)
    for person in writers:
        vote(asked, person, {"q1": "c1", "q2": f"Tekst van {person.pk}"})
    close(asked)
    assert not [o for o in offers("polls", dossier, fatima) if ":quote:" in o.ref]
    yes, no, waiting = OpenAnswer.objects.all()[:3]
    OpenAnswer.objects.filter(pk__in=[yes.pk, no.pk]).update(review=Review.CLEARED)
    OpenAnswer.objects.filter(pk__in=[yes.pk, waiting.pk]).update(may_quote=True)
    (offer,) = [o for o in offers("polls", dossier, fatima) if ":quote:" in o.ref]
    made = draft("polls", offer.ref, dossier, fatima)
    assert made.quote == yes.text
    assert take_finding(fatima, dossier, made).quote == yes.text
    for other in (no, waiting):
        with pytest.raises(evidence.NotDisclosed):
            draft("polls", f"{asked.key}:quote:{other.key}", dossier, fatima)


def test_no_source_gives_what_secrecy_locks(
    dossier: Dossier, fatima: Person, joris: Person
) -> None:
    signal = Signal.objects.create(
        title="Nachten", text="x", source="walk_round", dossier=dossier, noted_by=fatima
    )
    impose_secrecy(joris, dossier, imposed_by="x", scope="x", until=None, exempt=[])
    assert offers("signals", dossier, fatima) == []
    with pytest.raises(evidence.NotDisclosed):
        draft("signals", str(signal.key), dossier, fatima)
    assert offers("signals", dossier, joris)


def _asked_twice(
    fatima: Person, dossier: Dossier, earlier: Dossier | None
) -> tuple[Consultation, Consultation]:
    """Of 50 asked first 15 said c1, then 35; both released, the second put beside the first."""
    people = make_people(60)[:50]
    made = []
    for yes, filed in ((15, earlier), (35, dossier)):
        asked = make_open(fatima, "single", "scale", dossier=filed)
        for at, person in enumerate(people):
            vote(asked, person, {"q1": "c1" if at < yes else "c2", "q2": 4 if at < yes else 2})
        made.append(close(asked))
    Consultation.objects.filter(pk=made[0].pk).update(closed_on=date(2025, 9, 12))
    for each in made:
        made[0].refresh_from_db()
        release_results(each, ReleaseAudience.DIRECTOR, fatima)
    compare_with(made[1], made[0], fatima)
    return made[0], made[1]


def test_two_times_of_asking_are_evidence_with_their_figures_side_by_side(
    dossier: Dossier, fatima: Person
) -> None:
    then, _now = _asked_twice(fatima, dossier, None)
    first, scale = [o for o in offers("polls", dossier, fatima) if ":then-now:" in o.ref]
    assert first.title == "Toen en nu: Vraag q1?"
    made = draft("polls", first.ref, dossier, fatima)
    assert "30%" in made.statement
    assert "70%" in made.statement
    assert "toeval verklaart dat nauwelijks" in made.statement
    assert [(g.respondents, g.cells[0].share) for g in made.figures.groups] == [
        (50, 0.3),
        (50, 0.7),
    ]
    assert made.figures.groups[0].name == "september 2025"
    assert "in september 2025" in made.statement
    assert (made.figures.cells[0].count, made.respondents) == (35, 50)
    assert then.title in made.label
    assert "gemiddeld" in draft("polls", scale.ref, dossier, fatima).statement
    finding = take_finding(fatima, dossier, made)
    assert wording.group_table(finding) is not None


def test_an_earlier_time_of_another_dossier_is_no_evidence_here(
    dossier: Dossier, fatima: Person
) -> None:
    locked = open_dossier(fatima, kind="art24", title="Fusie", summary="x")
    _asked_twice(fatima, dossier, locked)
    # Its dossier can become secret after the letter was written.
    assert not [offer for offer in offers("polls", dossier, fatima) if ":then-now:" in offer.ref]
