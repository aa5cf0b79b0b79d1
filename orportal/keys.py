"""Keys for a portal that lives on one machine under ``var/``: made once, kept beside the data.

In production the keys come from the environment, kept apart from the database and its backups
(docs/settings.md); ``orportal.checks`` refuses anything else.
"""

import os
import secrets
from pathlib import Path

NAMES = ("SECRET_KEY", "URN_KEY", "ALIAS_KEY")


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
