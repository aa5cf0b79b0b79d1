"""What staff talk about and what channels brought: told above thresholds, behind every lock."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from advice.reach import reach_of
from advice.talk import Talk, Topic, months_until, talk_of
from blogs.models import Comment, Post
from dossiers.actions import impose_secrecy
from dossiers.models import Dossier
from groups.models import Group, Membership
from listening.models import ConversationNote, Signal
from people.models import Person
from polls.actions import theming
from polls.actions.releasing import release_results
from polls.models import Consultation, OpenAnswer, ReleaseAudience
from tests.cast import SignIn
from tests.polls.ballots import close, make_open, make_people, vote

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


def themed(by: Person, dossier: Dossier | None, sizes: dict[str, int]) -> Consultation:
    """A closed open question with so many answers under each theme, not released yet."""
    people = make_people(sum(sizes.values()) + 4)
    consultation = make_open(by, "long_text", dossier=dossier)
    told = [name for name, size in sizes.items() for _each in range(size)] + ["Iets"] * 3
    for person, text in zip(people, told, strict=False):
        vote(consultation, person, {"q1": text})
    close(consultation)
    for name in sizes:
        theme = theming.add_theme(consultation, "q1", name, by)
        theme.answers.set(OpenAnswer.objects.filter(consultation=consultation, text=name))
    return consultation


def names(topics: tuple[Topic, ...]) -> dict[str, int]:
    return {topic.name: topic.known for topic in topics}


def note(by: Person, theme: str, spoken: int, day: date, dossier: Dossier | None = None) -> None:
    ConversationNote.objects.create(
        theme=theme, people_spoken=spoken, held_on=day, noted_by=by, text="x", dossier=dossier
    )


def test_the_months_go_back_over_the_turn_of_the_year() -> None:
    assert months_until(date(2026, 2, 28), 4) == (
        date(2025, 11, 1), date(2025, 12, 1), date(2026, 1, 1), date(2026, 2, 1),
    )  # fmt: skip


def test_themes_come_from_what_was_released_and_only_above_the_threshold(
    joris: Person, fatima: Person
) -> None:
    consultation = themed(fatima, None, {"Parkeren": 7, "Rooster": 6, "Kantine": 3})
    assert talk_of(fatima, TODAY()).answers == ()
    release_results(consultation, ReleaseAudience.STAFF, joris)
    talk = talk_of(fatima, TODAY())
    assert names(talk.answers) == {"Parkeren": 7, "Rooster": 6}
    assert [month.count for month in talk.answers[0].months] == [None] * 5 + [7]
    assert talk.answers[0].months[-1].height == 1


def test_two_releases_of_one_consultation_count_once_and_a_theme_of_one_name_together(
    joris: Person, fatima: Person
) -> None:
    first = themed(fatima, None, {"Parkeren": 7})
    second = themed(fatima, None, {"parkeren": 5})
    for audience in (ReleaseAudience.DIRECTOR, ReleaseAudience.STAFF):
        release_results(first, audience, joris)
    release_results(second, ReleaseAudience.STAFF, joris)
    assert names(talk_of(fatima, TODAY()).answers) == {"Parkeren": 12}


def test_conversations_below_the_threshold_in_a_month_are_not_told(fatima: Person) -> None:
    today = TODAY()
    for spoken in (3, 2):
        note(fatima, "Werkdruk", spoken, today)
    note(fatima, "Werkdruk", 4, months_until(today)[3])
    note(fatima, "Kantine", 4, today)
    note(fatima, "Oud", 40, months_until(today)[0] - timedelta(days=1))
    (topic,) = talk_of(fatima, today).conversations
    assert (topic.name, topic.known) == ("Werkdruk", 5)
    assert topic.months[3].count is None


def told(talk: Talk) -> set[str]:
    return {
        topic.name for each in (talk.answers, talk.conversations, talk.signals) for topic in each
    }


def test_what_is_filed_under_secrecy_is_not_counted_for_who_is_not_exempt(
    sign_in: SignIn, joris: Person, fatima: Person, dossier: Dossier
) -> None:
    consultation = themed(fatima, dossier, {"Geheim thema": 7})
    release_results(consultation, ReleaseAudience.DIRECTOR, joris)
    note(fatima, "Geheim gesprek", 9, TODAY(), dossier)
    Signal.objects.create(
        title="Geheim signaal", text="x", source="group", noted_by=fatima, dossier=dossier
    )
    assert {"Geheim thema", "Geheim gesprek"} < told(talk_of(fatima, TODAY()))
    impose_secrecy(joris, dossier, imposed_by="x", scope="x", until=None, exempt=[])
    assert told(talk_of(fatima, TODAY())) == set()
    assert reach_of(fatima, TODAY()) == []
    page = sign_in(fatima).get("/advies/").content.decode()
    assert "Geheim" not in page
    assert {"Geheim thema", "Geheim gesprek"} < told(talk_of(joris, TODAY()))


def test_signals_without_an_answer_stand_on_the_page_the_oldest_first(
    sign_in: SignIn, fatima: Person
) -> None:
    def signal(title: str, state: str, days: int) -> None:
        day = TODAY() - timedelta(days=days)
        Signal.objects.create(
            title=title, text="x", source="walk_round", noted_by=fatima, state=state, noted_on=day
        )

    signal("Nieuw", "noted", 1)
    signal("Bij de bestuurder", "passed_on", 9)
    signal("Beantwoord", "answered", 20)
    page = sign_in(fatima).get("/advies/")
    board = page.context["board"]
    assert [each.title for each in board.signals] == ["Bij de bestuurder", "Nieuw"]
    assert board.signals_total == 2
    assert "Beantwoord" not in page.content.decode()


def test_channels_tell_what_came_back_and_nothing_of_hidden_groups(
    fatima: Person, sanne: Person
) -> None:
    people = make_people(8)
    consultation = make_open(fatima, "single")
    for person in people[:6]:
        Membership.objects.create(
            group=Group.objects.get_or_create(name="Nacht", purpose="x")[0], person=person
        )
    hidden = Group.objects.create(
        name="Stil", purpose="x", listing="unlisted", joining="invitation"
    )
    Membership.objects.create(group=hidden, person=sanne)
    close(consultation)
    post = Post.objects.create(
        title="x", body="x", author=fatima, state="published", published_at=timezone.now()
    )
    for state in ("visible", "visible", "hidden"):
        reason = {"hidden_by": fatima, "hidden_reason": "x"} if state == "hidden" else {}
        Comment.objects.create(post=post, author=sanne, body="x", state=state, **reason)
    found = {row.name: row for row in reach_of(fatima, TODAY())}
    assert found["Berichten"].reactions == 2
    assert (found["Berichten"].reached, found["Berichten"].percent) == (None, 100)
    groups = found["Besloten groepen"]
    assert (groups.done, groups.reached, groups.reactions) == ("1 in de lijst", 6, None)
    # How many took part is not told where so few did.
    assert "Vragen aan medewerkers" not in found


def test_members_of_groups_are_not_told_below_the_threshold(fatima: Person, sanne: Person) -> None:
    group = Group.objects.create(name="Nacht", purpose="x")
    Membership.objects.create(group=group, person=sanne)
    (row,) = reach_of(fatima, TODAY())
    assert row.reached is None
