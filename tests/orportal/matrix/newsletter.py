"""Newsletters: a draft (the member's, waiting for approval), a scheduled and a sent issue.

The signed links are the employee's: they are proof enough by themselves, whoever holds them.
"""

from datetime import timedelta

from django.core import signing
from django.utils import timezone

from newsletter import actions, mailing
from newsletter.links import Counted
from newsletter.models import Block, Issue, Recurrence, Subscription, Usefulness
from newsletter.subscribing import SALT
from outbox.tokens import recipient_token
from tests.orportal.matrix.table import Cast, Things

TABLE = """
# url                     thing      method visitor employee member chair secretary director administrator left
newsletter:index          -          GET    in      200      200    200   200       404      404           in
newsletter:start          -          GET    in      403      200    200   200       404      404           in
newsletter:start          -          POST   in      403      302    302   302       404      404           in
newsletter:repeats        -          GET    in      403      200    200   200       404      404           in
newsletter:new_repeat     -          GET    in      403      200    200   200       404      404           in
newsletter:new_repeat     -          POST   in      403      200    200   200       404      404           in
newsletter:repeat         series     GET    in      404      200    200   200       404      404           in
newsletter:repeat         series     POST   in      404      200    200   200       404      404           in
newsletter:pause_repeat   series     POST   in      404      302    302   302       404      404           in
newsletter:take_up_repeat series     POST   in      404      302    302   302       404      404           in
newsletter:stop_repeat    series     POST   in      404      302    302   302       404      404           in
newsletter:unreachable    -          GET    in      403      403    200   200       404      404           in
newsletter:try_again      -          POST   in      403      403    302   302       404      404           in
newsletter:issue          draft      GET    in      404      302    302   302       404      404           in
newsletter:issue          sent       GET    in      200      200    200   200       404      404           in
newsletter:image          image      GET    404     404      404    404   404       404      404           404
newsletter:follow         link       GET    302     302      302    302   302       302      302           302
newsletter:follow_in_group in_group  GET    302     302      302    302   302       302      302           302
newsletter:useful         answered   GET    200     200      200    200   200       200      200           200
newsletter:useful         answered   POST   302     302      302    302   302       302      302           302
newsletter:useful         mangled    GET    404     404      404    404   404       404      404           404
newsletter:useful         mangled    POST   404     404      404    404   404       404      404           404
newsletter:follow         no_link    GET    404     404      404    404   404       404      404           404
newsletter:mine           -          GET    in      200      200    200   200       404      404           in
newsletter:mine           -          POST   in      302      302    302   302       404      404           in
newsletter:confirm        proof      GET    200     200      200    200   200       200      200           200
newsletter:confirm        proof      POST   302     302      302    302   302       302      302           302
newsletter:confirm        forged     GET    404     404      404    404   404       404      404           404
newsletter:confirm        forged     POST   404     404      404    404   404       404      404           404
newsletter:unsubscribe    token      GET    200     200      200    200   200       200      200           200
newsletter:unsubscribe    token      POST   302     302      302    302   302       302      302           302
newsletter:unsubscribe    forged     GET    404     404      404    404   404       404      404           404
newsletter:unsubscribe    forged     POST   404     404      404    404   404       404      404           404
newsletter:preferences    token      GET    200     200      200    200   200       200      200           200
newsletter:preferences    token      POST   302     302      302    302   302       302      302           302
newsletter:preferences    forged     GET    404     404      404    404   404       404      404           404
newsletter:compose        draft      GET    in      404      200    200   200       404      404           in
newsletter:compose        scheduled  GET    in      404      302    302   302       404      404           in
newsletter:compose        sent       GET    in      403      302    302   302       404      404           in
newsletter:settings       draft      GET    in      404      200    200   200       404      404           in
newsletter:settings       draft      POST   in      404      302    302   302       404      404           in
newsletter:settings       sent       GET    in      403      403    403   403       404      404           in
newsletter:delete         draft      POST   in      404      302    302   302       404      404           in
newsletter:delete         scheduled  POST   in      404      403    403   403       404      404           in
newsletter:delete         sent       POST   in      403      403    403   403       404      404           in
newsletter:add_block      new_text   GET    in      404      200    200   200       404      404           in
newsletter:add_block      new_post   GET    in      404      200    200   200       404      404           in
newsletter:add_block      new_none   GET    in      404      404    404   404       404      404           in
newsletter:edit_block     block      GET    in      404      200    200   200       404      404           in
newsletter:edit_block     block      POST   in      404      302    302   302       404      404           in
newsletter:edit_block     late_block GET    in      404      403    403   403       404      404           in
newsletter:move_up        block      POST   in      404      302    302   302       404      404           in
newsletter:move_down      block      POST   in      404      302    302   302       404      404           in
newsletter:place_block    block      POST   in      404      302    302   302       404      404           in
newsletter:place_block    late_block POST   in      404      403    403   403       404      404           in
newsletter:remove_block   block      POST   in      404      302    302   302       404      404           in
newsletter:remove_block   late_block POST   in      404      403    403   403       404      404           in
newsletter:approve        asked      POST   in      404      403    302   302       404      404           in
newsletter:approve        draft      POST   in      404      403    403   403       404      404           in
newsletter:preview        draft      GET    in      404      200    200   200       404      404           in
newsletter:preview        sent       GET    in      403      200    200   200       404      404           in
newsletter:preview_html   draft      GET    in      404      200    200   200       404      404           in
newsletter:paper          draft      GET    in      404      403    403   403       404      404           in
newsletter:paper          scheduled  GET    in      404      200    200   200       404      404           in
newsletter:paper          sent       GET    in      403      200    200   200       404      404           in
newsletter:paper_file     poster     GET    in      403      200    200   200       404      404           in
newsletter:paper_file     no_paper   GET    in      403      404    404   404       404      404           in
newsletter:trial          draft      POST   in      404      302    302   302       404      404           in
newsletter:trial          sent       POST   in      403      403    403   403       404      404           in
newsletter:send           draft      GET    in      404      403    200   200       404      404           in
newsletter:send           draft      POST   in      404      403    302   302       404      404           in
newsletter:send           asked      POST   in      404      403    400   400       404      404           in
newsletter:send           sent       POST   in      403      403    403   403       404      404           in
newsletter:call_back      scheduled  POST   in      404      403    302   302       404      404           in
newsletter:call_back      sent       POST   in      403      403    403   403       404      404           in
newsletter:progress       draft      GET    in      404      302    302   302       404      404           in
newsletter:progress       scheduled  GET    in      404      200    200   200       404      404           in
newsletter:progress       sent       GET    in      403      200    200   200       404      404           in
newsletter:pause          sent       POST   in      403      403    302   302       404      404           in
newsletter:pause          scheduled  POST   in      404      403    404   404       404      404           in
newsletter:resume         sent       POST   in      403      403    302   302       404      404           in
newsletter:cancel         sent       POST   in      403      403    302   302       404      404           in
newsletter:again          sent       POST   in      403      403    302   302       404      404           in
newsletter:rest           sent       POST   in      403      403    403   403       404      404           in
newsletter:rest           stopped    POST   in      403      403    302   302       404      404           in
newsletter:recipients     sent       GET    in      403      403    200   200       404      404           in
newsletter:recipients     draft      GET    in      404      403    404   404       404      404           in
newsletter:states_csv     sent       GET    in      403      403    200   200       404      404           in
"""

