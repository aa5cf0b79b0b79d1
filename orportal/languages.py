"""The language of a page: the reader's, never the address's."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.locale import LocaleMiddleware as WithPrefixes
from django.utils import translation
from django.utils.cache import patch_vary_headers


class LocaleMiddleware(WithPrefixes):
    """The framework's, without its search for a language in every address: none of ours has one."""

    def process_request(self, request: HttpRequest) -> None:
        """Speak the language of the reader's choice or browser."""
        translation.activate(translation.get_language_from_request(request))
        request.LANGUAGE_CODE = translation.get_language()

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """Say which language it is, and that it depends on the reader."""
        patch_vary_headers(response, ("Accept-Language",))
        response.headers.setdefault("Content-Language", translation.get_language())
        return response
