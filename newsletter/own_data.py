"""What the portal knows about somebody as a reader of newsletters."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from newsletter import rules
from newsletter.audience import receives
from newsletter.models import Subscription
from newsletter.subscribing import address_of
from people.models import Person
from people.own_data import OwnRow, OwnSection, SettingsPage


def own_data(person: Person) -> Iterable[OwnSection]:
    """Whether newsletters come, and where."""
    address = address_of(person)
    rows = [OwnRow(_("You get newsletters"), _("yes") if receives(person) else _("no"))]
    if address:
        rows.append(OwnRow(_("At this address"), address))
    waiting = Subscription.objects.filter(person=person).exclude(asked_address="").first()
    if waiting is not None:
        rows.append(OwnRow(_("Waits for your confirmation"), waiting.asked_address))
    yield OwnSection(
        title=_("Newsletter"),
        rows=tuple(rows),
        note=_("Which newsletters you opened or which links you followed is not kept."),
    )


PAGE = SettingsPage(
    label=gettext_lazy("Newsletter"), url_name="newsletter:mine", shown_to=rules.may_read
)
