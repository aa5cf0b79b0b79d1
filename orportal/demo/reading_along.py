"""The demo's running open question, in which colleagues read each other's answers."""

import datetime as dt
import random

from django.utils import timezone

from orportal.demo.staff import Cast
from polls.actions.casting import cast_ballot
from polls.actions.emptying import empty_urn
from polls.actions.opening import open_consultation
from polls.actions.questionnaires import NewQuestion, NewSection, make_consultation
from polls.actions.reviewing import review_answer
from polls.actions.sharing import agree
from polls.models import Consultation, ConsultationKind, Elector, OpenAnswer
from polls.questions.schema import Answers, Kind
from polls.rights import ElectorRight

Draw = random.Random
KEPT_FREE = frozenset({"000101", "000102"})
"""Sanne and Omar have not answered: a visitor can do it as them."""
QUESTION = "Wat kan er morgen al beter in jouw team?"
SAID = (
    "De overdracht begint steeds vijf minuten te laat. Begin gewoon op tijd.",
    "Spreek af wie de telefoon aanneemt tijdens de medicijnronde.",
    "Leg de sleutel van de tillift op één vaste plek.",
    "Een tweede waterkoker in de teamkamer, dan staat er geen rij meer.",
    "Zet nieuwe collega’s de eerste week altijd met twee op een route.",
    "Minder appjes in je vrije tijd. Wat kan wachten, kan wachten.",
    "Ruim de voorraadkast op vrijdag samen op, dat is een half uur werk.",
    "Laat de nachtdienst ook eens meedenken over de dagindeling.",
    "Vraag de keuken of het eten tien minuten eerder kan komen.",
    "Eén keer per maand samen eten, zonder agenda.",
)
LAST = "Meer overleg met de andere teams."
UNREAD = (
    "Vraag maar aan Karin, die heeft hier al een lijstje van.",
    "Ik zou de laptops ’s nachts aan de lader hangen, nu zijn ze halverwege leeg.",
)


def fill(cast: Cast) -> None:
    """Ask, let colleagues answer and agree; two answers wait for the council."""
    draw = Draw(2004)
    question = _ask(cast)
    electors = list(
        Elector.objects.filter(consultation=question)
        .exclude(person__staff_number__in=KEPT_FREE)
        .select_related("person")
        .order_by("person__staff_number")
    )
    draw.shuffle(electors)
    for elector in electors[:10]:  # these stay in until the closing
        cast_ballot(ElectorRight(question, elector.person), {"q1": LAST, "q1.share": True})
    empty_urn(question.pk)
    said = [*SAID, *UNREAD]
    for elector in electors[10 : len(said) + 30]:
        answers: Answers = {"q1": said.pop(), "q1.share": True} if said else {"q1": "Niets."}
        cast_ballot(ElectorRight(question, elector.person), answers)
    empty_urn(question.pk)
    rows = OpenAnswer.objects.filter(consultation=question)
    for row in rows.filter(text__in=SAID):
        review_answer(row, may_be_shown=True, redacted_text=row.text, by=cast.mila)
    shown = list(rows.shared().order_by("text").values_list("pk", flat=True))
    for elector in electors[:60]:
        agree(question, elector.person, draw.sample(shown, 3), shown)


def _ask(cast: Cast) -> Consultation:
    asked = NewQuestion(
        Kind.LONG_TEXT, QUESTION, required=True, settings={"ask_quote": True, "ask_share": True}
    )
    closes_at = timezone.localtime().replace(hour=17, minute=0, second=0, microsecond=0)
    draft = Consultation(
        kind=ConsultationKind.OPEN_QUESTION, closes_at=closes_at + dt.timedelta(days=8)
    )
    made = make_consultation(
        draft, by=cast.mila, title=QUESTION, sections=(NewSection("", (asked,)),)
    )
    return open_consultation(made, cast.mila)
