"""Who there is: the roster, the units they work in, the roles they hold, and the log of acts."""

import uuid
from collections.abc import Iterable
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from people.querysets import PersonQuerySet


class Role(models.TextChoices):
    """What a person may do beyond being an employee. Employee is not a role: the roster says so."""

    MEMBER = "member", _("council member")
    CHAIR = "chair", _("chair")
    SECRETARY = "secretary", _("official secretary")
    DIRECTOR = "director", _("director")
    ADMINISTRATOR = "administrator", _("administrator")


COUNCIL_ROLES = frozenset({Role.MEMBER, Role.CHAIR, Role.SECRETARY})


class Site(models.Model):
    """A location (vestiging) of the organisation."""

    name = models.CharField(_("name"), max_length=120, unique=True)

    class Meta:
        verbose_name = _("site")
        verbose_name_plural = _("sites")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Unit(models.Model):
    """A department (afdeling); the smallest group that results are broken down by."""

    name = models.CharField(_("name"), max_length=120, unique=True)

    class Meta:
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class PersonManager(BaseUserManager["Person"]):
    """Fetches people by the queryset's words; there is no ``create_superuser`` on purpose."""

    def get_queryset(self) -> PersonQuerySet:
        return PersonQuerySet(self.model, using=self._db)

    def employed(self) -> PersonQuerySet:
        """See ``PersonQuerySet.employed``."""
        return self.get_queryset().employed()

    def constituency(self) -> PersonQuerySet:
        """See ``PersonQuerySet.constituency``."""
        return self.get_queryset().constituency()

    def holding(self, *roles: Role) -> PersonQuerySet:
        """See ``PersonQuerySet.holding``."""
        return self.get_queryset().holding(*roles)


class Person(AbstractBaseUser):
    """Someone who may sign in: an employee on the roster, or a role holder from outside it.

    A person has access from being recorded until ``left_on``; from that day on there is none, with
    no further act needed (``is_active`` is derived, never stored).
    """

    key = models.UUIDField(_("key"), default=uuid.uuid4, unique=True, editable=False)
    staff_number = models.CharField(_("staff number"), max_length=40, blank=True)
    given_name = models.CharField(_("first name"), max_length=80, blank=True)
    infix = models.CharField(_("infix"), max_length=30, blank=True)
    family_name = models.CharField(_("family name"), max_length=120)
    email = models.EmailField(_("e-mail address"), blank=True)
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="people", verbose_name=_("unit")
    )
    site = models.ForeignKey(
        Site, models.PROTECT, null=True, blank=True, related_name="people", verbose_name=_("site")
    )
    shift = models.CharField(_("shift"), max_length=60, blank=True)
    hired_on = models.DateField(_("employed since"), null=True, blank=True)
    left_on = models.DateField(_("left on"), null=True, blank=True)
    on_long_leave = models.BooleanField(_("on long leave"), default=False)
    language = models.CharField(
        _("language"),
        max_length=5,
        default="nl",
        choices=[("nl", _("Dutch")), ("en", _("English"))],
    )
    # No last_login column: a time of signing in beside a participation mark is one too many.
    last_login = None

    objects: ClassVar[PersonManager] = PersonManager()

    USERNAME_FIELD = "key"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["family_name", "given_name", "pk"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"), condition=~Q(email=""), name="people_person_email_unique"
            ),
            models.UniqueConstraint(
                fields=["staff_number"],
                condition=~Q(staff_number=""),
                name="people_person_staff_number_unique",
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        """First name, infix and family name: Sanne de Wit."""
        return " ".join(part for part in (self.given_name, self.infix, self.family_name) if part)

    def get_full_name(self) -> str:
        """The name the framework and its packages ask for."""
        return self.full_name

    def get_short_name(self) -> str:
        """First name, or the family name where none is known."""
        return self.given_name or self.family_name

    @property
    def is_active(self) -> bool:  # type: ignore[override]
        """Whether this person has access today."""
        return self.left_on is None or self.left_on > timezone.localdate()

    @cached_property
    def roles(self) -> frozenset[Role]:
        """The roles held today; one query, kept for as long as this object lives."""
        return frozenset(Role(row.role) for row in self.appointments.all() if row.is_current)

    # The framework's admin site asks these three; it shows configuration and opens to one role.
    @property
    def is_staff(self) -> bool:
        """Whether the framework's admin site opens: for the administrator only."""
        return Role.ADMINISTRATOR in self.roles

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """Whether the admin site allows ``perm``; what it may show is decided by registration."""
        return self.is_active and self.is_staff

    def has_perms(self, perm_list: Iterable[str], obj: Any = None) -> bool:
        """See ``has_perm``."""
        return all(self.has_perm(perm, obj) for perm in perm_list)

    def has_module_perms(self, app_label: str) -> bool:
        """See ``has_perm``."""
        return self.is_active and self.is_staff


class Appointment(models.Model):
    """A role held by a person from a day, until a day."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="appointments")
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
