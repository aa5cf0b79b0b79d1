"""``python -m benchmarks [NAME …]``: one line a figure, ``bench <name> ratio=<x> target=<y>``.

A figure is a module in ``benchmarks/figures`` with ``measure(ground) -> list[Figure]``. Higher is
better, always. What a figure was made of is told on standard error.
"""

import importlib
import pkgutil
import sys

from benchmarks import figures
from benchmarks.ground import Ground, open_ground
from tests.plugins.throwaway import MissingProgramError


def main(names: list[str]) -> int:
    """Measure; 1 where a target is missed or a name is unknown."""
    known = sorted(module.name for module in pkgutil.iter_modules(figures.__path__))
    unknown = set(names) - set(known)
    if unknown:
        print(f"no such figure: {', '.join(sorted(unknown))}; there are {', '.join(known)}")
        return 1
    missed = False
    for name in names or known:
        ground: Ground
        with open_ground() as ground:
            for figure in importlib.import_module(f"benchmarks.figures.{name}").measure(ground):
                print(
                    f"bench {figure.name} ratio={figure.ratio:.2f} target={figure.target:g}",
                    flush=True,
                )
                missed |= figure.ratio < figure.target
    return int(missed)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except MissingProgramError as missing:
        sys.exit(str(missing))
