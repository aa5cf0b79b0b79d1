"""The portal's own pages, sign-in, and the framework's admin site.

The admin site shows configuration, to the administrator only; nobody signs in through it.
"""

from newsletter import actions, mailing
from newsletter.models import Block
from tests.orportal.matrix.table import Cast, Things

TABLE = """
# url                       thing     method visitor employee member chair secretary director administrator left
start                       -         GET    in      200      200    200   200       200      200           in
trust                       -         GET    200     200      200    200   200       200      200           200
house_rules                 -         GET    200     200      200    200   200       200      200           200
theme                       -         POST   302     302      302    302   302       302      302           302
search                      -         GET    in      200      200      200    200   200       403           in
founding                    -         GET    404     404      404    404   404       404      404           404
style_guide                 -         GET    404     404      404    404   404       404      404           404
vote                        -         GET    302     302      302    302   302       302      302           302
set_language                -         POST   302     302      302    302   302       302      302           302

account_login               -         GET    200     302      302    302   302       302      302           200
account_login               -         POST   200     302      302    302   302       302      302           200
account_logout              -         GET    in      200      200    200   200       200      200           in
account_logout              -         POST   in      in       in     in    in        in       in            in
account_inactive            -         GET    200     200      200    200   200       200      200           200
account_reauthenticate      -         GET    in      403      403    403   403       403      403           in
account_change_password     -         GET    in      302      302    302   302       302      302           in
account_set_password        -         GET    in      200      200    200   200       200      200           in
account_reset_password      -         GET    200     200      200    200   200       200      200           200
account_reset_password_done -         GET    200     200      200    200   200       200      200           200
account_reset_password_from_key bad_reset GET 200    200      200    200   200       200      200           200
account_reset_password_from_key_done - GET   200     200      200    200   200       200      200           200
account_request_login_code  -         GET    200     302      302    302   302       302      302           200
account_request_login_code  -         POST   200     302      302    302   302       302      302           200
account_confirm_login_code  -         GET    302     302      302    302   302       302      302           302
account_signup              -         GET    200     302      302    302   302       302      302           200
activation:enter            -         GET    200     200      200    200   200       200      200           200
activation:enter            -         POST   200     200      200    200   200       200      200           200
activation:choose           -         GET    302     302      302    302   302       302      302           302
on_paper:issue              sent      GET    in      302      302    302   302       404      404           in
on_paper:issue              draft     GET    in      404      302    302   302       404      404           in
on_paper:issue              no_issue  GET    in      404      404    404   404       404      404           in
on_paper:block              part      GET    in      302      302    302   302       404      404           in
on_paper:block              no_part   GET    in      404      404    404   404       404      404           in
mfa_index                   -         GET    in      200      200    200   200       200      200           in
mfa_authenticate            -         GET    in      302      302    302   302       302      302           in
mfa_reauthenticate          -         GET    in      403      403    403   403       403      403           in
mfa_activate_totp           -         GET    in      200      200    200   200       200      200           in
mfa_deactivate_totp         -         GET    in      404      404    404   404       404      404           in
mfa_view_recovery_codes     -         GET    in      404      404    404   404       404      404           in
mfa_generate_recovery_codes -         GET    in      200      200    200   200       200      200           in
mfa_download_recovery_codes -         GET    in      404      404    404   404       404      404           in
mfa_list_webauthn           -         GET    in      200      200    200   200       200      200           in
mfa_add_webauthn            -         GET    in      200      200    200   200       200      200           in
mfa_edit_webauthn           no_key    GET    in      404      404    404   404       404      404           in
mfa_remove_webauthn         no_key    GET    in      404      404    404   404       404      404           in
mfa_reauthenticate_webauthn -         GET    in      403      403    403   403       403      403           in
mfa_login_webauthn          -         GET    in      302      302    302   302       302      302           in

admin:index                 -         GET    in      403      403    403   403       403      200           in
admin:login                 -         GET    in      403      403    403   403       403      200           in
admin:logout                -         POST   in      403      403    403   403       403      in            in
admin:password_change       -         GET    in      403      403    403   403       403      200           in
admin:password_change_done  -         GET    in      403      403    403   403       403      200           in
admin:autocomplete          -         GET    in      403      403    403   403       403      403           in
admin:jsi18n                -         GET    in      403      403    403   403       403      200           in
admin:view_on_site          nothing   GET    in      403      403    403   403       403      404           in
admin:app_list              outbox    GET    in      403      403    403   403       403      200           in
admin:*_*_changelist          -         GET    in      403      403    403   403       403      200           in
admin:*_*_add                 -         GET    in      403      403    403   403       403      200           in
admin:*_*_history             no_row    GET    in      403      403    403   403       403      302           in
admin:*_*_delete              no_row    GET    in      403      403    403   403       403      302           in
admin:*_*_change              no_row    GET    in      403      403    403   403       403      302           in
"""


def things(cast: Cast) -> Things:
    """Keys that fit no lock, and the numbers of newsletters as paper has them."""
    sent, draft = (actions.start_issue(cast.member, "Nieuws") for _one in range(2))
    Block.objects.filter(issue=sent).update(text="Goed nieuws")
    actions.send_issue(cast.chair, sent)
    mailing.hand_over(sent)
    return {
        "sent": {"number": sent.pk},
        "draft": {"number": draft.pk},
        "no_issue": {"number": 10**30},
        "part": {"number": sent.pk, "position": 1},
        "no_part": {"number": sent.pk, "position": 99},
        "bad_reset": {"uidb36": "1", "key": "x-y"},
        "no_key": {"pk": 1},
        "nothing": {"content_type_id": 1, "object_id": 1},
        "outbox": {"app_label": "outbox"},
        "no_row": {"object_id": "0"},
    }
