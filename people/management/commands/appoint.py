"""Give or end a role from the terminal: the only way to an administrator."""

import argparse
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from people import actions, rules
from people.models import Person, Role
from people.roster.reading import split_name
from people.sign_in.numbers import meant_number


class Command(BaseCommand):
    """``appoint WHO ROLE``: WHO is a staff number or an e-mail address."""

    help = "Give ROLE to WHO (staff number or e-mail address); --end ends it."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("who", metavar="WHO")
        parser.add_argument("role", metavar="ROLE", choices=Role.values)
        parser.add_argument("--end", action="store_true", help="end the role")
        parser.add_argument(
            "--name", default="", help="record WHO by this name where the address is unknown"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        role = Role(options["role"])
        person = self._person(options["who"], options["name"])
        if options["end"]:
            if not actions.end_role(person, role, None):
                raise CommandError(_("%(who)s does not hold this role.") % {"who": person})
            self.stdout.write(_("%(who)s: no longer %(role)s.") % self._told(person, role))
            return
        if role not in person.roles and not rules.may_hold(person, role):
            raise CommandError(
                _(
                    "This role does not fit %(who)s: members and chair come from the staff list,"
                    " and a director does not sit on the council."
                )
                % {"who": person}
            )
        actions.appoint(person, role, None)
        self.stdout.write(_("%(who)s: %(role)s.") % self._told(person, role))

    def _told(self, person: Person, role: Role) -> dict[str, str]:
        return {"who": str(person), "role": str(role.label)}

    def _person(self, who: str, name: str) -> Person:
        people = Person.objects.employed()
        if "@" not in who:
            found = people.filter(staff_number=meant_number(who)).first()
            if found is None:
                raise CommandError(_("No staff number %s on the roster.") % who)
            return found
        found = people.filter(email__iexact=who).first()
        if found is not None:
            return found
        if not name:
            raise CommandError(
                _("No address %s on record. Is it somebody from outside? Add --name.") % who
            )
        try:
            validate_email(who)
        except ValidationError as error:
            raise CommandError(_("%s is no e-mail address.") % who) from error
        given_name, infix, family_name = split_name(name)
        return actions.add_outsider(
            None, given_name=given_name, infix=infix, family_name=family_name, email=who
        )
