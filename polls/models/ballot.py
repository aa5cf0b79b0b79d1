"""What was answered, while it must be kept. See docs/urn.md for why each table is as it is."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from people.models import Person
from polls.models.consultation import Consultation
from polls.models.keys import RandomKeyField


class UrnEntry(models.Model):
    """A sealed envelope that waits in the urn. Gone when the urn is emptied."""

    id = RandomKeyField()
    consultation = models.ForeignKey(
        Consultation, models.CASCADE, related_name="urn", db_index=False
    )
    lookup = models.CharField(max_length=64)
    is_first = models.BooleanField(default=True)
    """A ballot that nobody has put in before, rather than a change: only these fill a batch."""
    sealed = models.BinaryField()

    class Meta:
        verbose_name = _("envelope in the urn")
        verbose_name_plural = _("envelopes in the urn")
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "lookup"], name="polls_urn_one_envelope_per_receipt"
            )
        ]

    def __str__(self) -> str:
        return str(_("envelope in the urn"))


class Ballot(models.Model):
    """A ballot out of the urn, mixed with others and sealed anew until the closing.

    At closing all ballots are counted into tallies and destroyed: what is not stored cannot leak.
    """

    id = RandomKeyField()
    consultation = models.ForeignKey(
        Consultation, models.CASCADE, related_name="ballots", db_index=False
    )
    lookup = models.CharField(max_length=64)
    sealed = models.BinaryField()

    class Meta:
        verbose_name = _("ballot")
        verbose_name_plural = _("ballots")
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "lookup"], name="polls_ballot_one_per_receipt"
            )
        ]

    def __str__(self) -> str:
        return str(_("ballot"))


class PaperEntry(models.Model):
    """What was typed once from a paper form, until it is typed again and the two are the same.

    Sealed with the code on the form, so whoever has the database and the server's key but not the
    paper cannot read it. Not who typed it, nor when. Gone once the ballot is in the urn, and at the
    closing.
    """

    id = RandomKeyField()
    consultation = models.ForeignKey(
        Consultation, models.CASCADE, related_name="paper_entries", db_index=False
    )
    lookup = models.CharField(max_length=64)
    sealed = models.BinaryField()

    class Meta:
        verbose_name = _("paper form typed once")
        verbose_name_plural = _("paper forms typed once")
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "lookup"], name="polls_paper_entry_once_per_form"
            )
        ]

    def __str__(self) -> str:
        return str(_("paper form typed once"))


class NamedBallot(models.Model):
    """Answers that stand under a name, for those whom the form names. Never through the urn."""

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="named_ballots")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    group = models.CharField(_("group"), max_length=120, blank=True)
    answers = models.JSONField(_("answers"), default=dict)

    class Meta:
        verbose_name = _("named ballot")
        verbose_name_plural = _("named ballots")
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "person"], name="polls_named_ballot_one_each"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id}"
