"""Where a hashtag leads."""

from django.urls import reverse
from django.utils.http import urlencode


def address(name: str) -> str:
    """The list of posts that carry ``#name``."""
    return f"{reverse('blogs:index')}?{urlencode({'hashtag': name})}"
