"""Listening: messages with a name and without, office hours, notes, and signals at each step."""

from datetime import timedelta

from django.utils import timezone

from dossiers.models import Dossier, Secrecy
from listening import actions
from listening.models import OfficeHour, Signal
from tests.orportal.matrix.table import Cast, Things

TABLE = """
# url                         thing      method visitor employee member chair secretary director administrator left
listening:index               -          GET    in      403      200    200   200       403      403           in
listening:tell                -          GET    in      200      200    200   403       403      403           in
listening:tell                -          POST   in      400      400    400   403       403      403           in
listening:own                 -          GET    in      200      200    200   403       403      403           in
listening:with_code           -          GET    in      200      200    200   403       403      403           in
listening:with_code           -          POST   in      400      400    400   403       403      403           in
listening:message             own        GET    in      200      200    200   200       404      404           in
listening:message             anonymous  GET    in      404      200    200   200       404      404           in
listening:message             secret     GET    in      404      404    200   404       404      404           in
listening:message             anonymous  POST   in      404      400    400   400       404      404           in
listening:take_on             own        POST   in      403      302    302   302       404      404           in
listening:take_on             anonymous  POST   in      404      302    302   302       404      404           in
listening:office_hours        -          GET    in      200      200    200   200       404      404           in
listening:plan_office_hour    -          GET    in      403      200    200   200       403      403           in
listening:plan_office_hour    -          POST   in      403      400    400   400       403      403           in
listening:cancel_office_hour  hour       POST   in      403      302    302   302       404      404           in
listening:notes               -          GET    in      403      200    200   200       403      403           in
listening:note                -          GET    in      403      200    200   200       403      403           in
listening:note                -          POST   in      403      400    400   400       403      403           in
listening:signals             -          GET    in      200      200    200   200       200      404           in
listening:note_signal         -          GET    in      403      200    200   200       403      403           in
listening:note_signal         -          POST   in      403      400    400   400       403      403           in
listening:signal              noted      GET    in      404      200    200   200       404      404           in
listening:signal              passed_on  GET    in      404      200    200   200       200      404           in
listening:signal              answered   GET    in      404      200    200   200       200      404           in
listening:signal              fed_back   GET    in      200      200    200   200       200      404           in
listening:signal              locked     GET    in      404      404    200   404       404      404           in
listening:pass_on             noted      POST   in      404      302    302   302       404      404           in
listening:pass_on             fed_back   POST   in      403      302    302   302       403      404           in
listening:answer_signal       passed_on  POST   in      404      403    403   403       400      404           in
listening:answer_signal       noted      POST   in      404      403    403   403       404      404           in
listening:feed_back           answered   POST   in      404      400    400   400       403      404           in
listening:feed_back           fed_back   POST   in      403      400    400   400       403      404           in
"""


def things(cast: Cast) -> Things:
    """The employee's own message, an anonymous one, one in a secret dossier; signals."""
    secret = Dossier.objects.create(title="x", opened_by=cast.chair)
    Secrecy.objects.create(dossier=secret, imposed_by="x", scope="x").exempt.add(cast.chair)
    own = actions.write_named(cast.employee, "x", "x")
    anonymous, _code = actions.write_anonymously("x", "x")
    locked_message, _code = actions.write_anonymously("x", "x")
    locked_message.dossier = secret
    locked_message.save()
    begins = timezone.now() + timedelta(days=1)
    hour = actions.plan_office_hour(
        OfficeHour(place="x", starts_at=begins, ends_at=begins + timedelta(hours=1)),
        [cast.member],
        cast.member,
    )
    signals = {
        name: actions.note_signal(Signal(title="x", text="x", source="walk_round"), cast.member)
        for name in ("noted", "passed_on", "answered", "fed_back", "locked")
    }
    for name in ("passed_on", "answered", "fed_back", "locked"):
        actions.pass_on(signals[name], cast.chair)
    for name in ("answered", "fed_back"):
        actions.answer_signal(signals[name], cast.director, "x")
    actions.feed_back(signals["fed_back"], cast.chair, "x")
    Signal.objects.filter(pk=signals["locked"].pk).update(dossier=secret)
    return {
        "own": {"key": own.key},
        "anonymous": {"key": anonymous.key},
        "secret": {"key": locked_message.key},
        "hour": {"key": hour.key},
        **{name: {"key": signal.key} for name, signal in signals.items()},
    }
