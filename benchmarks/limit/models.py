"""One table."""

from django.db import models


class Answer(models.Model):
    """One answer."""

    choice = models.CharField(max_length=10)

    def __str__(self) -> str:
        return self.choice
