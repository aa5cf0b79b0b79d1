"""What leaves a closed group arrives among the council's signals, and nothing more."""

import pytest

from groups import actions
from groups.models import Joining, Listing
from listening.models import Signal, Source
from people.models import Person
from tests.groups.makers import make_group, make_message, make_thread

pytestmark = pytest.mark.django_db


def test_a_paraphrase_becomes_a_signal_of_the_council(sanne: Person) -> None:
    group = make_group(sanne, name="Nachtploeg")
    actions.write_signal(group, sanne, "De nachten zijn te lang.")
    signal = Signal.objects.get()
    assert (signal.source, signal.title) == (Source.GROUP, "De nachten zijn te lang.")
    assert "Nachtploeg" in signal.text


def test_a_secret_group_is_not_named(sanne: Person) -> None:
    group = make_group(
        sanne, name="Kwikstaart", listing=Listing.UNLISTED, joining=Joining.INVITATION
    )
    actions.write_signal(group, sanne, "De nachten zijn te lang.")
    assert "Kwikstaart" not in Signal.objects.get().text


def test_a_quote_comes_along_only_after_its_writers_yes(sanne: Person, omar: Person) -> None:
    group = make_group(sanne, omar)
    message = make_message(make_thread(group, sanne), omar, "Ik slaap slecht.")
    for allowed in (True, False):
        asked = actions.write_signal(
            group, sanne, f"Slaap {allowed}", message=message, quote=message.body
        )
        assert not Signal.objects.filter(title=f"Slaap {allowed}").exists()
        actions.answer_quote(asked, allowed=allowed)
        text = Signal.objects.get(title=f"Slaap {allowed}").text
        assert ("Ik slaap slecht." in text) is allowed
