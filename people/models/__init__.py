"""Who there is: the roster, the roles people hold, codes on paper, and the log of acts."""

from people.models.acts import Act, LogHead
from people.models.codes import ActivationCode
from people.models.roles import COUNCIL_ROLES, Appointment, Role
from people.models.roster import Person, PersonManager, Site, Unit
from people.models.selections import Selection
from people.models.sessions import Session
from people.models.uploads import RosterUpload

__all__ = [
    "COUNCIL_ROLES",
    "Act",
    "ActivationCode",
    "Appointment",
    "LogHead",
    "Person",
    "PersonManager",
    "Role",
    "RosterUpload",
    "Selection",
    "Session",
    "Site",
    "Unit",
]
