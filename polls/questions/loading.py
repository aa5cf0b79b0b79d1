"""From stored rows to a ``Schema``: four queries, whatever the number of questions, then none.

A schema is kept in the process under its questionnaire's key and revision: an edit raises the
revision, and so every process sees it at once.
"""

from collections import OrderedDict
from threading import Lock

from polls.models import Axis, Question, Questionnaire, Section, Statement
from polls.questions import schema
from polls.questions.conditions import parse_condition
from polls.statements.voting import question_of

KEPT = 256
_kept: OrderedDict[tuple[object, int, str], schema.Schema] = OrderedDict()
_lock = Lock()


def schema_of(questionnaire: Questionnaire, language: str = "") -> schema.Schema:
    """The questionnaire in ``language``; in its own where none is given or offered.

    Texts without a translation stand in the original language and are named in ``untranslated``.
    """
    offered = {questionnaire.language, *questionnaire.languages}
    wanted = language if language in offered else questionnaire.language
    name = (questionnaire.key, questionnaire.revision, wanted)
    with _lock:
        if name in _kept:
            _kept.move_to_end(name)
            return _kept[name]
    built = _Reader(questionnaire, wanted).read()
    with _lock:
        _kept[name] = built
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return built


class _Reader:
    """Reads one questionnaire in one language, noting which texts were not translated."""

    def __init__(self, questionnaire: Questionnaire, language: str) -> None:
        self.questionnaire = questionnaire
        self.language = language
        self.is_original = language == questionnaire.language
        self.missing: set[str] = set()
        self.wordings: dict[str, str] = {}
        if not self.is_original:
            rows = questionnaire.wordings.filter(language=language)
            self.wordings = dict(rows.values_list("ref", "text"))

    def say(self, ref: str, original: str) -> str:
        """The text under ``ref`` in this language, else the original."""
        if self.is_original or not original:
            return original
        translated = self.wordings.get(ref, "")
        if not translated:
            self.missing.add(ref)
        return translated or original

    def read(self) -> schema.Schema:
        """The whole questionnaire."""
        asked: dict[int, list[schema.Question]] = {}
        for row in self.questionnaire.questions.order_by("position", "pk").prefetch_related(
            "choices"
        ):
            asked.setdefault(row.section_id, []).append(self.question(row))
        sections = tuple(
            self.section(row, tuple(asked.get(row.pk, ())))
            for row in self.questionnaire.sections.order_by("position", "pk")
        )
        if not asked and (stated := self.statements()):
            sections = (schema.Section("", stated),)
        title = self.say("title", self.questionnaire.title)
        introduction = self.say("introduction", self.questionnaire.introduction)
        return schema.Schema(
            title=title,
            sections=sections,
            introduction=introduction,
            language=self.language,
            original_language=self.questionnaire.language,
            untranslated=frozenset(self.missing),
        )

    def statements(self) -> tuple[schema.Question, ...]:
        """The statements of a round as questions; what asks nothing else may be such a round."""
        rows = Statement.objects.filter(consultation__questionnaire=self.questionnaire).shown()
        return tuple(
            question_of(row.code, self.say(f"question:{row.code}:text", row.text), self.language)
            for row in rows
        )

    def section(self, row: Section, questions: tuple[schema.Question, ...]) -> schema.Section:
        """One section with its questions."""
        jumps = [(parse_condition(jump["when"]), int(jump["to"])) for jump in row.jumps]
        ref = f"section:{row.pk}"
        return schema.Section(
            title=self.say(f"{ref}:title", row.title),
            text=self.say(f"{ref}:text", row.text),
            questions=questions,
            show_if=parse_condition(row.show_if),
            jumps=tuple(schema.Jump(when, to) for when, to in jumps if when is not None),
            ref=ref,
        )

    def question(self, row: Question) -> schema.Question:
        """One question with its choices and rows."""
        about = f"question:{row.code}"
        axes: dict[str, list[schema.Choice]] = {Axis.CHOICE: [], Axis.ROW: []}
        for choice in row.choices.all():
            text = self.say(f"{about}:{choice.axis}:{choice.code}", choice.text)
            axes[choice.axis].append(schema.Choice(choice.code, text, choice.is_other))
        settings = dict(row.settings)
        for label in ("low_label", "high_label", "unit"):
            if settings.get(label):
                settings[label] = self.say(f"{about}:{label}", str(settings[label]))
        return schema.Question(
            code=row.code,
            kind=schema.Kind(row.kind),
            text=self.say(f"{about}:text", row.text),
            help_text=self.say(f"{about}:help_text", row.help_text),
            required=row.required,
            choices=tuple(axes[Axis.CHOICE]),
            rows=tuple(axes[Axis.ROW]),
            settings=schema.Settings.from_json(settings),
            show_if=parse_condition(row.show_if),
            image=row.image.name or "",
            image_alt=self.say(f"{about}:image_alt", row.image_alt),
            is_background=row.is_background,
        )
