"""What is asked: sections, questions, choices, and their wording in other languages."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from people.models import Person


class QuestionKind(models.TextChoices):
    """How a question is answered."""

    SINGLE = "single", _("one choice")
    MULTIPLE = "multiple", _("several choices")
    YES_NO = "yes_no", _("yes or no")
    SCALE = "scale", _("scale")
    MATRIX = "matrix", _("matrix")
    RANKING = "ranking", _("ranking")
    NUMBER = "number", _("number")
    DATE = "date", _("date")
    SHORT_TEXT = "short_text", _("short text")
    LONG_TEXT = "long_text", _("long text")


class QuestionnaireQuerySet(models.QuerySet["Questionnaire"]):
    """Questionnaires in the field's words."""

    def templates(self) -> "QuestionnaireQuerySet":
        """The library a council member starts from."""
        return self.filter(is_template=True)


class Questionnaire(models.Model):
    """Questions in order; belongs to one consultation, or stands in the library as a template."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(_("title"), max_length=200)
    introduction = models.TextField(_("introduction"), blank=True, help_text=_("Markdown"))
    language = models.CharField(_("language"), max_length=10, default="nl")
    languages = models.JSONField(_("other languages"), default=list, blank=True)
    is_template = models.BooleanField(_("is a template"), default=False)
    template_name = models.CharField(_("name in the library"), max_length=120, blank=True)
    revision = models.PositiveIntegerField(default=1)
    """Raised by every edit: what was built from these rows is kept under (pk, revision)."""
    created_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("made by")
    )

    objects = QuestionnaireQuerySet.as_manager()

    class Meta:
        verbose_name = _("questionnaire")
        verbose_name_plural = _("questionnaires")
        ordering = ["title", "pk"]

    def __str__(self) -> str:
        return self.template_name or self.title


class Section(models.Model):
    """A page of questions, shown always or under a condition."""

    questionnaire = models.ForeignKey(Questionnaire, models.CASCADE, related_name="sections")
    position = models.PositiveIntegerField(default=0)
    title = models.CharField(_("title"), max_length=200, blank=True)
    text = models.TextField(_("text"), blank=True)
    show_if = models.JSONField(_("shown if"), null=True, blank=True)
    jumps = models.JSONField(_("jumps"), default=list, blank=True)
    """Where to go after this section: ``[{"when": <condition>, "to": <section, from 0>}]``."""

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.title or str(_("section"))


class Question(models.Model):
    """One question. ``settings`` holds what its kind needs (limits, ends of a scale, steps)."""

    questionnaire = models.ForeignKey(Questionnaire, models.CASCADE, related_name="questions")
    section = models.ForeignKey(Section, models.CASCADE, related_name="questions")
    code = models.CharField(_("code"), max_length=40)
    kind = models.CharField(_("kind"), max_length=20, choices=QuestionKind.choices)
    position = models.PositiveIntegerField(default=0)
    text = models.TextField(_("question"))
    help_text = models.TextField(_("help text"), blank=True)
    required = models.BooleanField(_("an answer is required"), default=False)
    settings = models.JSONField(default=dict, blank=True)
    show_if = models.JSONField(_("shown if"), null=True, blank=True)
    image = models.ImageField(_("image"), upload_to="polls/%Y/", blank=True)
    image_alt = models.CharField(_("description of the image"), max_length=300, blank=True)
    is_background = models.BooleanField(_("background question"), default=False)
    """Asks who someone is (age band, shift) rather than what they think; results may be broken
    down by it. At most two in a questionnaire."""

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["section__position", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["questionnaire", "code"], name="polls_question_code_unique"
            )
        ]

    def __str__(self) -> str:
        return self.text


class Axis(models.TextChoices):
    """What a choice is of: an answer to give, or a row of a matrix to give one to."""

    CHOICE = "choice", _("choice")
    ROW = "row", _("row")


class Choice(models.Model):
    """An answer to choose, or a row of a matrix."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="choices")
    axis = models.CharField(max_length=10, choices=Axis.choices, default=Axis.CHOICE)
    code = models.CharField(_("code"), max_length=40)
    position = models.PositiveIntegerField(default=0)
    text = models.CharField(_("text"), max_length=500)
    is_other = models.BooleanField(_("other, namely"), default=False)

    class Meta:
        verbose_name = _("choice")
        verbose_name_plural = _("choices")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["question", "axis", "code"], name="polls_choice_code_unique"
            )
        ]

    def __str__(self) -> str:
        return self.text


class Wording(models.Model):
    """One text of a questionnaire in another language.

    ``ref`` names what is worded: ``title``, ``introduction``, ``section:<pk>:title``,
    ``question:<code>:text``, ``question:<code>:choice:<code>``.
    """

    questionnaire = models.ForeignKey(Questionnaire, models.CASCADE, related_name="wordings")
    language = models.CharField(_("language"), max_length=10)
    ref = models.CharField(max_length=160)
    text = models.TextField(_("text"))

    class Meta:
        verbose_name = _("translation")
        verbose_name_plural = _("translations")
        constraints = [
            models.UniqueConstraint(
                fields=["questionnaire", "language", "ref"], name="polls_wording_unique"
            )
        ]

    def __str__(self) -> str:
        return self.text
