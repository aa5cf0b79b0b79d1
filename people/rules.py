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


def may_get_letter(person: Person) -> bool:
    """May be sent a code on paper: is on the staff list and has no address to mail a code to."""
    return person.is_active and bool(person.staff_number) and not person.email


def may_appoint(person: Person) -> bool:
    """May give and end roles: the chair and the official secretary."""
    return is_chair(person) or is_secretary(person)


def may_appoint_to(person: Person, other: Person, role: Role) -> bool:
    """May give ``role`` to ``other``: never to oneself, and the administrator's never in a page.

    Whoever gives themselves a role, or administers and could be given one by a friend in IT, would
    read what nobody let them read.
    """
    return (
        may_appoint(person)
        and person.pk != other.pk
        and role != Role.ADMINISTRATOR
        and may_hold(other, role)
    )


def may_hold(person: Person, role: Role) -> bool:
    """Fits ``role``: members and chair come from the staff, and no director sits on the council."""
    if not person.is_active or role in person.roles:
        return False
    if role == Role.DIRECTOR:
        return not (COUNCIL_ROLES & person.roles)
    if role in COUNCIL_ROLES and Role.DIRECTOR in person.roles:
        return False
    return bool(person.staff_number) or role not in {Role.MEMBER, Role.CHAIR}


def may_look_up_people(person: Person) -> bool:
    """May see everyone on record: who keeps the roster or gives roles."""
    return may_manage_roster(person) or may_appoint(person)


def may_see_roles(person: Person) -> bool:
    """May see who holds which role: everyone who may read the portal, and the administrator."""
    return may_read_portal(person) or is_administrator(person) or is_director(person)


def may_use_selections(person: Person) -> bool:
    """May keep and use saved selections of colleagues: the council, which asks and writes."""
    return is_council(person)


def may_read_log(person: Person) -> bool:
    """May read the log of acts: the council and the administrator; it holds no content."""
    return is_council(person) or is_administrator(person)


def may_remove(person: Person, other: Person) -> bool:
    """May end the access of ``other``, who is on no staff list: not oneself, nor administrators."""
    return (
        may_appoint(person)
        and person.pk != other.pk
        and not other.staff_number
        and Role.ADMINISTRATOR not in other.roles
    )
