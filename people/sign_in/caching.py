"""What a shared browser may keep of somebody's pages: nothing."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

Handler = Callable[[HttpRequest], HttpResponseBase]


def keep_no_pages(get_response: Handler) -> Handler:
    """Forbid browsers to keep pages made for whoever is signed in.

    Else the Back button shows them to the next person at a shared computer, after signing out.
    Views that say themselves what may be kept are left alone, and so is "not modified", whose
    headers would replace those of what was kept.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if response.has_header("Cache-Control") or response.status_code in (304, 500, 503):
            return response
        if request.session.accessed and request.user.is_authenticated:
            response["Cache-Control"] = "private, no-store"
        return response

    return middleware
