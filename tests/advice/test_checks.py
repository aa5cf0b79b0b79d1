"""The check before release: what stops it and what is worth a look."""

import pytest

from advice.actions import writing
from advice.actions.evidence import take_finding
from advice.figures import Cell, Draft, Figures
from advice.letters.checks import Check
from advice.models import Finding, Letter
from dossiers.actions import judge_part
from people.models import Person


def rewrite(person: Person, letter: Letter, slug: str, body: str) -> None:
    section = letter.sections.get(slug=slug)
    writing.write_section(
        person, section, heading=section.heading, body=body, based_on=section.version
    )


def told(letter: Letter) -> str:
    return "\n".join(remark.text for remark in Check(letter).remarks)


def stops(letter: Letter) -> list[str]:
    return [remark.text for remark in Check(letter).stops]


def test_a_finished_letter_has_nothing_to_remark(letter: Letter) -> None:
    assert Check(letter).remarks == []
    assert [row.number for row in Check(letter).cited] == [1]


def test_an_empty_section_stops(ineke: Person, letter: Letter) -> None:
    rewrite(ineke, letter, "conclusion", "")
    (stop,) = stops(letter)
    assert "Conclusie" in stop


def test_a_missing_verdict_stops(ineke: Person, letter: Letter) -> None:
    letter.verdict = ""
    letter.save()
    assert stops(letter) == ["Het oordeel van de raad is niet ingevuld."]


def test_a_citation_of_nothing_stops(ineke: Person, letter: Letter) -> None:
    rewrite(ineke, letter, "assessment", "[[bevinding:99]]")
    (stop,) = stops(letter)
    assert "99" in stop


def test_a_finding_that_was_tampered_with_stops(letter: Letter, finding: Finding) -> None:
    Finding.objects.update(statement="100% is voor.")
    assert len(stops(letter)) == 1


def test_a_finding_on_too_few_answers_stops(ineke: Person, letter: Letter, fatima: Person) -> None:
    few = Draft(
        source="own", ref="", label="x", statement="x", respondents=3,
        figures=Figures(cells=(Cell("Ja", 3, 1.0),)),
    )  # fmt: skip
    taken = take_finding(fatima, letter.dossier, few)
    rewrite(ineke, letter, "assessment", f"[[bevinding:{taken.number}]]")
    assert len(stops(letter)) == 1


@pytest.mark.parametrize(
    "claim",
    [
        "Van de medewerkers wil 62% dit niet.",
        "Wel 62 procent is tegen.",
        "De meerderheid van de medewerkers is tegen.",
        "Drie van de vier verpleegkundigen ziet er niets in.",
        "Een derde van alle collega's twijfelt.",
    ],
)
def test_a_claim_with_a_figure_and_no_source_is_pointed_out(
    ineke: Person, letter: Letter, claim: str
) -> None:
    rewrite(ineke, letter, "assessment", f"Eerst dit. {claim}")
    assert "geen bron" in told(letter)
    rewrite(ineke, letter, "assessment", f"Eerst dit. {claim} [[bevinding:1|noot]]")
    assert "geen bron" not in told(letter)


@pytest.mark.parametrize(
    "text",
    [
        "Wij wijzen op artikel 25 lid 3 van de wet.",
        "Op 2 november 2026 ontvingen wij uw brief.",
        "Er zijn 3 bijlagen en 2 locaties.",
    ],
)
def test_a_number_that_claims_nothing_is_left_alone(
    ineke: Person, letter: Letter, text: str
) -> None:
    rewrite(ineke, letter, "assessment", text)
    assert "geen bron" not in told(letter)


def test_a_superseded_finding_is_pointed_out(
    letter: Letter, finding: Finding, fatima: Person
) -> None:
    again = Draft(source=finding.source, ref=finding.ref, label="x", statement="x")
    take_finding(fatima, letter.dossier, again)
    assert "vervangen door bevinding 2" in told(letter)


def test_a_minority_view_left_out_is_pointed_out(letter: Letter, fatima: Person) -> None:
    draft = Draft(source="own", ref="", label="x", statement="x")
    take_finding(fatima, letter.dossier, draft, theme="minority")
    assert "minderheidsstandpunt" in told(letter)


def test_what_the_request_lacks_is_brought_up(letter: Letter, fatima: Person) -> None:
    part = letter.dossier.parts.get(part="measures")
    judge_part(fatima, part, state="missing", remark="")
    assert "maatregelen" in told(letter)


def test_no_meeting_with_the_director_is_brought_up(letter: Letter) -> None:
    letter.dossier.meetings.all().delete()
    assert "overlegvergadering" in told(Letter.objects.get(pk=letter.pk))


def test_an_unsettled_comment_is_brought_up(letter: Letter, fatima: Person) -> None:
    section = letter.sections.get(slug="assessment")
    writing.comment(fatima, section, text="Dit klopt niet", suggestion="")
    assert "Reacties die nog openstaan: 1." in told(letter)


def test_a_set_aside_finding_that_is_cited_is_brought_up(letter: Letter, finding: Finding) -> None:
    finding.placement.set_aside = True
    finding.placement.save()
    assert "opzijgelegd" in told(letter)