DATA = {
    "newsletter:start": {"subject": "Nieuws"},
    "newsletter:settings": {"subject": "Nieuws", "role": "everyone"},
    "newsletter:edit_block": {"text": "Goed nieuws"},
    "newsletter:mine": {"wants": "yes", "address": ""},
    "newsletter:send": {"moment": "now"},
}


def things(cast: Cast) -> Things:
    """Issues in each state, their blocks, and links as mails hold them."""
    draft, asked, scheduled, sent, stopped = (_issue(cast) for _one in range(5))
    Issue.objects.filter(pk=asked.pk).update(needs_approval=True)
    actions.send_issue(cast.chair, scheduled, timezone.now() + timedelta(days=1))
    actions.send_issue(cast.chair, sent)
    mailing.hand_over(sent)
    actions.send_issue(cast.chair, stopped)
    mailing.hand_over(stopped)
    Issue.objects.filter(pk=stopped.pk).update(stopped_at=timezone.now())
    Counted(sent)("https://voorbeeld.example/")
    Usefulness.objects.get_or_create(issue=sent)
    token = recipient_token(cast.employee.key.hex)
    Subscription.objects.create(person=cast.employee, asked_address="thuis@voorbeeld.example")
    proof = signing.dumps([cast.employee.key.hex, "thuis@voorbeeld.example"], salt=SALT)
    series = Recurrence.objects.create(subject="Nieuws van {maand}", made_by=cast.member)
    return {
        "series": {"key": series.key},
        "draft": {"key": draft.key},
        "asked": {"key": asked.key},
        "scheduled": {"key": scheduled.key},
        "sent": {"key": sent.key},
        "stopped": {"key": stopped.key},
        "new_text": {"key": draft.key, "kind": "text"},
        "new_post": {"key": draft.key, "kind": "post"},
        "new_none": {"key": draft.key, "kind": "geen"},
        "block": {"key": draft.key, "block_key": draft.blocks.get().key},
        "late_block": {"key": scheduled.key, "block_key": scheduled.blocks.get().key},
        "image": {"key": draft.blocks.get().key},
        "link": {"code": sent.links.get().code},
        "poster": {"key": sent.key, "form": "poster", "language": "nl"},
        "no_paper": {"key": sent.key, "form": "vlag", "language": "nl"},
        "in_group": {"code": sent.links.get().code, "group": "verpleging"},
        "answered": {"key": sent.key, "token": token},
        "mangled": {"key": sent.key, "token": token[:-1] + ("A" if token[-1] != "A" else "B")},
        "no_link": {"code": "bestaat-niet"},
        "proof": {"token": proof},
        "token": {"token": token},
        "forged": {"token": token[:-1] + ("A" if token[-1] != "A" else "B")},
    }


def _issue(cast: Cast) -> Issue:
    issue = actions.start_issue(cast.member, "Nieuws")
    Block.objects.filter(issue=issue).update(text="Goed nieuws")
    return issue
