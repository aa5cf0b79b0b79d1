"""Advice: evidence and a letter in each of its states; a secret dossier's are for the exempt only.

The member is not exempt from the secrecy; chair and secretary are. The director reads what was
released to the director, staff what was released to them.
"""

from typing import Any

from django.utils import timezone

from advice.actions import deciding, outcome, writing
from advice.actions.evidence import take_finding
from advice.actions.exporting import ask_for_file, make_file
from advice.figures import Draft
from advice.models import Condition, LegalStep, Letter, LetterRelease
from dossiers.actions import impose_secrecy, open_dossier
from dossiers.models import Dossier
from tests.orportal.matrix.table import Cast, Things

TABLE = """
# url                    thing          method visitor employee member chair secretary director administrator left
advice:dashboard         -              GET    in      404      200    200   200       404      404           in
advice:letters           -              GET    in      200      200    200   200       200      404           in
advice:letterhead        -              GET    in      403      403    200   200       403      403           in
advice:month_report      month          GET    in      404      200    200   200       404      404           in
advice:month_report      no_month       GET    in      404      404    404   404       404      404           in
advice:annual_report     report         GET    in      404      200    200   200       404      404           in
advice:annual_report     no_report      GET    in      404      404    404   404       404      404           in
advice:evidence          open           GET    in      404      200    200   200       404      404           in
advice:evidence          secret         GET    in      404      404    200   200       404      404           in
advice:take              open           POST   in      404      302    302   302       404      404           in
advice:take              secret         POST   in      404      404    302   302       404      404           in
advice:observe           open           GET    in      404      200    200   200       404      404           in
advice:board             open           GET    in      404      200    200   200       404      404           in
advice:board             secret         GET    in      404      404    200   200       404      404           in
advice:start             open           GET    in      404      200    200   200       404      404           in
advice:start             secret         POST   in      404      404    302   302       404      404           in
advice:decision          open           GET    in      404      200    200   200       404      404           in
advice:decision          secret         GET    in      404      404    200   200       404      404           in
advice:record            open           GET    in      404      403    200   200       404      404           in
advice:add_step          consent        GET    in      404      403    200   200       404      404           in
advice:add_step          open           GET    in      404      403    403   403       404      404           in
advice:add_step          secret_consent GET    in      404      404    200   200       404      404           in
advice:step              step           GET    in      404      403    200   200       404      404           in
advice:drop_step         step           POST   in      404      403    302   302       404      404           in
advice:add_condition     open           GET    in      404      200    200   200       404      404           in
advice:condition         condition      GET    in      404      200    200   200       404      404           in
advice:finding           finding        GET    in      404      200    200   200       404      404           in
advice:finding           secret_finding GET    in      404      404    200   200       404      404           in
advice:place             finding        POST   in      404      302    302   302       404      404           in
advice:place             secret_finding POST   in      404      404    302   302       404      404           in
advice:letter            draft          GET    in      404      200    200   200       404      404           in
advice:letter            voting         GET    in      404      200    200   200       404      404           in
advice:letter            adopted        GET    in      404      200    200   200       404      404           in
advice:letter            sent           GET    in      404      200    200   200       404      404           in
advice:letter            secret_letter  GET    in      404      404    200   200       404      404           in
advice:facts             draft          GET    in      404      403    200   200       404      404           in
advice:facts             voting         GET    in      404      403    403   403       404      404           in
advice:draft_file        draft_docx     GET    in      404      200    200   200       404      404           in
advice:draft_file        draft_pdf      GET    in      404      200    200   200       404      404           in
advice:draft_file        draft_odt      GET    in      404      200    200   200       404      404           in
advice:draft_file        draft_exe      GET    in      404      404    404   404       404      404           in
advice:draft_file        secret_docx    GET    in      404      404    200   200       404      404           in
advice:ask_file          draft_docx     POST   in      404      302    302   302       404      404           in
advice:ask_file          draft_exe      POST   in      404      404    404   404       404      404           in
advice:ask_file          secret_docx    POST   in      404      404    302   302       404      404           in
advice:export            export         GET    in      404      404    404   200       404      404           in
advice:export            secret_export  GET    in      404      404    200   404       404      404           in
advice:export_file       export         GET    in      404      404    404   200       404      404           in
advice:export_file       secret_export  GET    in      404      404    404   404       404      404           in
advice:cite              cite           GET    in      404      403    200   200       404      404           in
advice:add_section       draft          POST   in      404      403    302   302       404      404           in
advice:section           section        GET    in      404      403    200   200       404      404           in
advice:section           voting_section GET    in      404      403    403   403       404      404           in
advice:versions          section        GET    in      404      200    200   200       404      404           in
advice:move              section        POST   in      404      403    302   302       404      404           in
advice:comment           section        GET    in      404      200    200   200       404      404           in
advice:comment           sent_section   GET    in      404      403    403   403       404      404           in
advice:settle            comment        POST   in      404      403    302   302       404      404           in
advice:put_to_vote       draft          POST   in      404      403    302   302       404      404           in
advice:put_to_vote       adopted        POST   in      404      403    403   403       404      404           in
advice:vote              voting         POST   in      404      302    302   403       404      404           in
advice:vote              draft          POST   in      404      403    403   403       404      404           in
advice:close_vote        voting         POST   in      404      403    302   302       404      404           in
advice:adopt             draft          POST   in      404      403    302   302       404      404           in
advice:take_back         adopted        POST   in      404      403    302   302       404      404           in
advice:release           adopted        GET    in      404      403    200   403       404      404           in
advice:release           draft          GET    in      404      403    403   403       404      404           in
advice:release           draft          POST   in      404      403    403   403       404      404           in
advice:released          to_director    GET    in      404      200    200   200       200      404           in
advice:released          to_staff       GET    in      200      200    200   200       200      404           in
advice:released          secret_sent    GET    in      404      404    200   200       200      404           in
advice:released_file     director_docx  GET    in      404      200    200   200       200      404           in
advice:released_file     staff_pdf      GET    in      200      200    200   200       200      404           in
advice:to_staff          to_director    POST   in      404      403    302   403       403      404           in
advice:to_staff          secret_sent    POST   in      404      404    403   403       403      404           in
advice:tell_staff        to_staff       POST   in      403      302    302   302       403      404           in
advice:tell_staff        to_director    POST   in      404      403    403   403       403      404           in
advice:tell_staff        secret_sent    POST   in      404      404    403   403       403      404           in
"""


