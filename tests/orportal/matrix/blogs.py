"""Blogs: a draft, a planned and a published post, one under secrecy; comments in every state.

The member wrote the posts and is exempt from the secrecy; chair and secretary are not.
"""

from datetime import timedelta

from django.utils import timezone

from blogs import actions
from blogs.lifecycle import CommentPolicy
from blogs.models import Comment, Post
from dossiers import images
from dossiers.models import Dossier
from tests.blogs.makers import (
    keep_secret,
    make_comment,
    make_dossier,
    make_post,
    picture_upload,
    post_form,
)
from tests.cast import make_person
from tests.orportal.matrix.table import Cast, Things

TABLE = """
# url                  thing      method visitor employee member chair secretary director administrator left
blogs:index            -          GET    in      200      200    200   200       404      404           in
blogs:write            -          GET    in      403      200    200   200       404      404           in
blogs:write            -          POST   in      403      302    302   302       404      404           in
blogs:preview          -          POST   in      403      200    200   200       404      404           in
blogs:drafts           -          GET    in      403      200    200   200       404      404           in
blogs:moderation       -          GET    in      403      200    200   200       404      404           in
blogs:post             draft      GET    in      404      200    200   200       404      404           in
blogs:post             planned    GET    in      404      200    200   200       404      404           in
blogs:post             published  GET    in      200      200    200   200       404      404           in
blogs:post             withdrawn  GET    in      404      200    200   200       404      404           in
blogs:post             secret     GET    in      404      200    404   404       404      404           in
blogs:image            draft      GET    in      404      200    200   200       404      404           in
blogs:image            published  GET    in      200      200    200   200       404      404           in
blogs:image            secret     GET    in      404      200    404   404       404      404           in
blogs:revisions        draft      GET    in      404      200    200   200       404      404           in
blogs:revisions        published  GET    in      403      200    200   200       404      404           in
blogs:revisions        secret     GET    in      404      200    404   404       404      404           in
blogs:edit             draft      GET    in      404      200    200   200       404      404           in
blogs:edit             published  GET    in      403      200    200   200       404      404           in
blogs:edit             published  POST   in      403      302    302   302       404      404           in
blogs:edit             secret     POST   in      404      302    404   404       404      404           in
blogs:delete           draft      POST   in      404      302    403   403       404      404           in
blogs:delete           published  POST   in      403      403    403   403       404      404           in
blogs:publish          draft      POST   in      404      302    302   302       404      404           in
blogs:publish          published  POST   in      403      403    403   403       404      404           in
blogs:publish          locked     POST   in      404      403    404   404       404      404           in
blogs:schedule         draft      GET    in      404      200    200   200       404      404           in
blogs:schedule         draft      POST   in      404      400    400   400       404      404           in
blogs:schedule         published  GET    in      403      403    403   403       404      404           in
blogs:schedule         locked     GET    in      404      403    404   404       404      404           in
blogs:unschedule       planned    POST   in      404      302    302   302       404      404           in
blogs:unschedule       published  POST   in      403      403    403   403       404      404           in
blogs:withdraw         published  POST   in      403      302    302   302       404      404           in
blogs:withdraw         draft      POST   in      404      403    403   403       404      404           in
blogs:withdraw         secret     POST   in      404      302    404   404       404      404           in
blogs:comment          published  POST   in      302      302    302   302       404      404           in
blogs:comment          draft      POST   in      404      403    403   403       404      404           in
blogs:comment          closed     POST   in      403      403    403   403       404      404           in
blogs:comment          secret     POST   in      404      302    404   404       404      404           in
blogs:find_comment     own        GET    in      302      302    302   302       404      404           in
blogs:find_comment     waiting    GET    in      404      302    302   302       404      404           in
blogs:find_comment     unseen     GET    in      404      302    404   404       404      404           in
blogs:edit_comment     own        GET    in      200      403    403   403       404      404           in
blogs:edit_comment     own        POST   in      302      403    403   403       404      404           in
blogs:edit_comment     hidden     GET    in      403      403    403   403       404      404           in
blogs:delete_comment   own        POST   in      302      403    403   403       404      404           in
blogs:report_comment   own        GET    in      403      200    200   200       404      404           in
blogs:report_comment   own        POST   in      403      302    302   302       404      404           in
blogs:report_comment   unseen     GET    in      404      200    404   404       404      404           in
blogs:appeal           hidden     GET    in      200      403    403   403       404      404           in
blogs:appeal           hidden     POST   in      302      403    403   403       404      404           in
blogs:let_through      waiting    POST   in      404      302    302   302       404      404           in
blogs:hide_comment     own        GET    in      403      200    200   200       404      404           in
blogs:hide_comment     own        POST   in      403      302    302   302       404      404           in
blogs:hide_comment     unseen     POST   in      404      302    404   404       404      404           in
blogs:dismiss_reports  own        POST   in      403      302    302   302       404      404           in
blogs:decide_appeal    appealed   GET    in      403      403    200   200       404      404           in
blogs:decide_appeal    appealed   POST   in      403      403    302   302       404      404           in
blogs:lock_thread      own        POST   in      403      302    302   302       404      404           in
blogs:unlock_thread    own        POST   in      403      302    302   302       404      404           in
"""

