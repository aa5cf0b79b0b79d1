"""What the tests stand on: which database, which broker, and a folder of their own.

``pytest`` runs on the embedded pair (SQLite and a broker of files); ``pytest --database
postgresql`` starts a throwaway PostgreSQL and Redis and runs the same tests on those.
``DATABASE_URL`` and ``REDIS_URL`` from outside win. Loaded with ``-p`` (pyproject.toml), because
the settings read the environment once, before any conftest is read.
"""

import os
import shutil
from collections.abc import Generator
from pathlib import Path

import pytest

from orportal.catalogues import compile_stale
from tests.plugins.throwaway import (
    MissingProgramError,
    Server,
    make_run_folder,
    start_postgresql,
    start_redis,
)

RUN_FOLDER = pytest.StashKey[Path]()
SERVERS = pytest.StashKey[list[Server]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--database``."""
    parser.addoption(
        "--database",
        choices=["sqlite", "postgresql"],
        default=os.environ.get("TEST_DATABASE", "sqlite"),
        help="run on the embedded SQLite and file broker, or on throwaway PostgreSQL and Redis",
    )


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests(
    early_config: pytest.Config, parser: pytest.Parser, args: list[str]
) -> Generator[None, None, None]:
    """Prepare the environment before Django's plugin reads the settings."""
    early_config.stash[SERVERS] = []
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    if worker:
        _share(worker)
    else:
        folder = make_run_folder()
        early_config.stash[RUN_FOLDER] = folder
        early_config.add_cleanup(lambda: _clean_up(early_config, folder))
        _prepare(early_config, folder)
    return (yield)


def _prepare(config: pytest.Config, folder: Path) -> None:
    """The run's folder, words and servers; xdist's workers inherit all of it."""
    compile_stale()  # before any app reads a translated word
    os.environ["VAR_DIR"] = str(folder / "var")
    for name in (
        "DEBUG",
        "DEMO",
        "URN_KEY",
        "ALIAS_KEY",
        "ALLOWED_HOSTS",
        "SECRET_KEY",
        "SMTP_URL",
        "EMBEDDED",
        "PORTAL_URL",
        "HOST",
        "PORT",
    ):
        os.environ.pop(name, None)
    if config.known_args_namespace.database != "postgresql":
        return
    servers = config.stash[SERVERS]
    try:
        if "DATABASE_URL" not in os.environ:
            servers.append(start_postgresql(folder))
            os.environ["DATABASE_URL"] = servers[-1].url
        if "REDIS_URL" not in os.environ:
            servers.append(start_redis(folder))
            os.environ["REDIS_URL"] = servers[-1].url
    except MissingProgramError as missing:
        raise pytest.UsageError(str(missing)) from missing


def _share(worker: str) -> None:
    """One folder and one Redis database per xdist worker; Django's plugin splits the database."""
    os.environ["VAR_DIR"] = str(Path(os.environ["VAR_DIR"]) / worker)
    redis_url = os.environ.get("REDIS_URL")
    if redis_url:
        number = int(worker.removeprefix("gw")) + 1
        os.environ["REDIS_URL"] = f"{redis_url.rsplit('/', 1)[0]}/{number}"


def _clean_up(config: pytest.Config, folder: Path) -> None:
    for server in config.stash[SERVERS]:
        server.stop()
    shutil.rmtree(folder, ignore_errors=True)


def pytest_report_header(config: pytest.Config) -> str:
    """Say what the tests ran on."""
    name = os.environ.get("DATABASE_URL", "sqlite").split(":")[0]
    broker = os.environ.get("REDIS_URL", "files").split(":")[0]
    return f"database: {name}, broker: {broker}"
