"""Who a person is, one named predicate a sentence. Every app's rules are built from these."""

from people.models import COUNCIL_ROLES, Person, Role


def is_constituent(person: Person) -> bool:
    """Belongs to the achterban: is on the roster and is not the director."""
    return person.is_active and bool(person.staff_number) and Role.DIRECTOR not in person.roles


def is_council(person: Person) -> bool:
    """Sits on the council or works for it: member, chair or official secretary."""
    return person.is_active and bool(COUNCIL_ROLES & person.roles)


def is_chair(person: Person) -> bool:
    """Chairs the council."""
    return person.is_active and Role.CHAIR in person.roles


def is_secretary(person: Person) -> bool:
    """Is the council's official secretary."""
    return person.is_active and Role.SECRETARY in person.roles


def is_director(person: Person) -> bool:
    """Is the director under the law (bestuurder)."""
    return person.is_active and Role.DIRECTOR in person.roles


def is_administrator(person: Person) -> bool:
    """Runs the portal's machinery; reads no answers, no groups and no dossiers by this role."""
    return person.is_active and Role.ADMINISTRATOR in person.roles


def may_read_portal(person: Person) -> bool:
    """May read what the council tells everyone: the achterban and the council itself."""
    return is_constituent(person) or is_council(person)


def may_manage_roster(person: Person) -> bool:
    """May import the staff list and print activation codes: the secretary."""
    return is_secretary(person)


def may_read_log(person: Person) -> bool:
    """May read the log of acts: the council and the administrator; it holds no content."""
    return is_council(person) or is_administrator(person)
