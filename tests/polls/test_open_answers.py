"""Open answers: read and searched by the council, shown to others only as it allowed."""

import pytest
from django.urls import reverse

from people.models import Person
from polls.actions.releasing import release_results
from polls.models import Consultation, OpenAnswer, Release, ReleaseAudience, Review
from polls.redaction import suggest
from tests.cast import SignIn
from tests.polls.ballots import close, make_open, make_people, vote


@pytest.fixture
def closed(fatima: Person) -> Consultation:
    """Twelve texts; one names a colleague and a number."""
    people = make_people(12)
    consultation = make_open(fatima, "long_text")
    for n, person in enumerate(people):
        text = "Bel Fatima op 06-12345678" if n == 0 else f"Graag rust nummer {n}"
        vote(consultation, person, {"q1": text})
    return close(consultation)


def url(consultation: Consultation) -> str:
    return reverse("polls:texts", args=[consultation.key])


def test_the_council_reads_and_searches(
    closed: Consultation, fatima: Person, sign_in: SignIn
) -> None:
    client = sign_in(fatima)
    assert client.get(url(closed)).content.decode().count("<article") == 12
    found = client.get(url(closed), {"zoek": "nummer 3", "vraag": "q1"}).content.decode()
    assert found.count("<article") == 1
    assert client.get(url(closed), {"stand": "cleared"}).content.decode().count("<article") == 0


def test_what_identifies_people_is_suggested_for_taking_out(
    closed: Consultation, fatima: Person, sign_in: SignIn
) -> None:
    html = sign_in(fatima).get(url(closed), {"zoek": "Bel"}).content.decode()
    assert "Bel [naam] op [telefoonnummer]" in html


def test_others_read_only_what_was_allowed_in_the_words_allowed(
    closed: Consultation, fatima: Person, sanne: Person, sign_in: SignIn
) -> None:
    client = sign_in(fatima)
    named = OpenAnswer.objects.get(text__startswith="Bel")
    held, *_others = OpenAnswer.objects.exclude(pk=named.pk)
    review = {"go": "show", "text": "Bel [naam]", "zoek": "Bel"}
    response = client.post(reverse("polls:review", args=[closed.key, named.key]), review)
    assert response["Location"].endswith(f"?zoek=Bel#antwoord-{named.key}")
    assert f'id="antwoord-{named.key}"' in client.get(response["Location"]).content.decode()
    read = client.get(url(closed), {"zoek": "Bel"}).content.decode()
    assert "Bel [naam]</p>" in read, "what others read stands beside what was written"
    client.post(reverse("polls:review", args=[closed.key, held.key]), {"go": "hold"})
    held.refresh_from_db()
    assert held.review == Review.HELD
    release_results(closed, ReleaseAudience.STAFF, fatima)
    html = sign_in(sanne).get(reverse("polls:results", args=[closed.key])).content.decode()
    assert "Bel [naam]" in html
    assert "06-12345678" not in html
    assert held.text not in html


@pytest.mark.parametrize("form", [{"go": "hold"}, {"go": "show", "text": "Bel [naam]."}])
def test_a_name_overlooked_at_the_release_is_taken_out_of_it(
    form: dict[str, str], closed: Consultation, fatima: Person, sanne: Person, sign_in: SignIn
) -> None:
    OpenAnswer.objects.update(review=Review.CLEARED)
    named = OpenAnswer.objects.get(text__startswith="Bel")
    release_results(closed, ReleaseAudience.DIRECTOR, fatima)
    release_results(closed, ReleaseAudience.STAFF, fatima)
    frozen = list(Release.objects.values_list("payload", flat=True))
    texts = [len(release.texts) for release in Release.objects.all()]
    client = sign_in(fatima)
    assert "De uitslag is al vrijgegeven" in client.get(url(closed)).content.decode()
    review = reverse("polls:review", args=[closed.key, named.key])
    told = client.post(review, form, follow=True).content.decode()
    assert "ook uit de vrijgegeven uitslag" in told
    for release, count in zip(Release.objects.all(), texts, strict=True):
        assert len(release.texts) == count - 1
        assert not [text for text in release.texts if "06-12345678" in text["text"]]
    assert list(Release.objects.values_list("payload", flat=True)) == frozen
    html = sign_in(sanne).get(reverse("polls:results", args=[closed.key])).content.decode()
    assert "06-12345678" not in html


def test_deciding_the_same_once_more_leaves_a_release_as_it_was(
    closed: Consultation, fatima: Person, sign_in: SignIn
) -> None:
    OpenAnswer.objects.update(review=Review.CLEARED)
    named = OpenAnswer.objects.get(text__startswith="Bel")
    release = release_results(closed, ReleaseAudience.STAFF, fatima)
    review = reverse("polls:review", args=[closed.key, named.key])
    sign_in(fatima).post(review, {"go": "show", "text": named.text})
    assert Release.objects.get().texts == release.texts


def test_an_emptied_text_does_not_let_the_answer_be_read_as_it_was_written(
    closed: Consultation, fatima: Person, sign_in: SignIn
) -> None:
    named = OpenAnswer.objects.get(text__startswith="Bel")
    before = named.review
    response = sign_in(fatima).post(
        reverse("polls:review", args=[closed.key, named.key]),
        {"go": "show", "text": "  "},
        follow=True,
    )
    named.refresh_from_db()
    assert named.review == before != Review.CLEARED
    assert "Schrijf wat anderen mogen lezen" in response.content.decode()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mail jan.smit@delinde.example maar", "Mail [mailadres] maar"),
        ("06 12 34 56 78 of +31612345678", "[telefoonnummer] of [telefoonnummer]"),
        ("Ik woon op 1234 AB", "Ik woon op [postcode]"),
        ("Karin weet het, Roos niet", "[naam] weet het, Roos niet"),
        ("Kost 12345678 euro", "Kost 12345678 euro"),
    ],
)
def test_suggestions(text: str, expected: str) -> None:
    assert suggest(text, {"Karin"}) == expected
