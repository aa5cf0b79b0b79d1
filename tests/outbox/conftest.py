from pathlib import Path

import pytest
from pytest_django import Settings


@pytest.fixture(autouse=True)
def _own_folder(settings: Settings, tmp_path: Path) -> None:
    """Journals and delivered files of one test stay out of the next."""
    settings.VAR_DIR = tmp_path
    settings.MAIL_DIR = tmp_path / "mail"
