"""Asking: a draft, one that runs, one that was counted and released, one under secrecy.

Everyone on the staff list is asked in the running one; the secretary is not on it.
"""

from dossiers import actions as dossiers
from dossiers.models import Dossier
from polls.actions.releasing import release_results
from polls.models import ReleaseAudience
from tests.orportal.matrix.table import Cast, Things
from tests.polls.ballots import close, make_consultation, make_open, make_people, vote

TABLE = """
# url                    thing            method visitor  employee member   chair    secretary director administrator left
polls:index              -                GET    in       200      200      200      200      200      403      in
polls:council_index      -                GET    in       403      200      200      200      403      403      in
polls:choose             -                GET    in       403      200      200      200      403      403      in
polls:new_poll           -                GET    in       403      200      200      200      403      403      in
polls:new_poll           -                POST   in       403      400      400      400      403      403      in
polls:new_open_question  -                GET    in       403      200      200      200      403      403      in
polls:new_open_question  -                POST   in       403      400      400      400      403      403      in
polls:consultation       draft            GET    in       404      302      302      302      404      404      in
polls:consultation       running          GET    in       200      200      200      200      404      404      in
polls:consultation       running          POST   403      200      200      200      403      404      404      403
polls:consultation       closed           GET    in       302      302      302      302      302      404      in
polls:consultation       closed           POST   403      409      409      409      409      409      404      403
polls:consultation       secret           GET    in       404      404      200      404      404      404      in
polls:consultation       secret           POST   403      404      404      200      404      404      404      403
polls:own_answer         draft            GET    404      404      404      404      404      404      404      404
polls:own_answer         running          GET    200      200      200      200      200      200      200      200
polls:own_answer         running          POST   400      400      400      400      400      400      400      400
polls:own_answer         closed           POST   400      400      400      400      400      400      400      400
polls:desk               draft            GET    in       404      200      200      200      404      404      in
polls:desk               running          GET    in       403      200      200      200      404      404      in
polls:desk               closed           GET    in       403      200      200      200      403      404      in
polls:desk               secret           GET    in       404      404      200      404      404      404      in
polls:open               draft            POST   in       404      302      302      302      404      404      in
polls:open               running          POST   in       403      403      403      403      404      404      in
polls:unschedule         draft            POST   in       404      302      302      302      404      404      in
polls:close              running          POST   in       403      302      302      302      404      404      in
polls:close              secret           POST   in       404      404      302      404      404      404      in
polls:extend             running          POST   in       403      400      400      400      404      404      in
polls:results            running          GET    in       200      302      302      302      404      404      in
polls:results            closed           GET    in       200      200      200      200      200      404      in
polls:results            told             GET    in       404      200      200      200      200      404      in
polls:release            closed_for_staff POST   in       403      403      302      302      403      404      in
polls:release            told_for_staff   POST   in       404      403      302      302      403      404      in
"""

DATA = {"polls:consultation": {"go": "send", "q1": "c1"}}


def things(cast: Cast) -> Things:
    """The consultations; ``told`` was released to the director and not to staff."""
    people = make_people(12)
    dossier = Dossier.objects.create(title="x", opened_by=cast.chair)
    draft = make_consultation(cast.member)
    running = make_open(cast.member)
    secret = make_open(cast.chair, dossier=dossier)
    closed, told = make_open(cast.member), make_open(cast.member)
    for person in people:
        vote(closed, person, {"q1": "c1"})
        vote(told, person, {"q1": "c2"})
    told.electors.filter(person=cast.employee).delete()
    release_results(close(closed), ReleaseAudience.STAFF, cast.chair)
    release_results(close(told), ReleaseAudience.DIRECTOR, cast.chair)
    dossiers.impose_secrecy(
        cast.chair, dossier, imposed_by="x", scope="x", until=None, exempt=[cast.chair]
    )
    keys = {"draft": draft, "running": running, "secret": secret, "closed": closed, "told": told}
    made: dict[str, dict[str, object]] = {name: {"key": thing.key} for name, thing in keys.items()}
    for name in ("closed", "told"):
        made[f"{name}_for_staff"] = {**made[name], "audience": "staff"}
    return made
