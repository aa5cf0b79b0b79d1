"""What concluding shows on a dossier's page: letters and decision on the timeline, ways on."""

from collections.abc import Iterable
from datetime import datetime, time

from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from advice import rules
from advice.models import Decision, LegalStep, Letter, LetterRelease
from dossiers.models import Dossier
from dossiers.shortcuts import Shortcut
from dossiers.timeline import Item
from people.models import Person


def timeline_source(dossier: Dossier, person: Person) -> Iterable[Item]:
    """Released letters for whom they were released to; drafts for the council."""
    released = LetterRelease.objects.visible_to(person).filter(letter__dossier=dossier)
    for release in released.select_related("letter"):
        yield Item(
            release.released_at,
            _("Letter"),
            _("Released: %(subject)s") % {"subject": release.letter.subject},
            release.get_absolute_url(),
        )
    if not rules.may_conclude(person):
        return
    for letter in Letter.objects.visible_to(person).filter(dossier=dossier):
        yield Item(
            letter.made_at,
            _("Letter"),
            _("Begun: %(subject)s") % {"subject": letter.subject},
            letter.get_absolute_url(),
        )
    for decision in Decision.objects.filter(dossier=dossier):
        yield Item(
            decision.recorded_at,
            _("Decision"),
            _("The decision was recorded: %(follows)s")
            % {"follows": decision.get_follows_display()},
            reverse("advice:decision", args=[dossier.key]),
            decision.reasons,
        )
    for step in LegalStep.objects.filter(dossier=dossier):
        yield Item(
            timezone.make_aware(datetime.combine(step.on, time(12))),
            _("Step at law"),
            capfirst(str(step)),
            reverse("advice:decision", args=[dossier.key]),
            step.remark,
        )


def shortcut_source(dossier: Dossier, person: Person) -> Iterable[Shortcut]:
    """Evidence, letter and decision, for the council."""
    if not rules.may_conclude(person):
        return
    yield Shortcut(str(_("Evidence")), reverse("advice:evidence", args=[dossier.key]))
    letter = Letter.objects.visible_to(person).filter(dossier=dossier).first()
    if letter is not None:
        yield Shortcut(str(_("The letter")), letter.get_absolute_url(), is_primary=True)
    elif rules.may_take_findings(person, dossier):
        yield Shortcut(
            str(_("Write the letter")),
            reverse("advice:start", args=[dossier.key]),
            is_primary=True,
        )
    yield Shortcut(
        str(_("Decision and conditions")), reverse("advice:decision", args=[dossier.key])
    )
