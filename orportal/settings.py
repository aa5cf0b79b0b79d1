"""One settings file; the environment decides the rest (docs/settings.md).

Production (no ``DEBUG``, no ``DEMO``) refuses to start half configured: see ``orportal.checks``.
"""

from pathlib import Path

import django_stubs_ext
import environ
from celery.schedules import crontab
from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _
from kombu import Exchange, Queue

from orportal.keys import local_keys, local_names

# Lets generic classes of the framework be named with their parameter, as in ModelForm[Message].
django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var")))
"""Everything the portal writes without a server: database, queue, mail, uploads, logs."""
VAR_DIR.mkdir(parents=True, exist_ok=True)

DEBUG = env.bool("DEBUG", default=False)
DEMO = env.bool("DEMO", default=False)
"""Demo mode shows the demo sign-ins and the mail that was written to ``var/mail``."""

EMBEDDED = env.bool("EMBEDDED", default=False)
"""A real portal on one machine: database, queue and mail are files under ``var/`` on purpose."""
LOCAL = DEBUG or DEMO or EMBEDDED
"""Without any of these the portal is in production, and refuses to start half configured."""

INSECURE_KEY = "for commands that serve nobody; a portal refuses to start with it"
_keys = local_keys(VAR_DIR) if LOCAL else {}
SECRET_KEY = env.str("SECRET_KEY", default=_keys.get("SECRET_KEY", INSECURE_KEY))
URN_KEY = env.str("URN_KEY", default=_keys.get("URN_KEY", SECRET_KEY))
"""Seals ballots in the urn (polls.urn). Kept apart from the database and its backups."""
ALIAS_KEY = env.str("ALIAS_KEY", default=_keys.get("ALIAS_KEY", SECRET_KEY))
"""Derives aliases in closed groups (groups.aliases). Kept apart from the database too."""

# Empty is unset: make hands on a variable that nobody gave as an empty one.
HOST = env.str("HOST", default="") or "127.0.0.1"
PORT = int(env.str("PORT", default="") or 8000)
"""Where ``manage.py serve`` listens."""
_everywhere = HOST in ("0.0.0.0", "::")  # noqa: S104  compared, not bound
_hostname = "localhost" if _everywhere or HOST in ("127.0.0.1", "::1") else HOST
PORTAL_URL = env.str("PORTAL_URL", default=f"http://{_hostname}:{PORT}").rstrip("/")
"""The address in mails and on printed codes, without a slash at its end."""
ALLOWED_HOSTS = env.list(
    "ALLOWED_HOSTS",
    default=["*"] if DEMO and _everywhere else ["localhost", "127.0.0.1", "[::1]", _hostname],
)
CSRF_TRUSTED_ORIGINS = env.list(
    "CSRF_TRUSTED_ORIGINS", default=[PORTAL_URL] if PORTAL_URL.startswith("https://") else []
)
_names = local_names(VAR_DIR) if EMBEDDED else {}
_organisation = _names.get("ORGANISATION_NAME", "Zorggroep De Linde" if not EMBEDDED else "")
ORGANISATION_NAME = env.str("ORGANISATION_NAME", default=_organisation)
COUNCIL_NAME = env.str("COUNCIL_NAME", default=_names.get("COUNCIL_NAME", "Ondernemingsraad"))

INSTALLED_APPS = [
    "orportal.apps.PortalConfig",
    "advice",
    "newsletter",
    "polls",
    "blogs",
    "groups",
    "live",
    "listening",
    "dossiers",
    "people",
    "outbox",
    "orportal.apps.AdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "orportal.apps.StaticFilesConfig",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "bootstrap",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_htmx",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "orportal.content_security.ContentSecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "orportal.languages.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "people.sign_in.who.AuthenticationMiddleware",
    "people.sign_in.caching.keep_no_pages",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "orportal.urls"
WSGI_APPLICATION = "orportal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "orportal.context.portal",
            ],
        },
    },
]

DATABASES = {
    "default": env.db("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'orportaal.sqlite3'}")
}
DATABASES["default"]["CONN_MAX_AGE"] = 60
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
if DATABASES["default"]["ENGINE"] == "django.db.backends.postgresql":
    DATABASES["default"]["ENGINE"] = "orportal.postgresql"
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # Django's defaults fail under eight writers; with these none did. secure_delete wipes what the
    # urn deletes, so an emptied ballot is not found in the file's free pages either.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"
            " PRAGMA secure_delete=ON;"
        ),
    }
    # A file, not memory: tests race real threads and processes on it.
    DATABASES["default"]["TEST"] = {"NAME": str(VAR_DIR / "test.sqlite3")}

