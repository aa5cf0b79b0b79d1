"""Question hours: a draft, one announced, one over, one with its minutes, one under secrecy."""

from datetime import timedelta

from django.utils import timezone

from dossiers.models import Dossier, Secrecy
from live import actions
from live.models import QuestionHour
from tests.orportal.matrix.table import Cast, Things

TABLE = """
# url                 thing      method visitor employee member chair secretary director administrator left
live:index            -          GET    in      200      200    200   200       404      404           in
live:plan             -          GET    in      403      200    200   200       403      403           in
live:plan             -          POST   in      403      400    400   400       403      403           in
live:question_hour    draft      GET    in      404      200    200   200       404      404           in
live:question_hour    announced  GET    in      200      200    200   200       404      404           in
live:question_hour    over       GET    in      200      200    200   200       404      404           in
live:question_hour    locked     GET    in      404      404    200   404       404      404           in
live:ask              announced  POST   in      400      400    400   403       404      404           in
live:ask              over       POST   in      403      403    403   403       404      404           in
live:ask              draft      POST   in      404      403    403   403       404      404           in
live:board            announced  GET    in      200      200    200   200       404      404           in
live:board            draft      GET    in      404      200    200   200       404      404           in
live:calendar         announced  GET    in      200      200    200   200       404      404           in
live:calendar         locked     GET    in      404      404    200   404       404      404           in
live:change           announced  GET    in      403      200    200   200       404      404           in
live:change           draft      POST   in      404      400    400   400       404      404           in
live:desk             announced  GET    in      403      200    200   200       404      404           in
live:desk             locked     GET    in      404      404    200   404       404      404           in
live:move             announce   POST   in      404      302    302   302       404      404           in
live:publish_minutes  over       POST   in      403      302    302   302       404      404           in
live:support          accepted   POST   in      302      302    302   403       404      404           in
live:support          waiting    POST   in      404      403    403   403       404      404           in
live:accept           waiting    POST   in      404      302    302   302       404      404           in
live:decline          waiting    POST   in      404      400    400   400       404      404           in
live:answer           accepted   POST   in      403      400    400   400       404      404           in
live:hand_over        accepted   POST   in      403      400    400   400       404      404           in
"""


def things(cast: Cast) -> Things:
    """Question hours in every state, and two questions in the announced one."""
    hours = {name: _planned(cast) for name in ("draft", "announced", "over", "locked")}
    for name in ("announced", "over", "locked"):
        actions.announce(hours[name], cast.chair)
    actions.start(hours["over"], cast.chair)
    actions.finish(hours["over"], cast.chair)
    secret = Dossier.objects.create(title="x", opened_by=cast.chair)
    Secrecy.objects.create(dossier=secret, imposed_by="x", scope="x").exempt.add(cast.chair)
    QuestionHour.objects.filter(pk=hours["locked"].pk).update(dossier=secret)
    accepted = actions.ask(hours["announced"], "x", None)
    actions.accept(accepted, cast.chair)
    waiting = actions.ask(hours["announced"], "x", None)
    return {
        **{name: {"key": hour.key} for name, hour in hours.items()},
        "announce": {"key": hours["draft"].key, "step": "aankondigen"},
        "accepted": {"key": accepted.key},
        "waiting": {"key": waiting.key},
    }


def _planned(cast: Cast) -> QuestionHour:
    begins = timezone.now() + timedelta(days=1)
    return actions.plan(
        QuestionHour(title="x", starts_at=begins, ends_at=begins + timedelta(hours=1)), cast.member
    )
