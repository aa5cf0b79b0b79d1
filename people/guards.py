"""What a view puts before itself: sign-in, and a rule's yes or no."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar, cast

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django_htmx.middleware import HtmxDetails

from people.models import Person

P = ParamSpec("P")
Response = TypeVar("Response", bound=HttpResponseBase)


class SignedInRequest(HttpRequest):
    """A request whose user is a person of ours."""

    user: Person
    htmx: HtmxDetails


def signed_in(
    view: Callable[Concatenate[SignedInRequest, P], Response],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Send visitors without a session to the sign-in page, and type the request for the rest."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> Response:
        return view(cast(SignedInRequest, request), *args, **kwargs)

    return cast("Callable[Concatenate[HttpRequest, P], HttpResponseBase]", login_required(guarded))


def permit(allowed: bool) -> None:
    """Refuse with 403: for what a person may see but not do."""
    if not allowed:
        raise PermissionDenied


def reveal(allowed: bool) -> None:
    """Refuse with 404: for what a person may not even know to exist."""
    if not allowed:
        raise Http404
