"""Several forms sent by one button, told as one where it comes to what is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from django import forms


class Together:
    """What ``components/error_summary.html`` asks of a form, of all of them in the page's order."""

    def __init__(self, *parts: forms.BaseForm) -> None:
        self.parts = parts

    def __iter__(self) -> Iterator[forms.BoundField]:
        return chain.from_iterable(self.parts)

    @property
    def errors(self) -> bool:
        """Whether anything is wrong; never with forms that were not sent."""
        return any(form.errors for form in self.parts)

    @property
    def non_field_errors(self) -> list[str]:
        return [str(error) for form in self.parts for error in form.non_field_errors()]
