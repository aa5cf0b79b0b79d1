"""The log of acts, as it lies in the database."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Act(models.Model):
    """One row of the log of acts: who did what to which object when; never content.

    Written by ``people.log.log_act`` only. Database triggers refuse UPDATE and DELETE, and each row
    carries a hash over the row before it (``manage.py verify_log``).
    """

    at = models.DateTimeField(_("at"))
    actor_key = models.CharField(_("who"), max_length=36, blank=True)
    verb = models.CharField(_("act"), max_length=60)
    object_type = models.CharField(_("kind of object"), max_length=60, blank=True)
    object_key = models.CharField(_("object"), max_length=60, blank=True)
    previous_hash = models.CharField(max_length=64, editable=False)
    row_hash = models.CharField(max_length=64, editable=False, unique=True)

    class Meta:
        verbose_name = _("act")
        verbose_name_plural = _("log of acts")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb} {self.object_type} {self.object_key}"


class LogHead(models.Model):
    """The single row that acts queue on: its lock makes the chain one line."""

    row_hash = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="people_log_head_is_one")]

    def __str__(self) -> str:
        return self.row_hash
