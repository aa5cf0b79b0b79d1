"""Who may answer: the electorate with its participation marks, and codes for paper and kiosk."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from outbox.models import Mailing
from people.models import Person
from polls.models.consultation import Consultation
from polls.models.keys import RandomKeyField


class Elector(models.Model):
    """Someone who was invited, and whether they took part. No time, no link to any answer."""

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="electors")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    group = models.CharField(_("group at the opening"), max_length=120, blank=True)
    by_code = models.BooleanField(_("votes with a printed code"), default=False)
    """Got a printed code instead: these electors do not vote by signing in, so nobody has two."""
    took_part = models.BooleanField(_("took part"), default=False)

    class Meta:
        verbose_name = _("elector")
        verbose_name_plural = _("electorate")
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "person"], name="polls_elector_once_per_consultation"
            )
        ]
        indexes = [
            models.Index(
                fields=["consultation", "group", "took_part"], name="polls_turnout_by_group"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id}"


class MailKind(models.TextChoices):
    """What an electorate is written to for."""

    INVITATION = "invitation", _("invitation")
    REMINDER = "reminder", _("reminder")
    OUTCOME = "outcome", _("what was done with it")


class ElectorMailing(models.Model):
    """That an electorate, or those of it who had not taken part, was written to: how many, on which
    day. The rows of a reminder in the outbox are who had not taken part, and go with the marks."""

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="mailings")
    kind = models.CharField(_("kind"), max_length=12, choices=MailKind.choices)
    mailing = models.ForeignKey(Mailing, models.SET_NULL, null=True, related_name="+")
    recipients = models.PositiveIntegerField(_("recipients"))
    sent_on = models.DateField(_("sent on"), default=timezone.localdate)

    class Meta:
        verbose_name = _("mail to the electorate")
        verbose_name_plural = _("mails to the electorate")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.recipients})"


class CodeSheet(models.Model):
    """One printing of codes for one group: how many, by whom, on which day. Never the codes."""

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="code_sheets")
    group = models.CharField(_("group"), max_length=120, blank=True)
    size = models.PositiveIntegerField(_("number of codes"))
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_on = models.DateField(default=timezone.localdate)

    class Meta:
        verbose_name = _("sheet of voting codes")
        verbose_name_plural = _("sheets of voting codes")
        ordering = ["-made_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.group} ({self.size})"


class VotingCode(models.Model):
    """A printed right to put one ballot in the urn, tied to no person; only its keyed hash.

    The random key keeps the order of printing, and so the order of a pile of letters, out of the
    database.
    """

    id = RandomKeyField()
    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="voting_codes")
    group = models.CharField(_("group"), max_length=120, blank=True)
    code_hash = models.CharField(max_length=64, unique=True)
    used = models.BooleanField(_("used"), default=False)

    class Meta:
        verbose_name = _("voting code")
        verbose_name_plural = _("voting codes")

    def __str__(self) -> str:
        return str(_("voting code"))
