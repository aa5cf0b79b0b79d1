"""Readers' own choices: no newsletter, or one at another address."""

from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.models import Person


class OptOut(models.Model):
    """Somebody who wants no newsletter, and the address it no longer goes to.

    By address, so it outlives a new staff list; by person, so it outlives a new address.
    """

    address = models.CharField(_("e-mail address"), max_length=254)
    person = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("unsubscription")
        verbose_name_plural = _("unsubscriptions")
        constraints = [
            models.UniqueConstraint(Lower("address"), name="newsletter_opt_out_address_unique")
        ]

    def __str__(self) -> str:
        return self.address


class Subscription(models.Model):
    """Somebody's own yes to the newsletter, and the private address they want it at.

    ``address`` has been proved by a link mailed to it; empty means the address on the staff list.
    ``asked_address`` waits for that proof and gets nothing but the one mail with the link.
    """

    person = models.OneToOneField(Person, models.CASCADE, related_name="+")
    address = models.CharField(_("private address"), max_length=254, blank=True)
    asked_address = models.CharField(max_length=254, blank=True)
    since = models.DateField(default=timezone.localdate)

    class Meta:
        verbose_name = _("subscription")
        verbose_name_plural = _("subscriptions")

    def __str__(self) -> str:
        return str(self.person)