REDIS_URL = env.str("REDIS_URL", default="")
if REDIS_URL:
    CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
    }
else:
    CACHES = {
        "default": {
            "BACKEND": "orportal.caching.AtomicFileCache",
            "LOCATION": VAR_DIR / "cache",
        }
    }

AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["people.sign_in.backends.RosterBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "people.sign_in.passwords.NotAboutYou",
        "OPTIONS": {"user_attributes": ("given_name", "family_name", "email", "staff_number")},
    },
    {
        "NAME": "people.sign_in.passwords.LongEnough",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "people.sign_in.passwords.NotCommon"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "start"
LOGOUT_REDIRECT_URL = "account_login"
# Sign-in: docs/sign-in.md says why each of these.
SESSION_ENGINE = "people.sign_in.sessions"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
"""For who says that the device is their own; others stay signed in until the browser closes."""
ACCOUNT_ADAPTER = "people.sign_in.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "people.sign_in.forms.SignInForm",
    "request_login_code": "people.sign_in.forms.AskForCodeForm",
    "confirm_login_code": "people.sign_in.forms.TypeCodeForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = "staff_number"
ACCOUNT_USER_DISPLAY = "people.sign_in.adapter.display_name"
ACCOUNT_LOGIN_METHODS = {"email", "username"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # the roster, or a code mailed to the person, vouches
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 900
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_PREVENT_ENUMERATION = True
# A whole organisation may sit behind one address, so limits per address are wide and those per
# account are tight.
ACCOUNT_RATE_LIMITS = {
    "login": "240/m/ip",
    "login_failed": "60/m/ip,5/5m/key",
    "request_login_code": "120/m/ip,3/m/key,12/h/key",
    "reset_password": "60/m/ip,3/m/key,12/h/key",
    "reset_password_from_key": "60/m/ip",
    "activation_code": "60/m/ip",
    "voting_code": "60/m/ip",
    "own_address": "5/h/user",
}
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)
"""How many proxies stand before the portal; with 0 nobody can claim another's address."""
MFA_ADAPTER = "people.sign_in.adapter.MFAAdapter"
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = f"ORportaal {ORGANISATION_NAME}"
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = LOCAL  # browsers trust http://localhost, nothing else

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", _("Dutch")), ("en", _("English"))]
LOCALE_PATHS = sorted(path for path in (BASE_DIR / "locale").glob("*") if path.is_dir())
"""One catalogue per app, ``locale/<app>/nl/LC_MESSAGES/django.po``, and one for answering."""
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True
FORMAT_MODULE_PATH = ["orportal.formats"]

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": VAR_DIR / "uploads"},
    },
    "staticfiles": {"BACKEND": "orportal.storage.StaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = [
    *("jpg", "jpeg", "png", "gif", "webp", "zip", "gz", "br", "woff2", "map"),
]
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

EMAIL_BACKEND = "outbox.backend.OutboxBackend"
SMTP_URL = env.str("SMTP_URL", default="")
"""``smtp[s|+tls]://user:password@host:port``; empty: mail is delivered as files to ``MAIL_DIR``."""
MAIL_DIR = VAR_DIR / "mail"
MAIL_STREAMS = env.int("MAIL_STREAMS", default=4)
"""Connections to the mail server at most, for each urgency, over all workers together."""
BOUNCE_ADDRESS = env.str("BOUNCE_ADDRESS", default="")
"""Where undeliverable mail returns, ``+`` and a token added before the @; empty: to the sender."""
BOUNCE_IMAP_URL = env.str("BOUNCE_IMAP_URL", default="")
"""``imaps://user:password@host:993/INBOX``, read every five minutes; empty: mail is piped in."""
MAIL_EVENTS_FROM = env.str("MAIL_EVENTS_FROM", default="").lower()
"""The provider whose events are taken at ``/post/teruggekomen/``; empty: none."""
MAIL_EVENTS_SECRET = env.str("MAIL_EVENTS_SECRET", default="")
"""``user:password`` that the provider calls with."""
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="Ondernemingsraad <or@localhost>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

