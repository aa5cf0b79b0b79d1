"""Questionnaires for the tests: one of every kind, and random ones with random answers."""

from hypothesis import strategies as st

from polls.questions.conditions import All, Any, Condition, Op, Test
from polls.questions.schema import Choice, Jump, Kind, Question, Schema, Section, Settings


def choices(count: int, prefix: str = "c") -> tuple[Choice, ...]:
    """``count`` choices: c1, c2, ..."""
    return tuple(Choice(f"{prefix}{n}", f"Keuze {n}") for n in range(1, count + 1))


def ask(code: str, kind: Kind, **extra: object) -> Question:
    """A question of ``kind``, with three choices where it needs them."""
    if kind in (Kind.SINGLE, Kind.MULTIPLE, Kind.RANKING, Kind.MATRIX):
        extra.setdefault("choices", choices(3))
    if kind is Kind.MATRIX:
        extra.setdefault("rows", choices(2, "r"))
    return Question(code, kind, f"Vraag {code}?", **extra)  # type: ignore[arg-type]


def one_section(*questions: Question) -> Schema:
    """A questionnaire of one section."""
    return Schema("Proef", (Section("Deel 1", questions),))


EVERY_KIND = one_section(
    ask("q1", Kind.SINGLE, choices=(*choices(2), Choice("c3", "Anders, namelijk", True))),
    ask("q2", Kind.MULTIPLE, choices=(*choices(3), Choice("c4", "Anders, namelijk", True))),
    ask("q3", Kind.YES_NO),
    ask("q4", Kind.SCALE, settings=Settings(minimum=0, maximum=10)),
    ask("q5", Kind.MATRIX),
    ask("q6", Kind.RANKING),
    ask("q7", Kind.NUMBER, settings=Settings(minimum=0, maximum=40, decimals=1)),
    ask("q8", Kind.DATE),
    ask("q9", Kind.SHORT_TEXT),
    ask("q10", Kind.LONG_TEXT, settings=Settings(ask_quote=True)),
)
"""One question of every kind, none required."""

COIN = st.booleans()
KINDS = st.sampled_from([Kind.SINGLE, Kind.YES_NO, Kind.MULTIPLE, Kind.SCALE])


def value_for(question: Question) -> st.SearchStrategy[str | int]:
    """A value a condition on ``question`` may name."""
    if question.kind is Kind.SCALE:
        return st.sampled_from(list(question.scale))
    return st.sampled_from(sorted(question.choice_codes))


@st.composite
def tests_on(draw: st.DrawFn, earlier: list[Question]) -> Test:
    """A test on one of ``earlier``."""
    question = draw(st.sampled_from(earlier))
    op = draw(
        st.sampled_from(
            [Op.AT_LEAST, Op.AT_MOST, Op.IS]
            if question.kind is Kind.SCALE
            else [Op.INCLUDES, Op.IS_NOT, Op.ANSWERED]
            if question.kind is Kind.MULTIPLE
            else [Op.IS, Op.IS_NOT, Op.ANSWERED]
        )
    )
    return Test(question.code, op, None if op is Op.ANSWERED else draw(value_for(question)))


@st.composite
def conditions_on(draw: st.DrawFn, earlier: list[Question]) -> Condition:
    """A test, or two of them joined."""
    first = draw(tests_on(earlier))
    if draw(COIN):
        return first
    both = (first, draw(tests_on(earlier)))
    return All(both) if draw(COIN) else Any(both)


@st.composite
def schemas(draw: st.DrawFn) -> Schema:
    """Up to four sections of up to three questions, with conditions and jumps that look back."""
    count = draw(st.integers(1, 4))
    earlier: list[Question] = []
    sections = []
    for at in range(count):
        conditional = draw(COIN) and bool(earlier)
        show_if = draw(conditions_on(earlier)) if conditional else None
        questions = []
        for _n in range(draw(st.integers(1, 3))):
            guarded = earlier and draw(st.integers(0, 2)) == 0
            question = ask(
                f"q{len(earlier) + 1}",
                draw(KINDS),
                required=draw(COIN),
                show_if=draw(conditions_on(earlier)) if guarded else None,
                **({"settings": Settings(maximum=3)}),
            )
            questions.append(question)
            earlier.append(question)
        jumps: tuple[Jump, ...] = ()
        if draw(st.integers(0, 2)) == 0:
            jumps = (Jump(draw(conditions_on(earlier)), draw(st.integers(at + 1, count))),)
        sections.append(Section(f"Deel {at + 1}", tuple(questions), show_if=show_if, jumps=jumps))
    return Schema("Willekeurig", tuple(sections))


@st.composite
def forms_for(draw: st.DrawFn, schema: Schema) -> dict[str, list[str]]:
    """What somebody might post: right answers, gaps and nonsense."""
    posted: dict[str, list[str]] = {}
    for question in schema:
        values = (
            [str(point) for point in question.scale]
            if question.kind is Kind.SCALE
            else sorted(question.choice_codes)
        )
        picked = draw(st.lists(st.sampled_from([*values, "nonsense"]), max_size=3))
        if picked:
            posted[question.code] = picked
    return posted
