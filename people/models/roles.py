"""The roles people hold, from a day until a day."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a person may do beyond being an employee. Employee is not a role: the roster says so."""

    MEMBER = "member", _("council member")
    CHAIR = "chair", _("chair")
    SECRETARY = "secretary", _("official secretary")
    DIRECTOR = "director", _("director")
    ADMINISTRATOR = "administrator", _("administrator")


COUNCIL_ROLES = frozenset({Role.MEMBER, Role.CHAIR, Role.SECRETARY})


class Appointment(models.Model):
    """A role held by a person from a day, until a day."""

    person = models.ForeignKey("people.Person", models.CASCADE, related_name="appointments")
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    began_on = models.DateField(_("since"), default=timezone.localdate)
    ended_on = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("appointment")
        verbose_name_plural = _("appointments")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "role"],
                condition=Q(ended_on=None),
                name="people_appointment_one_current",
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("began_on")),
                name="people_appointment_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_role_display()}"

    @property
    def is_current(self) -> bool:
        """Whether the role is held today; a role ends at the start of ``ended_on``."""
        today = timezone.localdate()
        return self.began_on <= today and (self.ended_on is None or self.ended_on > today)