DATA = {
    "blogs:write": post_form(),
    "blogs:edit": post_form(version=1, image_alt="Een rooster"),
    "blogs:comment": {"body": "Goed plan"},
    "blogs:edit_comment": {"body": "Beter plan"},
    "blogs:report_comment": {"reason": "Niet waar"},
    "blogs:hide_comment": {"reason": "Niet waar"},
    "blogs:appeal": {"words": "Wel waar"},
    "blogs:decide_appeal": {"restore": "yes", "answer": "Akkoord"},
}


def things(cast: Cast) -> Things:
    """Posts of the member in every state, and comments of the employee."""
    open_dossier, secret_dossier = make_dossier(cast.member), make_dossier(cast.member, "Geheim")
    draft, planned, published, withdrawn = (_post(cast) for _one in range(4))
    locked, secret = (_post(cast, secret_dossier) for _one in range(2))
    actions.schedule_post(planned, cast.member, timezone.now() + timedelta(days=1))
    for post in (published, withdrawn, secret):
        actions.publish_post(post, cast.member)
    actions.withdraw_post(withdrawn, cast.member)
    closed = make_post(cast.member, policy=CommentPolicy.CLOSED, dossier=open_dossier)
    moderated = make_post(cast.member, policy=CommentPolicy.MODERATED)
    own, hidden, appealed = (make_comment(published, cast.employee) for _one in range(3))
    waiting = make_comment(moderated, make_person("Noor"))
    unseen = make_comment(secret, cast.employee)
    for comment in (hidden, appealed):
        actions.hide_comment(comment, cast.member, "Niet waar")
    actions.appeal_hiding(appealed, "Wel waar")
    keep_secret(secret_dossier, cast.member)
    posts = {
        "draft": draft,
        "planned": planned,
        "published": published,
        "withdrawn": withdrawn,
        "locked": locked,
        "secret": secret,
        "closed": closed,
    }
    comments = {
        "own": own,
        "hidden": hidden,
        "appealed": appealed,
        "waiting": waiting,
        "unseen": unseen,
    }
    found: dict[str, Post | Comment] = {**posts, **comments}
    return {name: {"key": thing.key} for name, thing in found.items()}


def _post(cast: Cast, dossier: Dossier | None = None) -> Post:
    """A draft with an image."""
    text = actions.PostText(
        title="Roosters",
        body="Over roosters",
        dossier=dossier,
        image=images.remake(picture_upload()),
        image_alt="Een rooster",
    )
    return actions.write_post(cast.member, text)
