"""The one-time code: printed in the terminal of who runs the machine, kept as its hash."""

import hmac
from pathlib import Path

from django.conf import settings

from people.codes import MistypedCode, digest, grouped, new_code, read_code

LENGTH = 12
PURPOSE = "founding"


def issue_code() -> str:
    """A fresh code, as it is printed; an earlier one stops working."""
    code = new_code(LENGTH)
    path = _path()
    path.touch(mode=0o600)
    path.write_text(digest(code, PURPOSE), "utf-8")
    return grouped(code)


def is_right(typed: str) -> bool:
    """Whether ``typed`` is the code that was printed last. Raises ``MistypedCode``."""
    given = digest(read_code(typed, LENGTH), PURPOSE)
    path = _path()
    return path.exists() and hmac.compare_digest(given, path.read_text("utf-8"))


def drop_code() -> None:
    """No code works any more."""
    _path().unlink(missing_ok=True)


def _path() -> Path:
    return Path(settings.VAR_DIR) / "founding.code"


__all__ = ["MistypedCode", "drop_code", "is_right", "issue_code"]
