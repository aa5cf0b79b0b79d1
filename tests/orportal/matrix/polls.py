"""Asking: a draft, one that runs, one that was counted and released, one under secrecy.

Everyone on the staff list is asked in the running one; the secretary is not on it.
"""

from dossiers import actions as dossiers
from dossiers.models import Dossier
from people.models import Person
from polls.actions.comparing import compare_with
from polls.actions.opening import open_consultation
from polls.actions.releasing import release_results
from polls.models import Consultation, Mode, OpenAnswer, ReleaseAudience, Statement, Theme
from polls.views.trying import pilot_token
from tests.orportal.matrix.table import Cast, Things
from tests.polls.ballots import (
    close,
    make_consultation,
    make_open,
    make_open_to_read,
    make_people,
    vote,
)
from tests.polls.rounds import make_open_round

TABLE = """
# url                      thing            method visitor  employee member   chair    secretary director administrator left
polls:index                -                GET    in       200      200      200      200      200      403      in
polls:council_index        -                GET    in       403      200      200      200      403      403      in
polls:new                  -                GET    in       403      200      200      200      403      403      in
polls:new_poll             -                GET    in       403      200      200      200      403      403      in
polls:new_poll             -                POST   in       403      400      400      400      403      403      in
polls:new_open_question    -                GET    in       403      200      200      200      403      403      in
polls:new_open_question    -                POST   in       403      400      400      400      403      403      in
polls:consultation         draft            GET    in       404      302      302      302      404      404      in
polls:consultation         running          GET    in       200      200      200      200      404      404      in
polls:consultation         running          POST   403      200      200      200      403      404      404      403
polls:consultation         closed           GET    in       302      302      302      302      302      404      in
polls:consultation         closed           POST   403      409      409      409      409      409      404      403
polls:consultation         secret           GET    in       404      404      200      404      404      404      in
polls:consultation         secret           POST   403      404      404      200      404      404      404      403
polls:own_answer           draft            GET    404      404      404      404      404      404      404      404
polls:own_answer           running          GET    200      200      200      200      200      200      200      200
polls:own_answer           running          POST   400      400      400      400      400      400      400      400
polls:own_answer           closed           POST   400      400      400      400      400      400      400      400
polls:desk                 draft            GET    in       404      200      200      200      404      404      in
polls:desk                 running          GET    in       403      200      200      200      404      404      in
polls:desk                 closed           GET    in       403      200      200      200      403      404      in
polls:desk                 secret           GET    in       404      404      200      404      404      404      in
polls:open                 draft            POST   in       404      302      302      302      404      404      in
polls:open                 running          POST   in       403      403      403      403      404      404      in
polls:unschedule           draft            POST   in       404      302      302      302      404      404      in
polls:close                running          POST   in       403      302      302      302      404      404      in
polls:close                secret           POST   in       404      404      302      404      404      404      in
polls:extend               running          POST   in       403      400      400      400      404      404      in
polls:results              running          GET    in       200      302      302      302      404      404      in
polls:results              closed           GET    in       200      200      200      200      200      404      in
polls:results              told             GET    in       404      200      200      200      200      404      in
polls:trend                closed           GET    in       404      200      200      200      404      404      in
polls:trend                closed           POST   in       403      403      302      302      403      404      in
polls:trend                running          GET    in       404      403      403      403      404      404      in
polls:trend                later            GET    in       200      200      200      200      200      404      in
polls:export               closed_as_csv    GET    in       403      200      200      200      403      404      in
polls:export               running_as_csv   GET    in       403      403      403      403      404      404      in
polls:release              closed_for_staff POST   in       403      403      302      302      403      404      in
polls:release              told_for_staff   POST   in       404      403      302      302      403      404      in
polls:new_survey           -                GET    in       403      200      200      200      403      403      in
polls:new_survey           -                POST   in       403      400      400      400      403      403      in
polls:templates            -                GET    in       403      200      200      200      403      403      in
polls:hints                -                GET    in       403      200      200      200      403      403      in
polls:pilot                no_token         GET    in       404      404      404      404      403      403      in
polls:pilot                token            GET    in       200      200      200      200      403      403      in
polls:image                draft_q1         GET    404      404      404      404      404      404      404      404
polls:settings             draft            GET    in       404      200      200      200      404      404      in
polls:settings             draft            POST   in       404      400      400      400      404      404      in
polls:settings             running          GET    in       403      403      403      403      404      404      in
polls:preview              draft            GET    in       404      200      200      200      404      404      in
polls:preview              running          GET    in       403      200      200      200      404      404      in
polls:pilot_link           draft            GET    in       404      200      200      200      404      404      in
polls:save_template        closed           GET    in       403      200      200      200      403      404      in
polls:save_template        closed           POST   in       403      400      400      400      403      404      in
polls:languages            draft            GET    in       404      200      200      200      404      404      in
polls:languages            closed           GET    in       403      403      403      403      403      404      in
polls:translation          draft_pl         GET    in       404      200      200      200      404      404      in
polls:build                draft            GET    in       404      200      200      200      404      404      in
polls:build                running          GET    in       403      403      403      403      404      404      in
polls:build                secret           GET    in       404      404      403      404      404      404      in
polls:add_section          draft            POST   in       404      302      302      302      404      404      in
polls:edit_section         draft_part       GET    in       404      200      200      200      404      404      in
polls:move_section         draft_part       POST   in       404      302      302      302      404      404      in
polls:remove_section       draft_part       POST   in       404      302      302      302      404      404      in
polls:add_question         draft_part       POST   in       404      302      302      302      404      404      in
polls:edit_question        draft_q1         GET    in       404      200      200      200      404      404      in
polls:edit_question        draft_q1         POST   in       404      400      400      400      404      404      in
polls:edit_question        running_q1       GET    in       403      200      200      200      404      404      in
polls:move_question        draft_q1         POST   in       404      302      302      302      404      404      in
polls:duplicate_question   draft_q1         POST   in       404      302      302      302      404      404      in
polls:remove_question      draft_q1         POST   in       404      302      302      302      404      404      in
polls:remove_question      running_q1       POST   in       403      403      403      403      404      404      in
polls:outcome              closed           GET    in       403      200      200      200      403      404      in
polls:outcome              closed           POST   in       403      400      400      400      403      404      in
polls:outcome              running          GET    in       403      403      403      403      404      404      in
polls:import               -                GET    in       403      200      200      200      403      403      in
polls:import               -                POST   in       403      400      400      400      403      403      in
polls:xlsform              draft            GET    in       404      200      200      200      404      404      in
polls:xlsform              closed           GET    in       403      200      200      200      403      404      in
polls:enter_code           -                GET    200      200      200      200      200      200      200      200
polls:enter_code           -                POST   400      400      400      400      400      400      400      400
polls:kiosk                -                GET    200      200      200      200      200      200      200      200
polls:kiosk                -                POST   400      400      400      400      400      400      400      400
polls:blank_form           draft            GET    in       404      200      200      200      404      404      in
polls:blank_form           running          GET    in       403      200      200      200      404      404      in
polls:paper                running          GET    in       403      403      403      200      404      404      in
polls:paper                closed           GET    in       403      403      403      403      403      404      in
polls:print_paper          running          POST   in       403      403      403      302      404      404      in
polls:reprint_paper        running          POST   in       403      403      403      302      404      404      in
polls:enter_paper          running          GET    in       403      403      403      200      404      404      in
polls:enter_paper          running          POST   in       403      403      403      400      404      404      in
polls:enter_paper          closed           GET    in       403      403      403      403      403      404      in
polls:remind               running          POST   in       403      302      302      302      404      404      in
polls:remind               closed           POST   in       403      403      403      403      403      404      in
polls:named_answers        closed           GET    in       404      404      404      404      404      404      in
polls:named_answers        signup           GET    in       403      200      403      403      404      404      in
polls:named_export         signup_as_csv    GET    in       403      200      403      403      404      404      in
polls:named_export         closed_as_csv    GET    in       404      404      404      404      404      404      in
polls:texts                closed           GET    in       403      200      200      200      403      404      in
polls:texts                running          GET    in       403      403      403      403      404      404      in
polls:themes               closed           GET    in       403      200      200      200      403      404      in
polls:themes               running          GET    in       403      403      403      403      404      404      in
polls:add_theme            closed           POST   in       403      302      302      302      403      404      in
polls:add_theme            running          POST   in       403      403      403      403      404      404      in
polls:assign_themes        closed           POST   in       403      302      302      302      403      404      in
polls:suggest_themes       closed           POST   in       403      302      302      302      403      404      in
polls:change_theme         theme            POST   in       403      302      302      302      403      404      in
polls:judge_theme          suggestion       POST   in       403      302      302      302      403      404      in
polls:colleagues           running          GET    in       404      404      404      404      404      404      in
polls:colleagues           along            GET    in       200      200      200      200      404      404      in
polls:colleagues           along            POST   in       302      302      302      403      404      404      in
polls:review               text             POST   in       403      302      302      302      403      404      in
polls:new_round            -                GET    in       403      200      200      200      403      403      in
polls:new_round            -                POST   in       403      400      400      400      403      403      in
polls:consultation         round            GET    in       200      200      200      200      404      404      in
polls:consultation         round            POST   403      400      400      400      400      404      404      403
polls:consultation         secret_round     GET    in       404      404      200      404      404      404      in
polls:resembling           round            POST   in       200      200      200      200      404      404      in
polls:resembling           secret_round     POST   in       404      404      200      404      404      404      in
polls:resembling           running          POST   in       404      404      404      404      404      404      in
polls:statements           round            GET    in       403      200      200      200      404      404      in
polls:statements           round            POST   in       403      400      400      400      404      404      in
polls:statements           secret_round     GET    in       404      404      200      404      404      404      in
polls:statements           running          GET    in       403      404      404      404      404      404      in
polls:statements           counted_round    GET    in       403      200      200      200      403      404      in
polls:statements           counted_round    POST   in       403      403      403      403      403      404      in
polls:statement            added            POST   in       403      302      302      302      404      404      in
polls:statement            secret_added     POST   in       404      404      302      404      404      404      in
polls:statement            counted_added    POST   in       403      403      403      403      403      404      in
polls:results              counted_round    GET    in       200      200      200      200      200      404      in
polls:own_answer           round            POST   400      400      400      400      400      400      400      400
polls:preview              round            GET    in       403      200      200      200      404      404      in
"""

