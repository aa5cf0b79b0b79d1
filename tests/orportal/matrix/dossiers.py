"""Dossiers: an open one, one that staff do not see, a closed one, one under secrecy (art. 20).

The member is not exempt from the secrecy; chair and secretary are.
"""

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from dossiers import actions
from dossiers.actions.papers import RequestText, Upload
from dossiers.models import Document, Dossier, Meeting, PlanStep
from people.models import Person
from tests.orportal.matrix.table import Cast, Things

TABLE = """
# url                       thing     method visitor employee member chair secretary director administrator left
dossiers:index               -         GET    in      200      200    200   200       404      404           in
dossiers:open               -         GET    in      403      200    200   200       403      403           in
dossiers:open               -         POST   in      403      200    200   200       403      403           in
dossiers:suggestions        -         GET    in      403      200    200   200       403      403           in
dossiers:calendar           -         GET    in      403      200    200   200       403      403           in
dossiers:drop_calendar      -         POST   in      403      302    302   302       403      403           in
dossiers:calendar_feed      feed      GET    200     200      200    200   200       200      200           200
dossiers:calendar_feed      no_feed   GET    404     404      404    404   404       404      404           404
dossiers:requests           -         GET    in      404      404    404   404       200      404           in
dossiers:hand_in            -         GET    in      404      404    404   404       200      404           in
dossiers:hand_in            -         POST   in      404      404    404   404       200      404           in
dossiers:request            request   GET    in      404      404    404   404       200      404           in
dossiers:dossier            open      GET    in      200      200    200   200       404      404           in
dossiers:dossier            internal  GET    in      404      200    200   200       404      404           in
dossiers:dossier            closed    GET    in      200      200    200   200       404      404           in
dossiers:dossier            secret    GET    in      404      404    200   200       404      404           in
dossiers:revise             open      GET    in      403      200    200   200       404      404           in
dossiers:revise             closed    GET    in      403      403    403   403       404      404           in
dossiers:revise             secret    POST   in      404      404    200   200       404      404           in
dossiers:close              open      POST   in      403      403    302   302       404      404           in
dossiers:close              secret    POST   in      404      404    302   302       404      404           in
dossiers:reopen             closed    POST   in      403      403    302   302       404      404           in
dossiers:add_meeting        open      GET    in      403      200    200   200       404      404           in
dossiers:add_meeting        closed    POST   in      403      403    403   403       404      404           in
dossiers:meeting            meeting   GET    in      403      200    200   200       404      404           in
dossiers:judge_part         part      POST   in      403      302    302   302       404      404           in
dossiers:add_note           open      POST   in      403      302    302   302       404      404           in
dossiers:add_note           closed    POST   in      403      403    403   403       404      404           in
dossiers:add_deadline       open      GET    in      403      200    200   200       404      404           in
dossiers:add_deadline       open      POST   in      403      200    200   200       404      404           in
dossiers:finish_deadline    deadline  POST   in      404      302    302   302       404      404           in
dossiers:add_document       open      GET    in      403      200    200   200       404      404           in
dossiers:add_document       open      POST   in      403      200    200   200       404      404           in
dossiers:document           paper     GET    in      404      200    200   200       404      404           in
dossiers:document           shared    GET    in      200      200    200   200       404      404           in
dossiers:document           locked    GET    in      404      404    200   200       404      404           in
dossiers:share_document     paper     POST   in      404      302    302   302       404      404           in
dossiers:impose_secrecy     open      GET    in      403      403    200   200       404      404           in
dossiers:impose_secrecy     secret    POST   in      404      404    200   200       404      404           in
dossiers:plan                -         GET    in      404      200    200   200       404      404           in
dossiers:add_council_step    -         GET    in      404      200    200   200       404      404           in
dossiers:dossier_plan        open      GET    in      404      200    200   200       404      404           in
dossiers:dossier_plan        secret    GET    in      404      404    200   200       404      404           in
dossiers:add_step            open      GET    in      404      200    200   200       404      404           in
dossiers:add_step            closed    POST   in      404      403    403   403       404      404           in
dossiers:add_step            secret    POST   in      404      404    200   200       404      404           in
dossiers:step                step      GET    in      404      200    200   200       404      404           in
dossiers:step                hid_step  GET    in      404      404    200   200       404      404           in
dossiers:drop_step           step      POST   in      404      302    302   302       404      404           in
dossiers:drop_step           hid_step  POST   in      404      404    302   302       404      404           in
dossiers:lift_secrecy       open      GET    in      403      403    403   403       404      404           in
dossiers:lift_secrecy       secret    POST   in      404      404    200   200       404      404           in
"""


def things(cast: Cast) -> Things:
    """The dossiers, and papers in them."""
    opened, internal, closed, secret = (
        _dossier(cast.chair, title) for title in ("open", "internal", "closed", "secret")
    )
    Dossier.objects.filter(pk=internal.pk).update(shared_with_staff=False)
    actions.close_dossier(cast.chair, closed)
    paper, shared, locked = (_paper(cast.chair, dossier) for dossier in (opened, opened, secret))
    actions.share_document(cast.chair, shared, shared=True)
    actions.share_document(cast.chair, locked, shared=True)
    actions.impose_secrecy(
        cast.chair, secret, imposed_by="x", scope="x", until=None, exempt=[cast.secretary]
    )
    today = timezone.localdate()
    deadline = actions.add_deadline(cast.member, opened, title="x", due_on=today, owner=None)
    meeting = actions.record_meeting(cast.member, Meeting(dossier=opened, planned_on=today))
    request = actions.hand_in_request(
        cast.director, RequestText("art25", "x", "x", "x", "x", "x", wished_by=None)
    )
    return {
        "open": {"key": opened.key},
        "internal": {"key": internal.key},
        "closed": {"key": closed.key},
        "secret": {"key": secret.key},
        "part": {"key": opened.key, "part": opened.parts.all()[0].part},
        "paper": {"key": paper.key},
        "shared": {"key": shared.key},
        "locked": {"key": locked.key},
        "deadline": {"key": deadline.key},
        "meeting": {"key": opened.key, "meeting_key": meeting.key},
        "request": {"key": request.key},
        "step": {"step_key": _step(cast.chair, opened).key},
        "hid_step": {"step_key": _step(cast.chair, secret).key},
        "feed": {"token": actions.make_feed(cast.member)},
        "no_feed": {"token": "x" * 40},
    }


def _dossier(actor: Person, title: str) -> Dossier:
    today = timezone.localdate()
    return actions.open_dossier(
        actor,
        kind="art25",
        title=title,
        received_on=today,
        advice_due_on=today + timedelta(days=30),
    )


def _step(actor: Person, dossier: Dossier) -> PlanStep:
    step = PlanStep(dossier=dossier, goal="x", audience="x", channel="post")
    return actions.keep_plan_step(actor, step)


def _paper(actor: Person, dossier: Dossier) -> Document:
    file = SimpleUploadedFile("brief.txt", b"Geachte raad", "text/plain")
    return actions.add_document(actor, dossier, Upload(file, "text/plain"))
