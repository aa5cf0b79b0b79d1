"""One table."""

from django.db import models


class Answer(models.Model):
    """The answers to ten questions, in one row."""

    answers = models.JSONField()

    def __str__(self) -> str:
        return str(self.pk)