DATA = {"polls:consultation": {"go": "send", "q1": "c1"}}


def _rounds(cast: Cast, people: list[Person], dossier: Dossier) -> dict[str, dict[str, object]]:
    """Rounds of statements: one that runs, one under secrecy, one that was counted and released;
    and in each a statement that a colleague added."""
    rounds = {
        "": make_open_round(cast.member),
        "secret_": make_open_round(cast.chair, dossier=dossier),
        "counted_": make_open_round(cast.member),
    }
    made: dict[str, dict[str, object]] = {}
    for name, one in rounds.items():
        added = Statement.objects.create(consultation=one, code="s99", number=99, text="Toegevoegd")
        made[f"{name}round"] = {"key": one.key}
        made[f"{name}added"] = {"key": one.key, "statement": added.key}
    for person in people:
        vote(rounds["counted_"], person, {"s1": "agree", "s2": "disagree"})
    release_results(close(rounds["counted_"]), ReleaseAudience.STAFF, cast.chair)
    return made


def _later(cast: Cast, people: list[Person], earlier: Consultation) -> Consultation:
    """Asked again, released, and put beside ``earlier``."""
    later = make_open(cast.member)
    for person in people:
        vote(later, person, {"q1": "c2"})
    release_results(close(later), ReleaseAudience.STAFF, cast.chair)
    compare_with(later, earlier, cast.chair)
    return later


