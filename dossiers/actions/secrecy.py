"""Imposing and lifting secrecy (WOR art. 20)."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils import timezone

from dossiers import withdrawing
from dossiers.models import Dossier, Secrecy, SecrecyChange
from people.log import log_act
from people.models import Person


@transaction.atomic
def impose_secrecy(
    actor: Person,
    dossier: Dossier,
    *,
    imposed_by: str,
    scope: str,
    until: date | None,
    exempt: Iterable[Person],
) -> Secrecy:
    """Lock a dossier, or change the lock's terms. Whoever records it is always exempt.

    Queues no mail and publishes nothing: from this transaction on, everything filed under the
    dossier is gone for whoever is not exempt, and mail about it that still waits is not sent.
    """
    locked = Dossier.objects.select_for_update().get(pk=dossier.pk)
    before = Secrecy.objects.filter(dossier=locked).first()
    changing = before is not None and before.in_force
    secrecy, _created = Secrecy.objects.update_or_create(
        dossier=locked,
        defaults={
            "imposed_by": imposed_by,
            "scope": scope,
            "until": until,
            "lifted_at": None,
            "imposed_at": before.imposed_at if changing and before else timezone.now(),
        },
    )
    secrecy.exempt.set({*exempt, actor})
    SecrecyChange.objects.create(
        dossier=locked,
        what=SecrecyChange.What.CHANGED if changing else SecrecyChange.What.IMPOSED,
        by=actor,
        imposed_by=imposed_by,
        scope=scope,
        until=until,
    )
    withdrawing.withdraw(locked)
    log_act(actor, "dossiers.change_secrecy" if changing else "dossiers.impose_secrecy", locked)
    return secrecy


@transaction.atomic
def lift_secrecy(actor: Person, dossier: Dossier, *, reason: str) -> None:
    """Unlock a dossier, with the reason on record. The exempt persons stay on record too."""
    secrecy = Secrecy.objects.select_for_update().get(dossier=dossier)
    if not secrecy.in_force:
        return
    secrecy.lifted_at = timezone.now()
    secrecy.save(update_fields=["lifted_at"])
    SecrecyChange.objects.create(
        dossier=dossier,
        what=SecrecyChange.What.LIFTED,
        by=actor,
        imposed_by=secrecy.imposed_by,
        scope=secrecy.scope,
        until=secrecy.until,
        reason=reason,
    )
    log_act(actor, "dossiers.lift_secrecy", dossier)
