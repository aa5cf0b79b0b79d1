"""Who gets a newsletter: a selection, subscribers, or who has not answered, unseen."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from dossiers.models import Dossier
from newsletter import actions, mailing
from newsletter.audience import chosen, reach, reachable
from newsletter.models import Issue, OptOut, Subscription
from newsletter.previewing import Choice, previewed
from people.models import Person, Selection
from polls.models import Consultation, Elector
from tests.blogs.makers import keep_secret
from tests.cast import SignIn, make_person, make_unit
from tests.newsletter.making import addresses, make_issue

pytestmark = pytest.mark.django_db


def test_a_saved_selection_narrows_and_is_asked_when_it_is_sent(
    sanne: Person, fatima: Person, joris: Person, ineke: Person
) -> None:
    nights = Selection.objects.create(name="Nacht", shifts=["nacht"])
    issue = make_issue(ineke)
    issue.selection = nights
    issue.save()
    assert not chosen(issue).exists()
    Person.objects.filter(pk=sanne.pk).update(shift="nacht")
    actions.send_issue(ineke, issue)
    mailing.hand_over(issue)
    issue.refresh_from_db()
    assert addresses(issue) == {sanne.email}


def test_a_selection_that_a_newsletter_is_for_cannot_be_thrown_away(
    fatima: Person, ineke: Person, sign_in: SignIn
) -> None:
    nights = Selection.objects.create(name="Nacht", shifts=["nacht"])
    Issue.objects.create(subject="x", written_by=ineke, selection=nights)
    answer = sign_in(fatima).post(
        reverse("people:delete_selection", args=[nights.key]), follow=True
    )
    assert "dus die blijft" in answer.content.decode()
    assert Selection.objects.exists()


def test_subscribers_are_those_who_said_yes_themselves(
    sanne: Person, fatima: Person, ineke: Person
) -> None:
    issue = Issue.objects.create(subject="x", written_by=ineke, role="subscribers")
    Subscription.objects.create(person=sanne)
    assert list(reachable(chosen(issue))) == [sanne]
    OptOut.objects.create(address=sanne.email)
    assert list(reachable(chosen(issue))) == []


def test_only_who_has_not_answered_gets_it(reminder: Issue, ineke: Person) -> None:
    actions.send_issue(ineke, reminder)
    mailing.hand_over(reminder)
    reminder.refresh_from_db()
    waiting = Elector.objects.filter(took_part=False).values_list("person__email", flat=True)
    assert addresses(reminder) == set(waiting)


def test_nobody_sees_who_they_are(reminder: Issue, ineke: Person, sign_in: SignIn) -> None:
    actions.send_issue(ineke, reminder)
    mailing.hand_over(reminder)
    browser = sign_in(ineke)
    for name in ("recipients", "states_csv"):
        assert browser.get(reverse(f"newsletter:{name}", args=[reminder.key])).status_code == 403
    row = reminder.__class__.objects.get(pk=reminder.pk).mailing.deliveries.first()  # type: ignore[union-attr]
    assert row is not None
    again = browser.post(
        reverse("newsletter:again", args=[reminder.key]), {"stand": "failed", "mail": row.pk}
    )
    assert again.status_code == 403
    page = browser.get(reverse("newsletter:progress", args=[reminder.key])).content.decode()
    assert "ontvangers/" not in page
    assert "standen.csv" not in page
    assert row.name not in page


def test_the_numbers_are_rounded_and_say_nothing_of_addresses(reminder: Issue) -> None:
    waiting = Elector.objects.filter(took_part=False).select_related("person").first()
    assert waiting is not None
    OptOut.objects.create(address=waiting.person.email)
    counted = reach(reminder)
    assert (counted.mails, counted.unsubscribed, counted.people) == (10, 0, 0)


def test_one_more_answer_changes_nothing_that_is_shown(
    reminder: Issue, ineke: Person, sign_in: SignIn
) -> None:
    browser, shown = sign_in(ineke), []
    for _look in range(2):
        page = browser.get(reverse("newsletter:send", args=[reminder.key])).content.decode()
        shown.append(page.split("<main")[1].split("csrfmiddlewaretoken")[0])
        one = Elector.objects.filter(took_part=False).first()
        assert one is not None
        Elector.objects.filter(pk=one.pk).update(took_part=True)
    assert shown[0] == shown[1]


def test_too_few_who_wait_are_not_written_to(reminder: Issue, ineke: Person) -> None:
    few = Elector.objects.filter(took_part=False).order_by("pk")[:3].values_list("pk", flat=True)
    Elector.objects.filter(pk__in=list(few)).update(took_part=True)
    assert reach(reminder).mails == 0
    with pytest.raises(ValidationError, match="Minder dan tien"):
        actions.send_issue(ineke, reminder)


def test_those_who_became_too_few_before_its_moment_are_not_written_to(
    reminder: Issue, ineke: Person
) -> None:
    actions.send_issue(ineke, reminder)
    Elector.objects.update(took_part=True)
    assert not mailing.hand_over(reminder)
    reminder.refresh_from_db()
    assert reminder.is_draft


def test_two_totals_within_a_day_cannot_be_compared(
    reminder: Issue, ineke: Person, poll: Consultation
) -> None:
    actions.send_issue(ineke, reminder)
    mailing.hand_over(reminder)
    second = make_issue(ineke)
    second.waiting_for = poll
    second.save()
    with pytest.raises(ValidationError, match="één keer per dag"):
        actions.send_issue(ineke, second)
    Issue.objects.filter(pk=reminder.pk).update(sent_at=timezone.now() - timedelta(days=2))
    actions.send_issue(ineke, second)


def test_it_cannot_be_narrowed_to_find_out_who(
    fatima: Person, poll: Consultation, sign_in: SignIn
) -> None:
    issue = make_issue(fatima)
    answer = sign_in(fatima).post(
        reverse("newsletter:settings", args=[issue.key]),
        {
            "subject": "x",
            "role": "everyone",
            "units": [make_unit().pk],
            "waiting_for": poll.pk,
        },
    )
    assert answer.status_code == 400
    issue.refresh_from_db()
    assert issue.waiting_for is None


def test_the_preview_of_a_unit_does_not_tell_whether_it_has_answered(
    reminder: Issue, ineke: Person, poll: Consultation
) -> None:
    actions.add_block(reminder, "consultation", object_key=str(poll.key))
    choice = Choice("nl", make_unit())
    before = previewed(reminder, choice, ineke).html
    Elector.objects.update(took_part=True)
    assert previewed(reminder, choice, ineke).html == before
    assert poll.title in before


def test_something_secret_is_for_nobody(reminder: Issue, ineke: Person, poll: Consultation) -> None:
    dossier = Dossier.objects.create(title="Fusie", opened_by=ineke)
    poll.dossier = dossier
    poll.save()
    assert chosen(reminder).count() == 12
    actions.send_issue(ineke, reminder)
    mailing.hand_over(reminder)
    assert list(reminder.dossiers.all()) == [dossier]
    keep_secret(dossier, ineke)
    assert not chosen(reminder).exists()


def test_the_archive_shows_an_issue_to_those_it_was_for(
    sanne: Person, omar: Person, ineke: Person, sign_in: SignIn, poll: Consultation
) -> None:
    nights = Selection.objects.create(name="Nacht", shifts=["nacht"])
    for_unit = Issue.objects.create(subject="Voor de verpleging", written_by=ineke)
    assert sanne.unit is not None
    for_unit.units.add(sanne.unit)
    Issue.objects.create(subject="Voor de nacht", written_by=ineke, selection=nights)
    Issue.objects.create(subject="Voor abonnees", written_by=ineke, role="subscribers")
    Issue.objects.create(subject="Voor de wachtenden", written_by=ineke, waiting_for=poll)
    Issue.objects.create(subject="Voor allen", written_by=ineke)
    Issue.objects.update(
        state="sent", sent_at=timezone.now(), sent_by=ineke, send_at=timezone.now()
    )

    def seen(person: Person) -> set[str]:
        return set(Issue.objects.visible_to(person).values_list("subject", flat=True))

    assert seen(sanne) == {"Voor de verpleging", "Voor allen"}
    assert seen(omar) == {"Voor de nacht", "Voor allen"}
    Subscription.objects.create(person=omar)
    assert "Voor abonnees" in seen(omar)
    elector = Elector.objects.filter(took_part=True).select_related("person").first()
    assert elector is not None
    assert "Voor de wachtenden" in seen(elector.person)
    assert len(seen(ineke)) == 5


def test_a_member_of_staff_with_two_lists_sees_an_issue_once(ineke: Person, sanne: Person) -> None:
    issue = Issue.objects.create(
        subject="x",
        written_by=ineke,
        sent_by=ineke,
        state="sent",
        send_at=timezone.now(),
        sent_at=timezone.now(),
    )
    assert sanne.unit is not None
    issue.units.set([sanne.unit, make_unit("Facilitair")])
    make_person("Noor")
    assert Issue.objects.visible_to(sanne).count() == 1
