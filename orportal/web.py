"""The web server as the portal runs it; ``serve``, the benchmarks and ``deploy/`` agree on it."""

import sys


def web_command(
    host: str, port: int, *, processes: int = 2, application: str = "orportal.wsgi:application"
) -> list[str]:
    """granian over WSGI: sync views on threads, a full queue pushes back instead of piling up."""
    return [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws"),
        *("--host", host, "--port", str(port), "--log-level", "error"),
        *("--workers", str(processes), "--respawn-failed-workers"),
        *("--blocking-threads", "8", "--backpressure", "64"),
        application,
    ]