def things(cast: Cast) -> Things:
    """The consultations; ``told`` was released to the director and not to staff."""
    people = make_people(12)
    dossier = Dossier.objects.create(title="x", opened_by=cast.chair)
    draft = make_consultation(cast.member)
    running = make_open(cast.member)
    secret = make_open(cast.chair, dossier=dossier)
    along = make_open_to_read(cast.member)
    signup = make_consultation(cast.member, mode=Mode.NAMED)
    signup.named_readers.add(cast.member)
    open_consultation(signup, cast.member)
    rounds = _rounds(cast, people, dossier)
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
    keys = {
        "draft": draft,
        "running": running,
        "along": along,
        "secret": secret,
        "closed": closed,
        "told": told,
    }
    keys["signup"] = signup
    keys["later"] = _later(cast, people, closed)
    made: dict[str, dict[str, object]] = {name: {"key": thing.key} for name, thing in keys.items()}
    questionnaire = draft.questionnaire
    questionnaire.languages = ["pl"]
    questionnaire.save()
    for name in ("draft", "running"):
        made[f"{name}_q1"] = {**made[name], "code": "q1"}
    made |= rounds
    made["draft_part"] = {**made["draft"], "at": 0}
    made["draft_pl"] = {**made["draft"], "language": "pl"}
    made["token"] = {"token": pilot_token(draft)}
    made["no_token"] = {"token": "a:b:c"}
    for name in ("closed", "running", "signup"):
        made[f"{name}_as_csv"] = {**made[name], "form": "csv"}
    answer = OpenAnswer.objects.create(consultation=closed, question="q1.other", text="Anders")
    made["text"] = {**made["closed"], "answer": answer.key}
    for name in ("theme", "suggestion"):
        theme = Theme.objects.create(
            consultation=closed, question="q1.other", name=name, is_suggested=name == "suggestion"
        )
        made[name] = {**made["closed"], "theme": theme.key}
    for name in ("closed", "told"):
        made[f"{name}_for_staff"] = {**made[name], "audience": "staff"}
    return made
