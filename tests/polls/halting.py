"""Loaded into a real worker by the tests: stops it dead at a named point, for kill -9 to find.

``HALT_AT`` is ``module:attribute.path`` of a function after whose call the process halts;
``HALT_FIFO`` the named pipe on which it says that it has.
"""

import importlib
import os
import threading
from functools import reduce
from pathlib import Path
from typing import Any


def halt_after(point: str, fifo: str) -> None:
    """Wrap the function at ``point`` so that the process halts once it returned."""
    module_name, path = point.split(":")
    *owners, name = path.split(".")
    owner: Any = reduce(getattr, owners, importlib.import_module(module_name))
    original = getattr(owner, name)

    def halting(*args: Any, **kwargs: Any) -> Any:
        result = original(*args, **kwargs)
        Path(fifo).write_text("halted")
        threading.Event().wait()
        return result

    setattr(owner, name, halting)


if "HALT_AT" in os.environ:
    halt_after(os.environ["HALT_AT"], os.environ["HALT_FIFO"])
