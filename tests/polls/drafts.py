"""What the tests of the builder read of a draft, and where its pages are."""

from django.urls import reverse

from polls.models import Consultation
from polls.questions.loading import schema_of
from polls.questions.schema import Schema


def schema(draft: Consultation) -> Schema:
    draft.questionnaire.refresh_from_db()
    return schema_of(draft.questionnaire)


def url(name: str, draft: Consultation, *more: object) -> str:
    return reverse(f"polls:{name}", args=[draft.key, *more])
