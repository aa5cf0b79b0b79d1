"""The WSGI entry point that granian serves."""

import gc
import os

from django.core.wsgi import get_wsgi_application

from orportal.checks import refuse_half_configured

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "orportal.settings")

application = get_wsgi_application()
refuse_half_configured()

# What was loaded up to here stays: collecting garbage need not walk through it again and again.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 20)