CELERY_TASK_SERIALIZER = "json"
# Celery would open a database connection for every task; orportal.celery keeps it, checked.
CELERY_DB_REUSE_MAX = 1_000_000_000
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TIMEZONE = TIME_ZONE
CELERY_TASK_DEFAULT_QUEUE = "normal"
# Every worker serves all three; `-Q urgent` keeps one free for sign-in codes (deploy/).
CELERY_TASK_QUEUES = [
    Queue(name, Exchange(name), routing_key=name) for name in ("urgent", "normal", "bulk")
]
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BEAT_SCHEDULER = "orportal.scheduling:SteadyScheduler"
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "celerybeat-schedule")
CELERY_BEAT_SCHEDULE: dict[str, dict[str, object]] = {
    "dossiers-reminders": {
        "task": "dossiers.tasks.remind_of_terms",
        "schedule": crontab(hour="7", minute="0"),
    },
    "listening-messages": {
        "task": "listening.tell_council",
        "schedule": crontab(hour="8,13", minute="0"),
    },
    "listening-forget": {"task": "listening.forget", "schedule": crontab(hour="3", minute="20")},
    "people.sweep_rosters": {"task": "people.tasks.sweep_rosters", "schedule": 60.0},
    "people.forget": {"task": "people.tasks.forget", "schedule": crontab(hour="3", minute="40")},
    "outbox.sweep": {
        "task": "outbox.sweep",
        "schedule": 5.0,
        "options": {"queue": "urgent", "expires": 5},
    },
    "outbox.forget": {"task": "outbox.forget", "schedule": crontab(hour="3", minute="50")},
    "outbox.fetch_returned": {
        "task": "outbox.fetch_returned",
        "schedule": 300.0,
        "options": {"expires": 300},
    },
    "newsletter-due": {
        "task": "newsletter.hand_over_due",
        "schedule": 15.0,
        "options": {"queue": "normal", "expires": 15},
    },
    "newsletter-drafts": {
        "task": "newsletter.make_drafts",
        "schedule": 300.0,
        "options": {"expires": 300},
    },
    # Once an hour, so that the counters do not tell when somebody clicked.
    "newsletter-count": {"task": "newsletter.count_slips", "schedule": crontab(minute="25")},
    "polls-sweep": {"task": "polls.tasks.sweep", "schedule": 60.0, "options": {"expires": 60}},
    "polls-daily": {"task": "polls.tasks.daily", "schedule": crontab(hour="3", minute="40")},
    "advice-exports": {
        "task": "advice.sweep_exports",
        "schedule": 20.0,
        "options": {"expires": 20},
    },
    "blogs-publish-due": {"task": "blogs.publish_due", "schedule": 30.0},
    "groups-notices": {"task": "groups.send_notices", "schedule": 30.0},
    "groups-letterbox": {"task": "groups.empty_letterbox", "schedule": 120.0},
}
if REDIS_URL:
    CELERY_BROKER_URL = REDIS_URL
    # Redis brings an unacknowledged message back only after this time: above the longest task.
    CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, object] = {
        "visibility_timeout": 900,
        "unacked_restore_interval": 1,
    }
else:
    CELERY_BROKER_URL = "filesystem://localhost"
    for folder in ("queue", "processed", "control"):
        (VAR_DIR / "broker" / folder).mkdir(parents=True, exist_ok=True)
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(VAR_DIR / "broker" / "queue"),
        "data_folder_out": str(VAR_DIR / "broker" / "queue"),
        "processed_folder": str(VAR_DIR / "broker" / "processed"),
        "control_folder": str(VAR_DIR / "broker" / "control"),
        "store_processed": True,
        "polling_interval": 0.1,
    }

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "DENY"
BEHIND_HTTPS = PORTAL_URL.startswith("https://")
if BEHIND_HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
# Preloading is decided for a whole domain, by who owns it; this is one host in it.
SILENCED_SYSTEM_CHECKS = ["security.W021"]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
    }
}

# Thresholds (docs/trust.md). Never settable below 5: orportal.checks refuses.
MESSAGES_KEPT_DAYS = env.int("MESSAGES_KEPT_DAYS", default=183)
"""Answered messages to the council are deleted after this many quiet days."""
MARKS_KEPT_DAYS = env.int("MARKS_KEPT_DAYS", default=14)
"""Who took part in a consultation is forgotten this many days after it closed; at most 14."""
ANSWERS_KEPT_DAYS = env.int("ANSWERS_KEPT_DAYS", default=183)
"""Open and named answers are deleted this many days after closing, or when the dossier is closed;
at most 183."""
TOTAL_THRESHOLD = env.int("TOTAL_THRESHOLD", default=5)
GROUP_THRESHOLD = env.int("GROUP_THRESHOLD", default=10)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
}
