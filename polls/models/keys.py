"""Keys that say nothing about order."""

import secrets
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

if TYPE_CHECKING:
    IntegerKey = models.BigIntegerField[int, int]
else:
    IntegerKey = models.BigIntegerField


def random_key() -> int:
    """A fresh key of 63 random bits, never 0."""
    return secrets.randbelow(2**63 - 1) + 1


class RandomKeyField(IntegerKey):
    """A primary key of random bits under which no ascending row number hides.

    SQLite keeps a hidden ascending ``rowid`` for every table whose key is not declared exactly
    ``INTEGER PRIMARY KEY``; a UUID or ``bigint`` key would therefore tell who voted first.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("primary_key", True)
        kwargs.setdefault("default", random_key)
        kwargs.setdefault("editable", False)
        kwargs.setdefault("serialize", False)
        super().__init__(*args, **kwargs)

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        return "integer" if connection.vendor == "sqlite" else "bigint"

    def rel_db_type(self, connection: BaseDatabaseWrapper) -> str:
        return "bigint"
