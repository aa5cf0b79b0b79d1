"""Settings of a worker that only carries mail: the outbox and nothing else of the portal.

The outbox knows no other app, so its worker need not load them: half the memory, and nothing in its
process that could read an answer. ``DJANGO_SETTINGS_MODULE=orportal.mailroom celery -A orportal
worker -Q urgent,bulk``; never ``-Q normal``, since the tasks of other apps pass there.
"""

import os

from orportal.settings import *  # noqa: F403

# The framework's checks are made where the whole portal starts; here they would load half of it.
os.environ.setdefault("CELERY_SKIP_CHECKS", "1")

INSTALLED_APPS = ["outbox"]
MIDDLEWARE = []
ROOT_URLCONF = "orportal.mailroom"
urlpatterns: list[str] = []
