"""The static files as they are served: collected, hashed, nothing else kept."""

import re
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.management import call_command

from orportal import settings as as_shipped

IMPORTED = re.compile(r'from "\./([^"]+)"')


@pytest.fixture
def collected(settings: LazySettings, tmp_path: Path) -> Path:
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "orportal.storage.StaticFilesStorage"},
    }
    call_command("collectstatic", interactive=False, verbosity=0)
    return tmp_path


@pytest.mark.long
def test_every_script_that_a_script_imports_is_there_under_that_name(collected: Path) -> None:
    scripts = collected / "js"
    imports = {
        name
        for script in scripts.glob("*.js")
        for name in IMPORTED.findall(script.read_text(encoding="utf-8"))
    }
    assert len(imports) >= 3
    assert [name for name in sorted(imports) if not (scripts / name).exists()] == []


def test_the_portal_is_shipped_with_that_storage() -> None:
    storage = Path(str(as_shipped.__file__)).read_text(encoding="utf-8")
    assert '"BACKEND": "orportal.storage.StaticFilesStorage"' in storage
