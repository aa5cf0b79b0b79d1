from pathlib import Path

import pytest
from pytest_django import Settings

from newsletter.models import Issue
from people.models import Person
from polls.models import Consultation, Elector
from tests.newsletter.making import make_issue, make_poll
from tests.polls.ballots import make_people


@pytest.fixture(autouse=True)
def _own_folder(settings: Settings, tmp_path: Path) -> None:
    """Journals and delivered files of one test stay out of the next."""
    settings.VAR_DIR = tmp_path
    settings.MAIL_DIR = tmp_path / "mail"


@pytest.fixture
def poll(ineke: Person) -> Consultation:
    """A poll that 24 were asked; 12 of them have answered."""
    poll = make_poll(ineke, make_people(24))
    took = Elector.objects.filter(consultation=poll).order_by("pk")[:12].values("pk")
    Elector.objects.filter(pk__in=list(took.values_list("pk", flat=True))).update(took_part=True)
    return poll


@pytest.fixture
def reminder(ineke: Person, poll: Consultation) -> Issue:
    """A draft for those who have not answered the poll."""
    issue = make_issue(ineke)
    issue.waiting_for = poll
    issue.save()
    return issue
