"""People: the staff list is the secretary's."""

from django.utils import timezone

from people import actions
from people.roster.reading import read_roster
from tests.orportal.matrix.table import Cast, Things

TABLE = """
# url                       thing     method visitor employee member chair secretary director administrator left
people:people               -         GET    in      403      403    403   200       403      403           in
people:roster               -         GET    in      403      403    403   200       403      403           in
people:roster               -         POST   in      403      403    403   200       403      403           in
people:roster_preview       upload    GET    in      403      403    403   200       403      403           in
people:roster_import        upload    POST   in      403      403    403   400       403      403           in
people:roster_discard       upload    POST   in      403      403    403   302       403      403           in
people:roster_plan          upload    GET    in      403      403    403   200       403      403           in
"""


def things(cast: Cast) -> Things:
    """A staff list waiting to be imported."""
    reading = read_roster(b"personeelsnummer;achternaam\n9001;Visser\n", timezone.localdate())
    return {"upload": {"key": actions.keep_upload(reading, "lijst.csv", cast.secretary).key}}
