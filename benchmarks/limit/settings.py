"""A ready-made form page, and one validated INSERT with CSRF on: nothing else."""

import environ

env = environ.Env()
SECRET_KEY = "a benchmark's, on this machine only"
DEBUG = False
ALLOWED_HOSTS = ["*"]
ROOT_URLCONF = "benchmarks.limit.views"
INSTALLED_APPS = ["benchmarks.limit"]
MIDDLEWARE = ["django.middleware.csrf.CsrfViewMiddleware"]
DATABASES = {"default": {**env.db("DATABASE_URL"), "CONN_MAX_AGE": 60}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
