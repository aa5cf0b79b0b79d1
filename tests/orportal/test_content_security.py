"""The policy that every page tells the browser: one for all, its own where a page asks."""

import pytest
from csp.constants import HEADER
from csp.decorators import csp_exempt, csp_update
from csp.exceptions import CSPNonceError
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from orportal.content_security import ContentSecurityMiddleware


def plain(request: HttpRequest) -> HttpResponse:
    return HttpResponse("")


def with_nonce(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(request.csp_nonce))  # type: ignore[attr-defined]


def serve(view: object) -> tuple[HttpRequest, HttpResponse]:
    request = RequestFactory().get("/")
    return request, ContentSecurityMiddleware(view)(request)  # type: ignore[arg-type,return-value]


def test_pages_hold_to_the_policy_of_the_settings() -> None:
    for _again in range(2):
        policy = serve(plain)[1][HEADER]
        assert "script-src 'self'" in policy
        assert "object-src 'none'" in policy
        assert "nonce" not in policy
        assert "unsafe" not in policy


def test_a_page_that_asks_for_a_nonce_gets_its_own() -> None:
    answers = [serve(with_nonce)[1] for _again in range(2)]
    nonces = [answer.content.decode() for answer in answers]
    assert nonces[0] != nonces[1]
    for nonce, answer in zip(nonces, answers, strict=True):
        assert f"'nonce-{nonce}'" in answer[HEADER]
    assert "nonce" not in serve(plain)[1][HEADER]


def test_a_nonce_asked_for_after_the_header_was_written_is_refused() -> None:
    request, _answer = serve(plain)
    with pytest.raises(CSPNonceError):
        str(request.csp_nonce)  # type: ignore[attr-defined]


def test_what_the_librarys_decorators_ask_for_is_done() -> None:
    widened = csp_update({"img-src": ["https://example.com"]})(plain)
    assert "https://example.com" in serve(widened)[1][HEADER]
    assert HEADER not in serve(csp_exempt()(plain))[1]
    assert "https://example.com" not in serve(plain)[1][HEADER]
