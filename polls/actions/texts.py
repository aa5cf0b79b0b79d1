"""Open answers out of the urn: stored apart from everything else that their writers answered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from polls.models import Consultation, OpenAnswer
from polls.protection import REST, fold
from polls.questions.schema import TEXT_KINDS, Schema
from polls.tally import OTHER
from polls.urn import Act, Envelope, shuffle

OUT = ".out"
"""Ends the name of the note in a ballot that its text is out: read by colleagues, and loose."""
KEPT = ".kept"
"""Ends the name of the note that its text stays in until the closing, as company for the last."""


@dataclass(frozen=True, slots=True)
class Text:
    """One open answer before it is stored."""

    question: str
    text: str
    group: str = ""
    may_quote: bool = False
    is_shared: bool = False


def texts_of(schema: Schema, envelope: Envelope) -> list[Text]:
    """The open answers in an envelope that are not out already; none in a withdrawn one."""
    if envelope.act is Act.WITHDRAW:
        return []
    found = []
    for name, answer in envelope.answers.items():
        question = schema.by_code.get(name)
        is_text = name.endswith(OTHER) or (question is not None and question.kind in TEXT_KINDS)
        if is_text and isinstance(answer, str):
            if f"{name}{OUT}" in envelope.answers:
                continue  # colleagues read what was written first, and it stays at that
            found.append(
                Text(
                    name,
                    answer,
                    envelope.group,
                    bool(envelope.answers.get(f"{name}.quote")),
                    bool(envelope.answers.get(f"{name}.share")),
                )
            )
    return found


def store_texts(consultation: Consultation, texts: list[Text]) -> None:
    """Write ``texts`` in random order under random keys, so that those of one person neither stand
    together nor in the order of the ballots.

    The group stays on a text only where at least the group threshold of texts to that question
    come from it, and those without it are as many again.
    """
    shuffle(texts)
    kept = _kept_groups(consultation, texts)
    OpenAnswer.objects.bulk_create(
        (
            OpenAnswer(
                consultation=consultation,
                question=text.question,
                group=text.group if (text.question, text.group) in kept else "",
                text=text.text,
                may_quote=text.may_quote,
                is_shared=text.is_shared,
            )
            for text in texts
        ),
        batch_size=500,
    )


def _kept_groups(consultation: Consultation, texts: Iterable[Text]) -> set[tuple[str, str]]:
    sizes: dict[str, Counter[str]] = {}
    for text in texts:
        sizes.setdefault(text.question, Counter())[text.group] += 1
    return {
        (question, label)
        for question, groups in sizes.items()
        for label, shown in fold(groups, consultation.group_threshold).items()
        if shown != REST
    }