def things(cast: Cast) -> Things:
    """A letter in every state, each in a dossier of its own."""
    draft, voting, adopted, sent, shown, hidden = (_letter(cast, name) for name in "abcdef")
    opened, secret = draft.dossier, hidden.dossier
    finding, locked = (take_finding(cast.member, row, _draft()) for row in (opened, secret))
    deciding.put_to_vote(cast.chair, voting, quorum=1)
    deciding.adopt_in_meeting(cast.chair, adopted, day=timezone.localdate())
    to_director, to_staff, secret_sent = (_release(cast, row) for row in (sent, shown, hidden))
    deciding.release_to_staff(cast.chair, to_staff)
    impose_secrecy(
        cast.chair, secret, imposed_by="x", scope="x", until=None, exempt=[cast.secretary]
    )
    secret_letter = writing.start_letter(cast.chair, secret)
    section = draft.sections.all()[0]
    comment = writing.comment(cast.member, section, text="x", suggestion="")
    export = ask_for_file(cast.secretary, draft, "docx")
    make_file(export.pk)
    secret_export = ask_for_file(cast.chair, secret_letter, "pdf")
    condition = outcome.set_condition(cast.chair, Condition(dossier=opened, text="x"))
    consent, locked_consent = (
        open_dossier(cast.chair, kind="art27", title=title) for title in ("g", "h")
    )
    impose_secrecy(
        cast.chair, locked_consent, imposed_by="x", scope="x", until=None, exempt=[cast.secretary]
    )
    step = outcome.record_step(
        cast.chair,
        LegalStep(dossier=consent, what=LegalStep.What.NULLITY, on=timezone.localdate()),
    )
    keys: dict[str, Any] = {
        "consent": consent, "secret_consent": locked_consent,
        "open": opened, "secret": secret, "finding": finding, "secret_finding": locked,
        "draft": draft, "voting": voting, "adopted": adopted, "sent": sent,
        "secret_letter": secret_letter, "to_director": to_director, "to_staff": to_staff,
        "secret_sent": secret_sent, "export": export, "secret_export": secret_export,
    }  # fmt: skip
    return {name: {"key": row.key} for name, row in keys.items()} | {
        "step": {"key": consent.key, "step_key": step.key},
        "condition": {"key": opened.key, "condition_key": condition.key},
        "month": {"suffix": "docx"},
        "no_month": {"suffix": "exe"},
        "report": {"year": timezone.localdate().year, "suffix": "docx"},
        "no_report": {"year": 1999, "suffix": "docx"},
        "draft_docx": {"key": draft.key, "suffix": "docx"},
        "draft_pdf": {"key": draft.key, "suffix": "pdf"},
        "draft_odt": {"key": draft.key, "suffix": "odt"},
        "draft_exe": {"key": draft.key, "suffix": "exe"},
        "secret_docx": {"key": secret_letter.key, "suffix": "docx"},
        "cite": {"key": draft.key, "finding_key": finding.key},
        "section": {"key": draft.key, "section_key": section.key},
        "voting_section": {"key": voting.key, "section_key": voting.sections.all()[0].key},
        "sent_section": {"key": sent.key, "section_key": sent.sections.all()[0].key},
        "comment": {"key": draft.key, "comment_key": comment.key},
        "director_docx": {"key": to_director.key, "suffix": "docx"},
        "staff_pdf": {"key": to_staff.key, "suffix": "pdf"},
    }


def _draft() -> Draft:
    return Draft(source="own", ref="", label="Ronde", statement="Roosters geven onrust.")


def _letter(cast: Cast, title: str) -> Letter:
    dossier: Dossier = open_dossier(cast.chair, kind="free", title=title)
    return writing.start_letter(cast.chair, dossier)


def _release(cast: Cast, letter: Letter) -> LetterRelease:
    deciding.adopt_in_meeting(cast.chair, letter, day=timezone.localdate())
    return deciding.release_letter(cast.chair, letter)
