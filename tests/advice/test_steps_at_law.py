"""Appeal, nullity and the court: what is recorded after a decision, and which terms it ends."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from advice.actions import outcome
from advice.models import Decision, LegalStep
from dossiers import due, timeline
from dossiers.actions import open_dossier
from dossiers.clock import TermKind
from dossiers.models import Dossier
from people.models import Act, Person
from tests.cast import SignIn

Deviating = Callable[[str], Dossier]


@pytest.fixture
def deviating(ineke: Person) -> Deviating:
    """A dossier of a kind, with a decision of ten days ago against the council."""

    def make(kind: str) -> Dossier:
        day = timezone.localdate() - timedelta(days=10)
        dossier = open_dossier(ineke, kind=kind, title="Roosters", received_on=day)
        outcome.record_decision(
            ineke, dossier, received_on=day, follows="deviates", reasons="", upload=None
        )
        return dossier

    return make


def kinds(dossier: Dossier) -> set[TermKind]:
    return {term.kind for term in Dossier.objects.get(pk=dossier.pk).terms}


def record(client: Client, dossier: Dossier, what: str, on: date | None = None) -> LegalStep:
    day = on or timezone.localdate()
    address = f"/advies/dossier/{dossier.key}/besluit/stappen/"
    response = client.post(address, {"what": what, "on": f"{day:%Y-%m-%d}", "remark": "Per mail"})
    assert response.status_code == 302, response.context["form"].errors
    return LegalStep.objects.get(dossier=dossier, what=what)


def test_an_appeal_is_no_longer_due_while_the_suspension_runs_on(
    sign_in: SignIn, deviating: Deviating, ineke: Person, joris: Person
) -> None:
    dossier = deviating("art25")
    assert kinds(dossier) == {TermKind.SUSPENSION, TermKind.APPEAL}
    record(sign_in(ineke), dossier, "appeal")
    assert kinds(dossier) == {TermKind.SUSPENSION}
    assert not [one for one in due.of(joris, timezone.localdate()) if "beroep" in one.what]


@pytest.mark.parametrize("what", ["nullity", "granted"])
def test_nullity_is_no_longer_due_once_invoked_or_once_the_court_consented(
    sign_in: SignIn, deviating: Deviating, ineke: Person, what: str
) -> None:
    dossier = deviating("art27")
    assert kinds(dossier) == {TermKind.NULLITY}
    record(sign_in(ineke), dossier, what)
    assert kinds(dossier) == set()


@pytest.mark.parametrize("what", ["asked", "refused", "stop"])
def test_what_the_court_is_asked_or_refuses_leaves_nullity_to_be_invoked(
    sign_in: SignIn, deviating: Deviating, ineke: Person, what: str
) -> None:
    dossier = deviating("art27")
    record(sign_in(ineke), dossier, what)
    assert kinds(dossier) == {TermKind.NULLITY}


def test_a_step_taken_out_lets_the_term_run_again(
    sign_in: SignIn, deviating: Deviating, ineke: Person
) -> None:
    dossier = deviating("art27")
    client = sign_in(ineke)
    step = record(client, dossier, "nullity")
    client.post(f"/advies/dossier/{dossier.key}/besluit/stappen/{step.key}/weg/")
    assert kinds(dossier) == {TermKind.NULLITY}
    verbs = Act.objects.filter(object_key=str(step.key)).values_list("verb", flat=True)
    assert sorted(verbs) == ["advice.drop_step", "advice.record_step"]


def test_a_step_stands_on_the_page_and_the_timeline_but_not_for_staff(
    sign_in: SignIn, deviating: Deviating, ineke: Person, sanne: Person
) -> None:
    dossier = deviating("art25")
    record(sign_in(ineke), dossier, "appeal")
    words = "Beroep ingesteld bij de Ondernemingskamer"
    page = sign_in(ineke).get(f"/advies/dossier/{dossier.key}/besluit/").content.decode()
    assert words in page
    assert "na de laatste dag" not in page
    assert any(words in item.title for item in timeline.of(dossier, ineke))
    assert words not in sign_in(sanne).get(dossier.get_absolute_url()).content.decode()


def test_what_comes_after_the_last_day_is_recorded_and_said(
    sign_in: SignIn, ineke: Person, joris: Person
) -> None:
    long_ago = timezone.localdate() - timedelta(days=60)
    dossier = open_dossier(joris, kind="art27", title="Roosters", received_on=long_ago)
    outcome.record_decision(
        joris, dossier, received_on=long_ago, follows="deviates", reasons="", upload=None
    )
    client = sign_in(ineke)
    record(client, dossier, "nullity")
    page = client.get(f"/advies/dossier/{dossier.key}/besluit/").content.decode()
    assert "na de laatste dag" in page


@pytest.mark.parametrize(("kind", "what"), [("art25", "nullity"), ("art27", "appeal")])
def test_a_step_of_another_article_is_refused(
    sign_in: SignIn, deviating: Deviating, ineke: Person, kind: str, what: str
) -> None:
    dossier = deviating(kind)
    address = f"/advies/dossier/{dossier.key}/besluit/stappen/"
    response = sign_in(ineke).post(address, {"what": what, "on": "2026-11-20"})
    assert "what" in response.context["form"].errors


def test_the_form_begins_with_today(sign_in: SignIn, deviating: Deviating, ineke: Person) -> None:
    page = sign_in(ineke).get(f"/advies/dossier/{deviating('art27').key}/besluit/stappen/")
    assert f'value="{timezone.localdate():%Y-%m-%d}"' in page.content.decode()


def test_a_step_of_tomorrow_is_refused(
    sign_in: SignIn, deviating: Deviating, ineke: Person
) -> None:
    dossier = deviating("art25")
    address = f"/advies/dossier/{dossier.key}/besluit/stappen/"
    response = sign_in(ineke).post(address, {"what": "appeal", "on": "2099-01-01"})
    assert "on" in response.context["form"].errors


def test_a_decision_that_was_never_told_counts_from_the_day_it_was_seen_carried_out(
    sign_in: SignIn, ineke: Person
) -> None:
    dossier = open_dossier(ineke, kind="art27", title="Camera’s")
    address = f"/advies/dossier/{dossier.key}/besluit/vastleggen/"
    client = sign_in(ineke)
    neither = client.post(address, {"follows": "deviates"})
    assert "received_on" in neither.context["form"].errors
    client.post(address, {"carried_out_on": "2026-11-02", "follows": "deviates"})
    dossier = Dossier.objects.get(pk=dossier.pk)
    assert [(term.kind, term.last_day) for term in dossier.terms] == [
        (TermKind.NULLITY, date(2026, 12, 2))
    ]
    assert Decision.objects.get().known_on == date(2026, 11, 2)
    assert "Gezien dat het wordt uitgevoerd" in client.get(
        f"/advies/dossier/{dossier.key}/besluit/"
    ).content.decode()  # fmt: skip


def test_only_a_request_for_consent_asks_for_the_day_it_was_carried_out(
    sign_in: SignIn, deviating: Deviating, ineke: Person
) -> None:
    client = sign_in(ineke)
    advice, consent = deviating("art25"), deviating("art27")
    form = client.get(f"/advies/dossier/{advice.key}/besluit/vastleggen/").content.decode()
    assert "carried_out_on" not in form
    assert "beroep" in form
    form = client.get(f"/advies/dossier/{consent.key}/besluit/vastleggen/").content.decode()
    assert "carried_out_on" in form
    assert "nietigheid" in form
    assert "beroep" not in form


def test_a_decision_is_one_row_in_the_log(deviating: Deviating) -> None:
    dossier = deviating("art25")
    rows = Act.objects.filter(verb__endswith="record_decision")
    assert [row.object_key for row in rows] == [str(dossier.key)]
