"""Keys and names of a portal that lives on one machine under ``var/``, kept beside the data.

In production the keys come from the environment, kept apart from the database and its backups
(docs/settings.md); ``orportal.checks`` refuses anything else.
"""

import os
import secrets
from pathlib import Path

NAMES = ("SECRET_KEY", "URN_KEY", "ALIAS_KEY")
NAMES_FILE = "names.env"


def local_keys(folder: Path) -> dict[str, str]:
    """The keys kept in ``folder/keys.env``, made on first use and readable by their owner only.

    Several processes may ask at once: the first to link its file into place wins.
    """
    path = folder / "keys.env"
    if not path.exists():
        fresh = folder / f"keys.{os.getpid()}.{secrets.token_hex(4)}"
        lines = "".join(f"{name}={secrets.token_urlsafe(48)}\n" for name in NAMES)
        fresh.touch(mode=0o600)
        fresh.write_text(lines, "utf-8")
        try:
            os.link(fresh, path)
        except FileExistsError:
            pass  # another process was first; its keys are the keys
        finally:
            fresh.unlink()
    pairs = (line.split("=", 1) for line in path.read_text("utf-8").split())
    return {name: value for name, value in pairs if name in NAMES}


def local_names(folder: Path) -> dict[str, str]:
    """What an organisation and its council are called, as they were set up (orportal.founding)."""
    path = folder / NAMES_FILE
    if not path.exists():
        return {}
    lines = path.read_text("utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if "=" in line)


def write_names(folder: Path, names: dict[str, str]) -> None:
    """Keep ``names`` (one line each), whole or not at all."""
    fresh = folder / f"{NAMES_FILE}.{os.getpid()}"
    fresh.write_text("".join(f"{name}={value}\n" for name, value in names.items()), "utf-8")
    fresh.replace(folder / NAMES_FILE)
