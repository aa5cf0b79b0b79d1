"""What asking puts on a dossier's timeline."""

import datetime as dt

import pytest
from django.utils import timezone

from dossiers import timeline
from people.models import Person
from tests.blogs.makers import make_dossier
from tests.cast import SignIn, make_people
from tests.polls.ballots import close, make_open

pytestmark = pytest.mark.django_db


def test_what_was_closed_early_stands_on_the_day_it_closed(fatima: Person, sign_in: SignIn) -> None:
    make_people(6)
    dossier = make_dossier(fatima)
    asked = make_open(fatima, dossier=dossier, closes_at=timezone.now() + dt.timedelta(days=9))
    close(asked)
    items = timeline.of(dossier, fatima)
    assert [item.detail for item in items] == ["gesloten", "geopend"]
    assert [timezone.localdate(item.at) for item in items] == [timezone.localdate()] * 2
    page = sign_in(fatima).get("/vragen/or/").content.decode()
    planned = timezone.localdate() + dt.timedelta(days=9)
    assert f"{planned.day} {planned:%Y}" not in page
    assert str(asked) in page
