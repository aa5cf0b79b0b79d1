"""What was sent, on the web; and the two paths that mails themselves fetch."""

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from dossiers.querysets import unlocked
from newsletter import links, rules
from newsletter.archive import archived_parts
from newsletter.models import Block, Issue
from outbox.models import Suppression
from people.guards import SignedInRequest, reveal, signed_in


@require_safe
@signed_in
def index(request: SignedInRequest) -> HttpResponse:
    """The archive; for the council also what is being made and sent."""
    reveal(rules.may_read(request.user))
    issues = Issue.objects.visible_to(request.user).select_related("mailing", "written_by")
    composes = rules.may_compose(request.user)
    return render(
        request,
        "newsletter/index.html",
        {
            "may_compose": composes,
            "unreachable": (Suppression.objects.count() if rules.may_steer(request.user) else 0),
            "unsent": issues.exclude(state="sent").order_by("-pk") if composes else [],
            "sent": issues.filter(state="sent")[:60],
        },
    )


@require_safe
@signed_in
def issue(request: SignedInRequest, key: str) -> HttpResponse:
    """The web version: as it was sent, as far as this reader may see it today."""
    found = get_object_or_404(Issue.objects.visible_to(request.user), key=key)
    if not found.is_sent:
        return redirect("newsletter:compose", found.key)
    parts = archived_parts(found, request.user)
    return render(
        request,
        "newsletter/issue.html",
        {
            "issue": found,
            "parts": parts,
            "may_watch": rules.may_watch(request.user),
            "may_print": rules.may_print(request.user, found),
        },
    )


@require_safe
def image(request: HttpRequest, key: str) -> HttpResponse:
    """An image of an issue. Mail programs fetch it without signing in, so its key is the key."""
    shown = Block.objects.filter(unlocked(None)).exclude(Q(image="") | Q(kind=""))
    block = get_object_or_404(shown, key=key)
    with block.image.open("rb") as file:
        return HttpResponse(
            file.read(),
            content_type="image/jpeg",
            headers={
                "X-Content-Type-Options": "nosniff",
                "Cache-Control": "private, max-age=3600",
                "Content-Security-Policy": "default-src 'none'",
                "Content-Disposition": "inline",
            },
        )


@require_safe
def follow(request: HttpRequest, code: str, group: str = "") -> HttpResponse:
    """A link from a mail: counted, without who, and passed on."""
    target = links.target_of(code) if request.method == "HEAD" else links.follow(code, group)
    if target is None:
        raise Http404
    response = HttpResponse(status=302, headers={"Location": target})
    response["Cache-Control"] = "no-store"
    return response
