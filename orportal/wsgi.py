"""The WSGI entry point that granian serves."""

import os

from django.core.wsgi import get_wsgi_application

from orportal.checks import refuse_half_configured

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "orportal.settings")

application = get_wsgi_application()
refuse_half_configured()
