"""Activation codes on paper: made, withdrawn, used."""

import datetime as dt
from collections.abc import Sequence

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import salted_hmac

from people.codes import MistypedCode, new_code, read_code
from people.letters.printing import CodeLetter
from people.log import log_act
from people.models import ActivationCode, Person

LENGTH = 12
"""Eleven random signs of five bits, and one that checks them: 55 bits."""
PURPOSE = "people.activation"
VALID_FOR = dt.timedelta(days=60)
KEPT_AFTER_END = dt.timedelta(days=30)


@transaction.atomic
def make_codes(
    people: Sequence[Person], by: Person, about: models.Model | None = None
) -> list[CodeLetter]:
    """A fresh code for each of ``people``; codes they had stop working.

    The codes themselves leave with the return value: only their hashes are kept. ``about`` is what
    the log names: a unit, or the one person.
    """
    today = timezone.localdate()
    ActivationCode.objects.filter(person__in=people, used_on=None, revoked_on=None).update(
        revoked_on=today
    )
    letters = [CodeLetter(person, new_code(LENGTH)) for person in people]
    ActivationCode.objects.bulk_create(
        ActivationCode(
            person=letter.person,
            code_hash=_kept_of(letter.code, settings.SECRET_KEY),
            made_on=today,
            expires_on=today + VALID_FOR,
        )
        for letter in letters
    )
    log_act(by, "people.print_codes", about)
    return letters


@transaction.atomic
def revoke_codes(person: Person, by: Person) -> bool:
    """Withdraw the code that ``person`` has and did not use; whether there was one."""
    open_codes = ActivationCode.objects.filter(person=person, used_on=None, revoked_on=None)
    if not open_codes.update(revoked_on=timezone.localdate()):
        return False
    log_act(by, "people.revoke_code", person)
    return True


def find_code(typed: str) -> ActivationCode | None:
    """The usable code that was meant by ``typed``; raises ``MistypedCode`` where it is no code."""
    code = read_code(typed, LENGTH)
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return (
        ActivationCode.objects.usable()
        .select_related("person")
        .filter(code_hash__in=[_kept_of(code, key) for key in keys])
        .first()
    )


@transaction.atomic
def use_code(code: ActivationCode, password: str) -> Person | None:
    """Spend ``code`` and set its person's password; None where somebody spent it just before."""
    spent = ActivationCode.objects.usable().filter(pk=code.pk)
    if not spent.update(used_on=timezone.localdate()):
        return None
    person = code.person
    person.set_password(password)
    person.save(update_fields=["password"])
    log_act(person, "people.use_code", person)
    return person


def _kept_of(code: str, secret: str) -> str:
    """What is stored of a code: 55 bits can be tried on a dump, but not without the key."""
    return salted_hmac(PURPOSE, code, secret=secret, algorithm="sha256").hexdigest()


def forget_closed_codes() -> int:
    """Delete codes that nobody can use any more, a month after they ended."""
    before = timezone.localdate() - KEPT_AFTER_END
    ended = Q(used_on__lt=before) | Q(revoked_on__lt=before) | Q(expires_on__lt=before)
    count, _each = ActivationCode.objects.filter(ended).delete()
    return count


__all__ = [
    "LENGTH",
    "MistypedCode",
    "find_code",
    "forget_closed_codes",
    "make_codes",
    "revoke_codes",
    "use_code",
]
