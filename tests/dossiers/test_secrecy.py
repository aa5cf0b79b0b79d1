"""Secrecy (art. 20): a lock on every page, mail and feed, imposed and lifted on record."""

import re

from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from dossiers import actions, due, reminders
from dossiers.actions.papers import Upload
from dossiers.models import Dossier, SecrecyChange
from people.models import Act, Person
from tests.cast import SignIn, make_person
from tests.dossiers.conftest import SECRET
from tests.dossiers.test_papers import status_of

FORM = {"imposed_by": "de bestuurder", "scope": "alles", "until": "2027-01-01"}


def everything(dossier: Dossier) -> list[str]:
    """Every address of this app that could show the dossier."""
    base = dossier.get_absolute_url()
    return [
        "/dossiers/",
        "/dossiers/?q=" + SECRET,
        base,
        f"{base}wijzigen/",
        f"{base}geheimhouding/",
    ]


def test_only_the_exempt_find_a_secret_dossier(
    sign_in: SignIn, sanne: Person, fatima: Person, joris: Person, secret: Dossier
) -> None:
    assert sign_in(joris).get(secret.get_absolute_url()).status_code == 200
    assert SECRET in sign_in(joris).get("/dossiers/").content.decode()
    for person in (sanne, fatima):
        client = sign_in(person)
        for address in everything(secret):
            page = client.get(address)
            if address.startswith("/dossiers/?") or address == "/dossiers/":
                shown = page.content.decode().replace(f'value="{SECRET}"', "")
                assert not re.search(f"Overname {SECRET}", shown), (person, address)
                assert str(secret.key) not in shown
            else:
                assert page.status_code == 404, (person, address)


def test_the_council_is_told_that_something_is_secret_and_staff_are_not(
    sign_in: SignIn, sanne: Person, fatima: Person, joris: Person, secret: Dossier
) -> None:
    assert sign_in(fatima).get("/dossiers/").context["hidden"] == 1
    assert sign_in(joris).get("/dossiers/").context["hidden"] == 0
    assert sign_in(sanne).get("/dossiers/").context["hidden"] == 0


def test_every_post_address_of_a_secret_dossier_is_closed_too(
    sign_in: SignIn, fatima: Person, secret: Dossier
) -> None:
    client = sign_in(fatima)
    for name in ("sluiten", "heropenen", "notities", "overleg", "stukken", "termijnen"):
        assert client.post(f"{secret.get_absolute_url()}{name}/").status_code == 404


def test_imposing_locks_at_once_and_is_on_record(
    sign_in: SignIn, joris: Person, fatima: Person, sanne: Person, rosters: Dossier
) -> None:
    address = f"{rosters.get_absolute_url()}geheimhouding/"
    assert sign_in(fatima).get(address).status_code == 403
    response = sign_in(joris).post(address, FORM)
    assert response.status_code == 302
    assert sign_in(joris).get(rosters.get_absolute_url()).status_code == 200, (
        "never locks itself out"
    )
    assert sign_in(fatima).get(rosters.get_absolute_url()).status_code == 404
    assert sign_in(sanne).get(rosters.get_absolute_url()).status_code == 404
    assert SecrecyChange.objects.get().what == "imposed"
    assert Act.objects.filter(verb="dossiers.impose_secrecy").count() == 1
    assert not mail.outbox


def test_changing_whom_it_covers_is_a_change_not_a_new_imposition(
    sign_in: SignIn, joris: Person, fatima: Person, secret: Dossier
) -> None:
    sign_in(joris).post(
        f"{secret.get_absolute_url()}geheimhouding/", FORM | {"exempt": [fatima.pk]}
    )
    assert sign_in(fatima).get(secret.get_absolute_url()).status_code == 200
    assert SecrecyChange.objects.first().what == "changed"  # type: ignore[union-attr]


def test_lifting_is_an_act_with_a_reason_and_can_be_followed_by_another_lock(
    sign_in: SignIn, joris: Person, fatima: Person, secret: Dossier
) -> None:
    address = f"{secret.get_absolute_url()}geheimhouding/opheffen/"
    client = sign_in(joris)
    assert client.post(address, {"reason": ""}).status_code == 200
    assert sign_in(fatima).get(secret.get_absolute_url()).status_code == 404
    assert client.post(address, {"reason": "Bekendgemaakt op 3 december"}).status_code == 302
    assert sign_in(fatima).get(secret.get_absolute_url()).status_code == 200
    assert client.get(address).status_code == 403, "nothing left to lift"
    client.post(f"{secret.get_absolute_url()}geheimhouding/", FORM)
    assert sign_in(fatima).get(secret.get_absolute_url()).status_code == 404
    assert [change.what for change in secret.secrecy_changes.all()] == [
        "imposed",
        "lifted",
        "imposed",
    ]


def test_an_exempt_member_who_leaves_the_council_is_exempt_no_more(
    sign_in: SignIn, joris: Person, secret: Dossier
) -> None:
    joris.appointments.update(ended_on=timezone.localdate())
    assert sign_in(joris).get(secret.get_absolute_url()).status_code == 404


def test_reminders_of_a_secret_dossier_reach_the_exempt_only_and_name_nothing(
    fatima: Person, secret: Dossier, joris: Person, ineke: Person
) -> None:
    assert reminders.send_due(timezone.localdate()) > 0
    assert {address for sent in mail.outbox for address in sent.to} == {joris.email, ineke.email}
    for sent in mail.outbox:
        assert SECRET not in str(sent.message())
        assert str(secret.key) not in str(sent.message())


def test_what_is_due_leaves_out_what_is_locked(
    fatima: Person, joris: Person, secret: Dossier
) -> None:
    today = timezone.localdate()
    assert not due.of(fatima, today)
    assert due.of(joris, today)


def test_a_documents_door_is_locked_with_its_dossier(
    sign_in: SignIn, fatima: Person, joris: Person, secret: Dossier
) -> None:
    file = SimpleUploadedFile("koper.txt", b"de koper")
    document = actions.add_document(joris, secret, Upload(file, "text/plain"))
    actions.share_document(joris, document, shared=True)
    assert sign_in(fatima).get(document.get_absolute_url()).status_code == 404
    outsider = make_person()
    assert sign_in(outsider).get(document.get_absolute_url()).status_code == 404
    assert status_of(sign_in, joris, document.get_absolute_url()) == 200
    assert Act.objects.filter(verb="dossiers.read_document").count() == 1


def test_the_log_names_the_dossier_by_its_row_not_by_its_title(secret: Dossier) -> None:
    assert not Act.objects.filter(object_key__contains=SECRET).exists()
