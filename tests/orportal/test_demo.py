"""The demo fills an empty portal, believably and fast, and no other."""

import time
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from dossiers.models import Dossier
from newsletter.models import Issue, Recurrence
from newsletter.response import response_to
from orportal.demo.staff import SIGN_INS
from outbox.models import Delivery
from people.models import Person, Role, Site, Unit
from people.rules import is_council
from polls.models import Consultation
from tests.cast import SignIn as SignInAs


@pytest.fixture
def demo(settings: Settings, db: None) -> None:
    """A portal filled with the demo."""
    settings.DEMO = True
    call_command("demo", verbosity=0)


@pytest.mark.long
def test_it_is_a_company_of_400_in_six_units_on_two_sites_filled_within_half_a_minute(
    settings: Settings, db: None, sign_in: SignInAs
) -> None:
    settings.DEMO = True
    began = time.perf_counter()
    call_command("demo", verbosity=0)
    assert time.perf_counter() - began < 120  # some 5 s; a machine in need gets more
    staff = Person.objects.exclude(staff_number="")
    assert (staff.count(), Unit.objects.count(), Site.objects.count()) == (400, 6, 2)
    assert 40 < staff.filter(email="").count() < 120
    assert sum(Role.MEMBER in each.roles or Role.CHAIR in each.roles for each in staff) == 9
    assert Dossier.objects.open().exists()
    addresses = {each.login for each in SIGN_INS if "@" in each.login}
    people = {person.email: person for person in Person.objects.filter(email__in=addresses)}
    assert people.keys() == addresses
    assert Role.DIRECTOR in people["bestuurder@demo.example"].roles
    assert Role.ADMINISTRATOR in people["beheer@demo.example"].roles
    assert is_council(people["secretaris@demo.example"])
    for person in people.values():
        assert sign_in(person).get(reverse("start")).status_code == 200


def test_it_refuses_a_portal_that_knows_anybody(settings: Settings, sanne: Person) -> None:
    settings.DEMO = True
    with pytest.raises(CommandError, match="fills an empty one only"):
        call_command("demo")
    assert Person.objects.count() == 1


def test_it_refuses_outside_demo_mode(db: None) -> None:
    with pytest.raises(CommandError, match="for demo mode only"):
        call_command("demo")
    assert not Person.objects.exists()


@pytest.mark.long
def test_its_newsletters_have_a_series_an_archive_and_figures_that_may_be_told(
    demo: None, sign_in: SignInAs
) -> None:
    ineke = Person.objects.get(email="secretaris@demo.example")
    series = Recurrence.objects.get()
    assert series.subject in sign_in(ineke).get(reverse("newsletter:repeats")).content.decode()
    assert "OR-nieuws {maand}" in series.subject
    gone = Issue.objects.filter(recurrence=series, state="sent").order_by("sent_at")
    assert gone.count() == series.occurrences.count() == 2
    for issue in gone:
        assert issue.mailing is not None
        assert issue.sent_at is not None
        assert (issue.mailing.state, issue.mailing.failed) == ("done", 2)
        assert issue.mailing.sent > 300
        assert timezone.now() - issue.sent_at > timedelta(days=1)
        found = response_to(issue, with_links=True)
        assert found.answers is not None
        assert found.answers > 30
        assert sum(row.clicks or 0 for row in found.links) > 100
        assert any(row.title for row in found.links)
        assert sum(row.clicks is not None for row in found.groups) >= 4
        page = sign_in(ineke).get(reverse("newsletter:progress", args=[issue.key]))
        assert "Verpleging" in page.content.decode()
        staff = sign_in(Person.objects.get(email="medewerker@demo.example"))
        assert issue.subject in staff.get(reverse("newsletter:index")).content.decode()
    assert not Delivery.objects.filter(mailing__in=gone.values("mailing"), state="queued").exists()


@pytest.mark.long
def test_the_sign_ins_work_at_the_sign_in_page_and_nowhere_outside_demo_mode(
    demo: None, settings: Settings
) -> None:
    for mode in (True, False):
        settings.DEMO = mode
        for each in SIGN_INS:
            cache.clear()  # sign-in is limited per address
            data = {"login": each.login, "password": each.password}
            client = Client()
            client.post(reverse("account_login"), data)
            let_in = mode or "@" not in each.login  # `serve` refuses a demo's database outside it
            assert client.get(reverse("start")).status_code == (200 if let_in else 302), each.login


@pytest.mark.long
def test_colleagues_read_last_year_s_roster_beside_this_year_s(
    demo: None, sign_in: SignInAs
) -> None:
    now = Consultation.objects.get(compared_with__isnull=False)
    then = now.compared_with
    assert then is not None
    assert then.opened_at is not None
    assert now.opened_at is not None
    assert (now.opened_at - then.opened_at).days > 300
    sanne = Person.objects.get(email="medewerker@demo.example")
    page = sign_in(sanne).get(reverse("polls:trend", args=[now.key])).content.decode()
    assert "Het rooster van vorig jaar" in page
    assert str(then.opened_at.year) in page
    assert page.count('class="trendline"') > 5
    assert 'class="says up"' in page or 'class="says down"' in page
