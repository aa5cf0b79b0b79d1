"""The dossier: one matter, and the days that set its clock."""

import uuid
from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from dossiers import clock
from dossiers.clock import Kind
from dossiers.querysets import DossierQuerySet
from people.models import Person


class Dossier(models.Model):
    """One matter before the council, from the first question to what came of it."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.ADVICE)
    title = models.CharField(_("title"), max_length=160)
    summary = models.TextField(_("what it is about"), blank=True, help_text=_("Markdown"))
    shared_with_staff = models.BooleanField(
        _("staff may see that this dossier exists"), default=True
    )
    received_on = models.DateField(_("received on"), null=True, blank=True)
    advice_due_on = models.DateField(_("agreed deadline"), null=True, blank=True)
    advice_given_on = models.DateField(_("position given on"), null=True, blank=True)
    decision_received_on = models.DateField(_("decision received on"), null=True, blank=True)
    decision_agrees = models.BooleanField(
        _("the decision follows the council"), null=True, blank=True
    )
    carried_out_on = models.DateField(
        _("the council saw it carried out on"), null=True, blank=True, editable=False
    )
    contested_on = models.DateField(
        _("appeal lodged or nullity invoked on"), null=True, blank=True, editable=False
    )
    court_consented_on = models.DateField(
        _("the court consented on"), null=True, blank=True, editable=False
    )
    opened_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(default=timezone.now)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)

    objects: ClassVar[models.Manager["Dossier"]] = DossierQuerySet.as_manager()

    class Meta:
        verbose_name = _("dossier")
        verbose_name_plural = _("dossiers")
        ordering = ["closed_on", F("advice_due_on").asc(nulls_last=True), "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(received_on=None)
                | Q(advice_due_on=None)
                | Q(advice_due_on__gte=F("received_on")),
                name="dossiers_dossier_due_after_received",
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("dossiers:dossier", args=[self.key])

    @property
    def is_closed(self) -> bool:
        return self.closed_on is not None

    @property
    def is_secret(self) -> bool:
        """Whether secrecy is in force; one query, unless ``secrecy`` was selected along."""
        secrecy = getattr(self, "secrecy", None)
        return secrecy is not None and secrecy.in_force

    @cached_property
    def facts(self) -> clock.Facts:
        """What the clock runs on; two queries, or none where both relations were prefetched."""
        return clock.Facts(
            kind=self.kind,
            received_on=self.received_on,
            agreed_on=self.advice_due_on,
            meetings=tuple(meeting.facts for meeting in self.meetings.all()),
            advice_given_on=self.advice_given_on,
            decision_received_on=self.decision_received_on,
            decision_agrees=self.decision_agrees,
            carried_out_on=self.carried_out_on,
            contested_on=self.contested_on,
            court_consented_on=self.court_consented_on,
            secrecy_until=self.secrecy.until if self.is_secret else None,
            own=tuple(
                (row.due_on, row.title) for row in self.deadlines.all() if row.done_on is None
            ),
        )

    @property
    def terms(self) -> tuple[clock.Term, ...]:
        """Every term of this dossier, soonest first."""
        return clock.terms(self.facts)

    def next_term(self, today: date) -> clock.Term | None:
        """What is due next: the first term that has not passed, or the one most overdue."""
        running = [term for term in self.terms if term.last_day >= today]
        overdue = [
            term
            for term in self.terms
            if term.last_day < today and term.kind not in clock.ENDS_BY_TIME
        ]
        return next(iter([*overdue, *running]), None)
