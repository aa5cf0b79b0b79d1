"""Questionnaires from LimeSurvey and XLSForm, and to XLSForm; broken and hostile files refused."""

import io
import zipfile
from collections.abc import Sequence

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import translation
from openpyxl import Workbook

from people.models import Person
from polls.actions.importing import import_plan
from polls.actions.questionnaires import NewQuestion, NewSection, make_questionnaire
from polls.exchange.lss import read_lss
from polls.exchange.plan import CannotImport, Plan
from polls.exchange.writing import write_xlsform
from polls.exchange.xlsform import read_xlsform
from polls.models import Consultation, Question, Questionnaire
from polls.questions.checks import problems
from polls.questions.conditions import condition_json
from polls.questions.loading import schema_of
from polls.questions.schema import Kind
from tests.cast import SignIn


def table(name: str, *rows: dict[str, str]) -> str:
    """One table of an .lss file."""
    body = "".join(
        "<row>" + "".join(f"<{k}><![CDATA[{v}]]></{k}>" for k, v in row.items()) + "</row>"
        for row in rows
    )
    return f"<{name}><rows>{body}</rows></{name}>"


def question(qid: str, title: str, letter: str, **more: str) -> dict[str, str]:
    """A row of questions, in group 1."""
    return {
        "qid": qid,
        "parent_qid": "0",
        "gid": "1",
        "type": letter,
        "title": title,
        "question_order": qid,
        "mandatory": "N",
        **more,
    }


def words(qid: str, text: str, language: str = "nl") -> dict[str, str]:
    """A row of question texts."""
    return {"qid": qid, "question": text, "language": language, "help": ""}


