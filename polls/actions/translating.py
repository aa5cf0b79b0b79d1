"""Offering a questionnaire in other languages."""

from collections.abc import Mapping, Sequence

from django.db import transaction

from polls.actions.questionnaires import raise_revision
from polls.models import Questionnaire, Wording


def offer_languages(questionnaire: Questionnaire, languages: Sequence[str]) -> None:
    """Offer it in ``languages`` besides its own; translations of others are kept, not shown."""
    with transaction.atomic():
        locked = Questionnaire.objects.select_for_update().get(pk=questionnaire.pk)
        locked.languages = [code for code in languages if code != locked.language]
        locked.save(update_fields=["languages"])
        raise_revision(locked)


def translate(
    questionnaire: Questionnaire, language: str, texts: Mapping[str, str], *, only_missing: bool
) -> None:
    """Write translations by ref; an empty text takes one away.

    With ``only_missing`` (answers are being given) what stands is left as it is.
    """
    with transaction.atomic():
        Questionnaire.objects.select_for_update().get(pk=questionnaire.pk)
        stored = Wording.objects.filter(questionnaire=questionnaire, language=language)
        standing = set(stored.values_list("ref", flat=True))
        if not only_missing:
            stored.filter(ref__in=[ref for ref, text in texts.items() if not text]).delete()
        Wording.objects.bulk_create(
            [
                Wording(questionnaire=questionnaire, language=language, ref=ref, text=text)
                for ref, text in texts.items()
                if text and not (only_missing and ref in standing)
            ],
            update_conflicts=True,
            unique_fields=["questionnaire", "language", "ref"],
            update_fields=["text"],
        )
        raise_revision(questionnaire)
