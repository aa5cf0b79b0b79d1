"""The roster: people, and the units and sites they work in."""

import uuid
from collections.abc import Iterable
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from people.models.roles import Role
from people.querysets import PersonQuerySet, UnitQuerySet


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

    objects: ClassVar[UnitQuerySet] = UnitQuerySet.as_manager()  # type: ignore[assignment]

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

    def readership(self) -> PersonQuerySet:
        """See ``PersonQuerySet.readership``."""
        return self.get_queryset().readership()

    def holding(self, *roles: Role) -> PersonQuerySet:
        """See ``PersonQuerySet.holding``."""
        return self.get_queryset().holding(*roles)

    def held(self, *roles: Role) -> Q:
        """See ``PersonQuerySet.held``."""
        return self.get_queryset().held(*roles)


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
    email_is_own = models.BooleanField(
        _("address given by the person"),
        default=False,
        help_text=_("The staff list does not overwrite it."),
    )
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
    session_generation = models.PositiveIntegerField(default=0, editable=False)
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

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Ties every session to password and generation: a step of either signs out everywhere."""
        told = f"{self.password}:{self.session_generation}"
        return salted_hmac("people.session", told, secret=secret, algorithm="sha256").hexdigest()

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
