"""What every test may name."""

from django.conf import settings

pytest_plugins = ["tests.cast"]


def pytest_configure() -> None:
    """Make the folder of collected files: WhiteNoise warns where it is missing."""
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
