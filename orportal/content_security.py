"""The policy that browsers hold pages to, in the words that were made of it once."""

from functools import cached_property

from csp.constants import HEADER
from csp.middleware import CheckableLazyObject, CSPMiddleware
from csp.utils import build_policy
from django.http import HttpRequest
from django.http.response import HttpResponseBase

OWN = ("_csp_config", "_csp_update", "_csp_replace", "_csp_exempt")
"""What the library's decorators leave on a response that asks for a policy of its own."""


_too_late = CheckableLazyObject(CSPMiddleware._csp_nonce_post_response)


class ContentSecurityMiddleware(CSPMiddleware):
    """The library's middleware, which makes the header anew only for pages that need their own."""

    @cached_property
    def _policy(self) -> str:
        return build_policy()

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """Set the header: with a nonce of its own where the page used one."""
        own = getattr(request, "_csp_nonce", None) or any(hasattr(response, name) for name in OWN)
        if own or HEADER in response:
            return super().process_response(request, response)
        response[HEADER] = self._policy
        request.csp_nonce = _too_late  # type: ignore[attr-defined]
        return response
