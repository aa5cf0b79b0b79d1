"""Publishing a post now or later, and taking it back."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from blogs import actions, rules
from blogs.forms import MomentForm
from blogs.models import Post
from blogs.moments import in_words
from people.guards import SignedInRequest, permit, signed_in


@require_POST
@signed_in
def publish(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Show it now."""
    post = get_object_or_404(Post.objects.visible_to(request.user), key=key)
    permit(rules.may_publish(request.user, post))
    actions.publish_post(post, request.user)
    messages.success(request, _("Published. Everyone on the staff list can read it now."))
    return redirect(post)


@signed_in
def schedule(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Choose a moment, read it back in words, and only then plan it."""
    post = get_object_or_404(Post.objects.visible_to(request.user), key=key)
    permit(rules.may_schedule(request.user, post))
    if request.method != "POST":
        return render(request, "blogs/schedule.html", {"post": post, "form": MomentForm()})
    form = MomentForm(request.POST)
    if not form.is_valid():
        context = {"post": post, "form": form}
        return render(request, "blogs/schedule.html", context, status=400)
    at = form.cleaned_data["at"]
    # The words that were read must be the words that were meant: a changed field asks again.
    if request.POST.get("confirmed") != at.isoformat():
        words = in_words(at, timezone.now())
        context = {"post": post, "form": form, "at": at, "words": words}
        return render(request, "blogs/schedule.html", context)
    actions.schedule_post(post, request.user, at)
    messages.success(
        request, _("Planned: it appears %(moment)s.") % {"moment": in_words(at, timezone.now())}
    )
    return redirect(post)


@require_POST
@signed_in
def unschedule(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Take it off the planning."""
    post = get_object_or_404(Post.objects.visible_to(request.user), key=key)
    permit(rules.may_unschedule(request.user, post))
    actions.unschedule_post(post, request.user)
    messages.success(request, _("Off the planning. It is a draft again."))
    return redirect(post)


@require_POST
@signed_in
def withdraw(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Take it away from readers."""
    post = get_object_or_404(Post.objects.visible_to(request.user), key=key)
    permit(rules.may_withdraw(request.user, post))
    actions.withdraw_post(post, request.user)
    messages.success(request, _("Withdrawn. Only the council can see it now."))
    return redirect(post)
