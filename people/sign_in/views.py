"""The sign-in package's views where the portal's pages need a little more of them."""

from typing import Any

from allauth.account.views import ConfirmLoginCodeView, LoginView
from django.conf import settings
from django.http import HttpResponse

from people.sign_in import demo


class SignInView(LoginView):  # type: ignore[misc]  # untyped package
    """Sign in with a password; in the demo with one press."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the demo's sign-ins, in the demo only."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        if settings.DEMO:
            context["demo_sign_ins"] = demo.sign_ins()
        return context


class TypeCodeView(ConfirmLoginCodeView):  # type: ignore[misc]  # untyped package
    """Type the mailed code; a session lasts beyond the browser only where it was asked to."""

    def _verify_form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super()._verify_form_valid(form)
        remember = form.cleaned_data["remember"]
        self.request.session.set_expiry(settings.SESSION_COOKIE_AGE if remember else 0)
        return response