def lss(*tables: str, languages: str = "<language>nl</language>", head: str = "") -> bytes:
    """A whole file with one group."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{head}<document>'
        f"<LimeSurveyDocType>Survey</LimeSurveyDocType><languages>{languages}</languages>"
        + table("groups", {"gid": "1", "group_order": "1", "grelevance": ""})
        + table("group_l10ns", {"gid": "1", "group_name": "Werk", "language": "nl"})
        + "".join(tables)
        + table("surveys", {"language": "nl"})
        + table(
            "surveys_languagesettings",
            {
                "surveyls_language": "nl",
                "surveyls_title": "Roosters",
                "surveyls_welcometext": "<p>Hoi",
            },
        )
        + "</document>"
    ).encode()


SURVEY = lss(
    table(
        "questions",
        question("1", "Q1", "L", other="Y", mandatory="Y"),
        question("2", "Q2", "M", relevance='((Q1.NAOK == "A2"))'),
        question("3", "Q3", "F", relevance='Q2_SQ2.NAOK == "Y" and Q1.NAOK != "A1"'),
        question("4", "Q4", "N", relevance="strlen(Q1) > 3"),
        question("5", "Q5", "|"),
        question("6", "Q6", "R"),
        question("21", "SQ1", "T", parent_qid="2"),
        question("22", "SQ2", "T", parent_qid="2"),
        question("31", "SQ1", "T", parent_qid="3"),
    ),
    table(
        "question_l10ns",
        words("1", "Welke <b>dienst</b>&nbsp;heb je?"),
        words("1", "Która zmiana?", "pl"),
        words("2", "Wat loopt goed?"),
        words("3", "Hoe vaak?"),
        words("4", "Hoeveel uur?"),
        words("5", "Bestand"),
        words("6", "Volgorde"),
        words("21", "Ruilen"),
        words("22", "Rust"),
        words("31", "Nacht"),
    ),
    table(
        "answers",
        *(
            {"aid": f"{qid}{n}", "qid": qid, "code": f"A{n}", "sortorder": str(n)}
            for qid in ("1", "3", "6")
            for n in (1, 2)
        ),
    ),
    table(
        "answer_l10ns",
        *(
            {"aid": f"{qid}{n}", "answer": f"Antwoord {n}", "language": "nl"}
            for qid in ("1", "3", "6")
            for n in (1, 2)
        ),
    ),
    table("question_attributes", {"qid": "2", "attribute": "max_answers", "value": "1"}),
    languages="<language>nl</language><language>pl</language>",
)


def test_a_limesurvey_is_read_with_its_conditions_and_languages() -> None:
    plan = read_lss(SURVEY)
    assert plan.titles == {"nl": "Roosters"}
    assert plan.languages == ["pl"]
    (section,) = plan.sections
    assert section.titles == {"nl": "Werk"}
    first, several, matrix, number, ranking = section.questions
    assert first.texts == {"nl": "Welke dienst heb je?", "pl": "Która zmiana?"}
    assert first.required
    assert [choice.code for choice in first.choices] == ["A1", "A2", "other"]
    assert several.show_if == {"question": "Q1", "op": "is", "value": "A2"}
    assert several.settings == {"at_most": 1}
    assert matrix.kind is Kind.MATRIX
    assert [row.code for row in matrix.rows] == ["SQ1"]
    assert matrix.show_if == {
        "all": [
            {"question": "Q2", "op": "includes", "value": "SQ2"},
            {"question": "Q1", "op": "is_not", "value": "A1"},
        ]
    }
    assert number.show_if is None
    assert ranking.kind is Kind.RANKING
    assert len(plan.notes) == 2, "the file upload and the condition with a function"


def test_what_was_read_is_made_whole(fatima: Person) -> None:
    plan = read_lss(SURVEY)
    made = import_plan(Consultation(), plan, fatima)
    schema = schema_of(made.questionnaire)
    assert problems(schema) == []
    assert [question.code for question in schema] == ["Q1", "Q2", "Q3", "Q4", "Q6"]
    assert schema_of(made.questionnaire, "pl").by_code["Q1"].text == "Która zmiana?"


def test_the_older_layout_is_read_too() -> None:
    old = lss(
        table(
            "questions",
            question("1", "Q1", "Y", question="Werk je ’s nachts?", language="nl", help="Ook soms"),
        )
    )
    (asked,) = read_lss(old).questions
    assert (asked.kind, asked.texts, asked.helps) == (
        Kind.YES_NO,
        {"nl": "Werk je ’s nachts?"},
        {"nl": "Ook soms"},
    )


HOSTILE = {
    "xxe": lss(head='<!DOCTYPE d [<!ENTITY x SYSTEM "geheim.txt">]>'),
    "bomb": lss(head='<!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'),
    "broken": SURVEY[:200],
    "not xml": b"Hallo",
    "empty": b"",
    "other xml": b"<html><body/></html>",
    "no questions": lss(),
    "duplicate codes": lss(
        table("questions", question("1", "Q1", "Y"), question("2", "Q1", "Y")),
    ),
    "missing group": lss(table("questions", question("1", "Q1", "Y", gid="9"))),
    "nothing askable": lss(table("questions", question("1", "Q1", "|"))),
    "too large": b"<document>" + b" " * (5 * 1024 * 1024) + b"</document>",
}


@pytest.mark.parametrize("name", list(HOSTILE))
def test_a_hostile_or_broken_limesurvey_is_refused_with_its_reason(name: str) -> None:
    with pytest.raises(CannotImport) as refusal:
        read_lss(HOSTILE[name])
    assert str(refusal.value)


def workbook(**sheets: Sequence[Sequence[object]]) -> bytes:
    """An .xlsx of these sheets."""
    book = Workbook()
    for sheet in list(book):
        book.remove(sheet)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


CHOICES = [
    ("list_name", "name", "label::Nederlands (nl)", "label::Polski (pl)"),
    ("shift", "early", "Vroeg", "Rano"),
    ("shift", "late", "Laat", "Wieczorem"),
]
FORM = workbook(
    survey=[
        ("type", "name", "label::Nederlands (nl)", "label::Polski (pl)", "required", "relevant",
         "constraint", "appearance", "parameters", "choice_filter"),
        ("start", "start"),
        ("begin group", "work", "Werk"),
        ("note", "n1", "Lees dit eerst."),
        ("select_one shift or_other", "q_shift", "Welke dienst?", "Jaka zmiana?", "yes"),
        ("select_multiple shift", "also", "Ook wel eens?", "", "", "${q_shift} = 'early'"),
        ("integer", "hours", "Hoeveel uur?", "", "", "selected(${also}, 'late') or"
         " ${q_shift} != 'late'",
         ". >= 0 and . <= 40"),
        ("range", "score", "Cijfer", "", "", "${hours} >= 8", "", "", "start=0 end=10 step=1"),
        ("text", "why", "Waarom?", "", "", "count(${also}) > 1", "", "multiline"),
        ("geopoint", "where", "Waar?"),
        ("end group",),
        ("begin group", "grid", "Hoe vaak?", "", "", "", "", "table-list"),
        ("select_one shift", "mon", "Maandag"),
        ("select_one shift", "tue", "Dinsdag"),
        ("end group",),
    ],
    choices=CHOICES,
    settings=[("form_title", "default_language"), ("Diensten", "Nederlands (nl)")],
)  # fmt: skip


def test_an_xlsform_is_read_with_its_conditions_and_languages(fatima: Person) -> None:
    plan = read_xlsform(FORM)
    assert (plan.titles, plan.languages) == ({"nl": "Diensten"}, ["pl"])
    assert [q.kind for q in plan.questions] == [
        Kind.SINGLE,
        Kind.MULTIPLE,
        Kind.NUMBER,
        Kind.SCALE,
        Kind.LONG_TEXT,
        Kind.MATRIX,
    ]
    shift, _also, hours, score, why, grid = plan.questions
    assert shift.texts == {"nl": "Welke dienst?", "pl": "Jaka zmiana?"}
    assert [choice.code for choice in shift.choices] == ["early", "late", "other"]
    assert hours.settings == {"minimum": 0, "maximum": 40}
    assert hours.show_if == {
        "any": [
            {"question": "also", "op": "includes", "value": "late"},
            {"question": "q_shift", "op": "is_not", "value": "late"},
        ]
    }
    assert score.settings == {"minimum": 0, "maximum": 10}
    assert why.show_if is None
    assert [row.code for row in grid.rows] == ["mon", "tue"]
    assert plan.sections[0].texts == {"nl": "Lees dit eerst."}
    assert len(plan.notes) == 2, "the place and the condition with a function"
    made = import_plan(Consultation(), plan, fatima)
    assert problems(schema_of(made.questionnaire)) == []


def test_double_choices_are_taken_only_where_the_form_means_them() -> None:
    rows = [("list_name", "name", "label"), ("l", "a", "A"), ("l", "a", "Ook A"), ("l", "b", "B")]
    survey = [("type", "name", "label"), ("select_one l", "q", "?")]
    with pytest.raises(CannotImport):
        read_xlsform(workbook(survey=survey, choices=rows))
    meant = [("form_title", "allow_choice_duplicates"), ("T", "yes")]
    plan = read_xlsform(workbook(survey=survey, choices=rows, settings=meant))
    assert [choice.code for choice in plan.questions[0].choices] == ["a", "a_2", "b"]


def with_part(name: str, content: bytes) -> bytes:
    """The form with one more part in its archive."""
    target = io.BytesIO(FORM)
    with zipfile.ZipFile(target, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return target.getvalue()


ASK = ("type", "name", "label")
BAD_FORMS = {
    "not a workbook": b"PK\x03\x04 broken",
    "no survey": workbook(choices=CHOICES),
    "bomb": with_part("xl/media/zeros.bin", bytes(41 * 1024 * 1024)),
    "entities": with_part("xl/x.xml", b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a/>'),
    "double names": workbook(survey=[ASK, ("integer", "q", "?"), ("integer", "q", "?")]),
    "no name": workbook(survey=[ASK, ("integer", "", "?")]),
    "missing list": workbook(survey=[ASK, ("select_one nowhere", "q", "?")]),
    "group never ends": workbook(survey=[ASK, ("begin_group", "g", "G"), ("integer", "q", "?")]),
    "group never began": workbook(survey=[ASK, ("integer", "q", "?"), ("end_group", "", "")]),
    "nothing askable": workbook(survey=[ASK, ("geopoint", "q", "?")]),
    "plain zip": with_part("x", b"")[:60],
}


@pytest.mark.parametrize("name", list(BAD_FORMS))
def test_a_hostile_or_broken_form_is_refused_with_its_reason(name: str) -> None:
    with pytest.raises(CannotImport) as refusal:
        read_xlsform(BAD_FORMS[name])
    assert str(refusal.value)


def plan_of(questionnaire: Questionnaire) -> Plan:
    """What comes back of a questionnaire once it went out as XLSForm."""
    return read_xlsform(write_xlsform(questionnaire))


def test_what_goes_out_comes_back(fatima: Person) -> None:
    kinds = [
        NewQuestion(
            Kind.SINGLE, "Kies", choices=("A", "B"), other="Anders, namelijk", required=True
        ),
        NewQuestion(Kind.MULTIPLE, "Kies er meer", choices=("A", "B", "C")),
        NewQuestion(Kind.YES_NO, "Ja of nee?"),
        NewQuestion(
            Kind.SCALE, "Cijfer", settings={"minimum": 0, "maximum": 10, "low_label": "slecht"}
        ),
        NewQuestion(Kind.MATRIX, "Hoe vaak?", choices=("Soms", "Vaak"), rows=("Ma", "Di")),
        NewQuestion(Kind.RANKING, "Volgorde", choices=("A", "B")),
        NewQuestion(Kind.NUMBER, "Uren", settings={"minimum": 0, "maximum": 40}),
        NewQuestion(Kind.DATE, "Dag"),
        NewQuestion(Kind.SHORT_TEXT, "=CMD()"),
        NewQuestion(Kind.LONG_TEXT, "Vertel"),
    ]
    made = make_questionnaire(
        by=fatima,
        title="Alles",
        sections=(NewSection("Een", tuple(kinds[:5])), NewSection("Twee", tuple(kinds[5:]))),
    )
    Question.objects.filter(questionnaire=made, code="q3").update(
        show_if={"question": "q2", "op": "includes", "value": "c2"}
    )
    Question.objects.filter(questionnaire=made, code="q6").update(
        show_if={
            "all": [
                {"question": "q4", "op": "at_least", "value": 7},
                {"question": "q3", "op": "is", "value": "yes"},
            ]
        }
    )
    before = schema_of(made)
    plan = plan_of(made)
    assert plan.notes == []
    copy = import_plan(Consultation(), plan, fatima)
    after = schema_of(copy.questionnaire)
    assert [s.title for s in after.sections] == ["Een", "Twee"]
    for left, right in zip(before, after, strict=True):
        assert (left.kind, left.text, left.required) == (right.kind, right.text, right.required)
        assert len(left.choices) == len(right.choices)
        assert [row.text for row in left.rows] == [row.text for row in right.rows]
        assert condition_json(left.show_if) == condition_json(right.show_if)
        assert left.settings == right.settings


@pytest.fixture
def client(fatima: Person, sign_in: SignIn) -> Client:
    """A council member's browser."""
    return sign_in(fatima)


@pytest.mark.parametrize(("name", "content"), [("vragen.lss", SURVEY), ("vragen.xlsx", FORM)])
def test_importing_in_the_browser_says_what_was_left_out(
    name: str, content: bytes, client: Client
) -> None:
    assert client.get(reverse("polls:import")).status_code == 200
    response = client.post(reverse("polls:import"), {"file": SimpleUploadedFile(name, content)})
    assert response.status_code == 200
    made = Consultation.objects.get()
    html = response.content.decode()
    assert reverse("polls:build", args=[made.key]) in html
    assert html.count("<li>") >= 2
    assert client.get(reverse("polls:build", args=[made.key])).status_code == 200
    exported = client.get(reverse("polls:xlsform", args=[made.key]))
    assert exported.content[:2] == b"PK"


@pytest.mark.parametrize("name", ["xxe", "broken", "empty", "missing group"])
def test_a_refused_file_writes_nothing(name: str, client: Client) -> None:
    upload = SimpleUploadedFile("vragen.lss", HOSTILE[name])
    with translation.override("nl"):
        response = client.post(reverse("polls:import"), {"file": upload})
    assert response.status_code == 400
    assert Consultation.objects.count() == Questionnaire.objects.count() == 0
