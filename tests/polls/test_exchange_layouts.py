"""Whole files as LimeSurvey 6 and XLSForm editors write them: what comes over, and what is told to
have stayed behind."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook

from people.models import Person
from polls.actions.importing import import_plan
from polls.exchange.lss import read_lss
from polls.exchange.plan import Plan
from polls.exchange.xlsform import read_xlsform
from polls.models import Consultation, Questionnaire
from polls.questions.checks import problems
from polls.questions.loading import schema_of
from polls.questions.schema import Kind
from tests.cast import SignIn
from tests.polls.test_exchange import BAD_FORMS, HOSTILE


def section(name: str, fields: list[str], *rows: list[str]) -> str:
    """A table as LimeSurvey writes it: its fields first, empty values as empty elements."""
    head = "".join(f"<fieldname>{field}</fieldname>" for field in fields)
    body = ""
    for row in rows:
        cells = (
            f"<{field}><![CDATA[{value}]]></{field}>" if value else f"<{field}/>"
            for field, value in zip(fields, row, strict=True)
        )
        body += f"<row>\n{''.join(cells)}\n</row>"
    return f"<{name}><fields>{head}</fields><rows>{body}</rows></{name}>"


QUESTION = ["qid", "parent_qid", "sid", "gid", "type", "title", "preg", "other", "mandatory"]
QUESTION += ["question_order", "scale_id", "relevance", "question_theme_name"]


def asked(qid: str, gid: str, letter: str, title: str, theme: str, **more: str) -> list[str]:
    row = {"qid": qid, "parent_qid": "0", "sid": "714", "gid": gid, "type": letter, "title": title}
    row |= {"other": "N", "mandatory": "N", "question_order": qid, "scale_id": "0"}
    row |= {"relevance": "1", "question_theme_name": theme, "preg": "", **more}
    return [row[field] for field in QUESTION]


PAGE = (
    '<?xml version="1.0" encoding="UTF-8"?><document>'
    "<LimeSurveyDocType>Survey</LimeSurveyDocType><DBVersion>623</DBVersion>"
    "<languages><language>nl</language><language>uk</language></languages>"
    + section(
        "groups",
        ["gid", "sid", "group_order", "randomization_group", "grelevance"],
        ["8", "714", "2", "", '((U01.NAOK == "Y"))'],
        ["7", "714", "1", "", "1"],
    )
    + section(
        "group_l10ns",
        ["id", "gid", "group_name", "description", "language"],
        ["1", "7", "Uren", "<p>Over je rooster.</p>", "nl"],
        ["2", "7", "Години", "", "uk"],
        ["3", "8", "Nachten", "", "nl"],
    )
    + section(
        "questions",
        QUESTION,
        asked("1", "7", "Y", "U01", "yesno", mandatory="Y"),
        asked("2", "7", "5", "U02", "5pointchoice", mandatory="S"),
        asked("3", "7", "|", "U03", "file_upload"),
        asked("4", "7", "N", "U04", "numerical", preg="/^[0-9]+$/"),
        asked("5", "8", "T", "N01", "longfreetext"),
        asked("6", "8", "M", "N02", "multiplechoice", other="Y"),
        asked("61", "8", "T", "SQ1", "", parent_qid="6"),
        asked("62", "8", "T", "SQ2", "", parent_qid="6"),
    )
    + section(
        "question_l10ns",
        ["id", "qid", "question", "help", "script", "language"],
        ["1", "1", "<p>Werk je ook ’s <strong>nachts</strong>?</p>", "", "", "nl"],
        ["2", "1", "Ви працюєте вночі?", "", "", "uk"],
        ["3", "2", "Hoe bevalt je rooster?", "<em>1</em> = slecht", "", "nl"],
        ["4", "3", "Voeg je rooster toe", "", "", "nl"],
        ["5", "4", "Hoeveel uur?", "", "", "nl"],
        ["6", "5", "Wat zou helpen?", "", "", "nl"],
        ["7", "6", "Welke nachten?", "", "", "nl"],
        ["8", "61", "Door de week", "", "", "nl"],
        ["9", "62", "In het weekend", "", "", "nl"],
    )
    + section(
        "question_attributes",
        ["qid", "attribute", "value", "language"],
        ["5", "hidden", "0", ""],
        ["5", "maximum_chars", "500", ""],
        ["6", "hidden", "1", ""],
        ["6", "max_answers", "1", ""],
        ["3", "max_filesize", "10240", ""],
    )
    + section("defaultvalues", ["dvid", "qid", "scale_id", "sqid"], ["1", "2", "0", "0"])
    + section("quota", ["id", "sid", "name", "qlimit"], ["1", "714", "Vol", "50"])
    + section("surveys", ["sid", "language", "anonymized"], ["714", "nl", "N"])
    + section(
        "surveys_languagesettings",
        [
            "surveyls_survey_id",
            "surveyls_language",
            "surveyls_title",
            "surveyls_welcometext",
            "surveyls_endtext",
        ],
        ["714", "nl", "Roosters", "<p>Fijn dat je meedoet.</p>", "<p>Dank je!</p>"],
        ["714", "uk", "Графіки", "", ""],
    )
    + "<themes/></document>"
).encode()


def test_a_whole_limesurvey_comes_over_with_its_groups_conditions_and_languages(
    fatima: Person,
) -> None:
    plan = read_lss(PAGE)
    assert (plan.titles, plan.languages) == ({"nl": "Roosters", "uk": "Графіки"}, ["uk"])
    assert plan.introductions == {"nl": "Fijn dat je meedoet."}
    assert [s.titles["nl"] for s in plan.sections] == ["Uren", "Nachten"]
    assert [(q.code, q.kind, q.required) for q in plan.questions] == [
        ("U01", Kind.YES_NO, True),
        ("U02", Kind.SCALE, True),
        ("U04", Kind.NUMBER, False),
        ("N01", Kind.LONG_TEXT, False),
        ("N02", Kind.MULTIPLE, False),
    ]
    assert plan.questions[0].texts == {
        "nl": "Werk je ook ’s nachts?",
        "uk": "Ви працюєте вночі?",
    }
    assert plan.questions[1].helps == {"nl": "1 = slecht"}
    assert [choice.is_other for choice in plan.questions[4].choices] == [False, False, True]
    assert plan.sections[0].show_if is None
    assert plan.sections[1].show_if == {"question": "U01", "op": "is", "value": "yes"}
    made = import_plan(Consultation(), plan, fatima)
    assert problems(schema_of(made.questionnaire)) == []


def test_a_limesurvey_says_of_everything_that_stayed_behind_that_it_did() -> None:
    told = "\n".join(read_lss(PAGE).notes)
    for left in ("U03", "U04", "U02", "maximum_chars = 500", "N02"):
        assert left in told
    assert len(read_lss(PAGE).notes) == 7, "the five above, the quota and the closing text"


def cascading(filtered: bool = True) -> bytes:
    """Places within towns within provinces, narrowed down by what was chosen before."""
    book = Workbook()
    survey = book.active
    assert survey is not None
    survey.title = "survey"
    narrow = ("${province}=cf", "${town}=cf") if filtered else ("", "")
    for row in (
        ("type", "name", "label", "choice_filter", "default", "label::Klingon", None),
        ("select_one provinces", "province", "Provincie", None, "nh", "x"),
        ("select_one towns", "town", "Plaats", narrow[0]),
        ("select_one sites or_other", "site", "Locatie", narrow[1]),
    ):
        survey.append(list(row))
    choices = book.create_sheet("choices")
    for choice in (
        ("list name", "name", "label", "cf", None),
        ("provinces", "nh", "Noord-Holland"),
        ("provinces", "ut", "Utrecht"),
        ("towns", "bergen", "Bergen", "nh"),
        ("towns", "bergen", "Bergen", "ut"),
        ("sites", "north", "Noord", "bergen"),
    ):
        choices.append(list(choice))
    settings = book.create_sheet("settings")
    settings.append(["form_title", "form_id", "allow_choice_duplicates"])
    settings.append(["Locaties", "locaties1", "yes"])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def test_choices_narrowed_down_are_all_shown_and_the_council_is_told(fatima: Person) -> None:
    plan = read_xlsform(cascading())
    assert plan.titles == {"nl": "Locaties"}
    assert [(q.code, q.kind) for q in plan.questions] == [
        ("province", Kind.SINGLE),
        ("town", Kind.SINGLE),
        ("site", Kind.SINGLE),
    ]
    assert [choice.code for choice in plan.questions[1].choices] == ["bergen", "bergen_2"]
    assert plan.questions[2].choices[-1].is_other
    told = "\n".join(plan.notes)
    assert told.count("town:") == told.count("site:") == told.count("province:") == 1
    assert "label::klingon" in told
    assert len(plan.notes) == 4
    assert len(read_xlsform(cascading(filtered=False)).notes) == 2
    made = import_plan(Consultation(), plan, fatima)
    assert problems(schema_of(made.questionnaire)) == []


def test_a_list_that_is_cut_off_is_said_to_be() -> None:
    book = Workbook()
    survey = book.active
    assert survey is not None
    survey.title = "survey"
    survey.append(["type", "name", "label"])
    survey.append(["select_one many", "q", "?"])
    choices = book.create_sheet("choices")
    choices.append(["list_name", "name", "label"])
    for number in range(301):
        choices.append(["many", f"c{number}", str(number)])
    target = io.BytesIO()
    book.save(target)
    plan: Plan = read_xlsform(target.getvalue())
    assert len(plan.questions[0].choices) == 300
    assert len(plan.notes) == 1


FILES = {f"{name}.lss": content for name, content in HOSTILE.items() if content}
FILES |= {f"{name}.xlsx": content for name, content in BAD_FORMS.items()}


@pytest.mark.parametrize("name", list(FILES))
def test_no_hostile_or_broken_file_leaves_anything_behind(
    name: str, fatima: Person, sign_in: SignIn
) -> None:
    client: Client = sign_in(fatima)
    answer = client.post(reverse("polls:import"), {"file": SimpleUploadedFile(name, FILES[name])})
    assert answer.status_code == 400
    assert "error-summary" in answer.content.decode() or "invalid" in answer.content.decode()
    assert Consultation.objects.count() == Questionnaire.objects.count() == 0
