"""Every address, for every role, in every state: the answer that the tables declare."""

import importlib.util
from collections.abc import Iterator
from functools import cache
from http.cookies import SimpleCookie
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from orportal.catalogues import APPS
from people.models import Person
from tests.cast import SignIn
from tests.orportal.matrix.table import ROLES, SIGN_IN, Cast, Row, Table, Things, read_table

UNNAMED = "-"


@cache
def table(app: str) -> Table:
    """The table of ``app``, or an empty one where none is written yet."""
    name = f"tests.orportal.matrix.{app}"
    if importlib.util.find_spec(name) is None:
        return Table(app, (), lambda _cast: {}, {})
    return read_table(importlib.import_module(name))


def addresses(patterns: list[URLPattern | URLResolver], prefix: str = "") -> Iterator[str]:
    """The full names of all addresses below ``patterns``; an unnamed one ends in ``-``."""
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield f"{prefix}{pattern.name or UNNAMED}"
        else:
            inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from addresses(pattern.url_patterns, inner)


def owner(name: str) -> str:
    """Whose table the address ``name`` belongs in."""
    namespace = name.split(":")[0] if ":" in name else ""
    return namespace if namespace in APPS else "orportal"


def names_of(app: str) -> set[str]:
    """The addresses of ``app``; the admin's unnamed ones only redirect to its named ones."""
    found = {name for name in addresses(get_resolver().url_patterns) if owner(name) == app}
    return found - {f"admin:{UNNAMED}"}


@pytest.mark.parametrize("app", APPS)
def test_every_address_is_in_a_table(app: str) -> None:
    listed = table(app).rows
    missing = {name for name in names_of(app) if not any(row.covers(name) for row in listed)}
    assert not missing, f"add to tests/orportal/matrix/{app}.py: {sorted(missing)}"


@pytest.mark.parametrize("app", APPS)
def test_no_table_speaks_of_an_address_that_is_gone(app: str) -> None:
    gone = {row.url for row in table(app).rows if not any(map(row.covers, names_of(app)))}
    assert gone == set()


def answer(client: Client, row: Row, path: str, data: dict[str, Any]) -> str:
    """What ``client`` gets, as a cell has it; what the request writes is undone."""
    with transaction.atomic():
        send = client.post if row.method == "POST" else client.get
        response = send(path, data)
        if response.streaming:
            response.getvalue()  # to its end, so that a file is closed
        transaction.set_rollback(True)
    goes_to = response.get("Location", "").split("?")[0]
    sent_to_sign_in = response.status_code == 302 and goes_to == reverse(settings.LOGIN_URL)
    return SIGN_IN if sent_to_sign_in else str(response.status_code)


def paths(row: Row, things: Things) -> Iterator[tuple[str, str]]:
    """The addresses that a line speaks of: name and path."""
    arguments = {} if row.thing == "-" else things[row.thing]
    owned = names_of(owner(row.url)) if "*" in row.url else {row.url}
    for name in sorted(filter(row.covers, owned)):
        yield name, reverse(name, kwargs=dict(arguments))


@pytest.mark.long
@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("app", APPS)
def test_each_role_gets_what_the_table_says(
    app: str, role: str, matrix_cast: Cast, sign_in: SignIn
) -> None:
    things = table(app).things(matrix_cast)
    person = matrix_cast.playing(role)
    session = sign_in(person).cookies if person else SimpleCookie()
    wrong = []
    for row in table(app).rows:
        for name, path in paths(row, things):
            client = Client(raise_request_exception=False)
            client.cookies.load(session.output(header="", sep=";"))
            got = answer(client, row, path, dict(table(app).data.get(name, {})))
            if got != row.answers[role]:
                wrong.append(f"{row.method} {name} {row.thing}: {got}, not {row.answers[role]}")
    assert not wrong, "\n" + "\n".join(wrong)


@pytest.mark.parametrize("app", APPS)
def test_what_writes_is_not_done_by_following_a_link(
    app: str, matrix_cast: Cast, sign_in: SignIn
) -> None:
    """An address that a table knows by POST only refuses GET."""
    things = table(app).things(matrix_cast)
    readable = {row.url for row in table(app).rows if row.method == "GET"}
    ours = [row for row in table(app).rows if row.url.startswith(f"{app}:") or row.url == "theme"]
    written = [row for row in ours if row.url not in readable]
    wrong = []
    for role in set(ROLES) - {"visitor", "left"}:
        person = matrix_cast.playing(role)
        assert person is not None
        client = sign_in(person)
        for row in written:
            for name, path in paths(row, things):
                status = client.get(path).status_code
                if status not in (403, 404, 405):
                    wrong.append(f"GET {name} as {role}: {status}")
    assert not wrong, "\n" + "\n".join(wrong)


def test_a_session_of_somebody_who_left_is_no_session(eva: Person, sign_in: SignIn) -> None:
    client = sign_in(eva)
    assert client.session[SESSION_KEY]
    response = client.get(reverse("start"))
    assert response.status_code == 302
    assert response["Location"].startswith(reverse(settings.LOGIN_URL))
