"""Dossiers that the tests of this app speak of."""

from datetime import date, timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from dossiers import actions
from dossiers.models import Dossier
from people.models import Person

SECRET = "Zilvermeeuw"
"""A word that stands in the secret dossier and must be found nowhere else."""


@pytest.fixture(autouse=True)
def _uploads_in_a_folder_of_their_own(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path_factory.mktemp("uploads")
    storages = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": folder},
        },
    }
    monkeypatch.setattr(settings, "STORAGES", storages)


@pytest.fixture
def rosters(fatima: Person) -> Dossier:
    """An open request for advice that staff may see, due in three weeks."""
    today = timezone.localdate()
    return actions.open_dossier(
        fatima,
        kind="art25",
        title="Nieuwe roosters in de zorg",
        summary="De directie wil **zelfroosteren** invoeren.",
        received_on=today - timedelta(days=7),
        advice_due_on=today + timedelta(days=21),
    )


@pytest.fixture
def secret(joris: Person, ineke: Person) -> Dossier:
    """A dossier under secrecy; Joris and Ineke are exempt, Fatima is not."""
    today = timezone.localdate()
    dossier = actions.open_dossier(
        joris,
        kind="art25",
        title=f"Overname {SECRET}",
        summary=f"{SECRET} neemt de locatie over.",
        received_on=today,
        advice_due_on=today + timedelta(days=7),
    )
    actions.impose_secrecy(
        joris,
        dossier,
        imposed_by="de bestuurder",
        scope="de naam van de koper",
        until=date(2027, 3, 1),
        exempt=[ineke],
    )
    return Dossier.objects.get(pk=dossier.pk)
