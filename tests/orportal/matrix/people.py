"""People: the staff list is the secretary's, roles the chair's and the secretary's, selections
the council's."""

from django.utils import timezone

from people import actions
from people.models import Person, Selection
from people.roster.reading import read_roster
from tests.cast import make_person
from tests.orportal.matrix.table import Cast, Things

TABLE = """
# url                       thing     method visitor employee member chair secretary director administrator left
people:people               -         GET    in      403      403    200   200       403      403           in
people:person               omar      GET    in      403      403    200   200       403      403           in
people:print_code           omar      POST   in      403      403    403   200       403      403           in
people:print_code           member    POST   in      403      403    403   403       403      403           in
people:revoke_code          omar      POST   in      403      403    403   302       403      403           in
people:appoint              omar      POST   in      403      403    302   302       403      403           in
people:end_role             member    POST   in      403      403    302   302       403      403           in
people:remove_person        outsider  POST   in      403      403    302   302       403      403           in
people:remove_person        omar      POST   in      403      403    403   403       403      403           in
people:add_person           -         GET    in      403      403    200   200       403      403           in
people:add_person           -         POST   in      403      403    200   200       403      403           in
people:roles                -         GET    in      200      200    200   200       200      200           in
people:selections           -         GET    in      403      200    200   200       403      403           in
people:new_selection        -         GET    in      403      200    200   200       403      403           in
people:new_selection        -         POST   in      403      302    302   302       403      403           in
people:selection            selection GET    in      403      200    200   200       403      403           in
people:selection            selection POST   in      403      302    302   302       403      403           in
people:delete_selection     selection POST   in      403      302    302   302       403      403           in
people:log                  -         GET    in      403      200    200   200       403      200           in
people:print_codes          -         POST   in      403      403    403   302       403      403           in
people:roster               -         GET    in      403      403    403   200       403      403           in
people:roster               -         POST   in      403      403    403   200       403      403           in
people:roster_preview       upload    GET    in      403      403    403   200       403      403           in
people:roster_import        upload    POST   in      403      403    403   409       403      403           in
people:roster_discard       upload    POST   in      403      403    403   302       403      403           in
people:roster_plan          upload    GET    in      403      403    403   200       403      403           in
people:me                   -         GET    in      200      200    200   200       200      200           in
people:me                   -         POST   in      200      200    200   200       200      200           in
people:export               -         POST   in      200      200    200   200       200      200           in
people:address              -         GET    in      200      200    200   200       200      200           in
people:address              -         POST   in      200      200    200   200       200      200           in
people:confirm_address      -         GET    in      302      302    302   302       302      302           in
people:drop_address         -         POST   in      302      302    302   302       302      302           in
people:sign_out_everywhere  -         POST   in      in       in     in    in        in       in            in
"""

DATA = {
    "people:appoint": {"role": "member"},
    "people:end_role": {"role": "member"},
    "people:new_selection": {"name": "Leden", "roles": ["member"]},
    "people:selection": {"name": "Leden", "roles": ["member"]},
}


def things(cast: Cast) -> Things:
    """A staff list waiting to be imported, somebody without mail, and somebody from outside."""
    reading = read_roster(b"personeelsnummer;achternaam\n9001;Visser\n", timezone.localdate())
    omar = make_person("Omar", "Haddad", staff_number="000202", email="", unit="Facilitair")
    outsider: Person = make_person("Ria", "Blok", staff_number="", email="ria@buiten.example")
    selection = Selection(name="Avond", shifts=["avond"])
    actions.save_selection(cast.member, selection, units=(), sites=())
    return {
        "selection": {"key": selection.key},
        "upload": {"key": actions.keep_upload(reading, "lijst.csv", cast.secretary).key},
        "omar": {"key": omar.key},
        "member": {"key": cast.member.key},
        "outsider": {"key": outsider.key},
    }
