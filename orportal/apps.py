from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig as DjangoAdminConfig
from django.contrib.staticfiles.apps import StaticFilesConfig as DjangoStaticFilesConfig


class PortalConfig(AppConfig):
    name = "orportal"
    verbose_name = "ORportaal"

    def ready(self) -> None:
        from orportal import checks, passing  # noqa: F401  checks registers itself

        passing.wire()
        from orportal.demo.staff import SIGN_INS
        from people.sign_in.demo import DemoSignIn, register_sign_ins

        register_sign_ins(DemoSignIn(each.role, each.login, each.password) for each in SIGN_INS)


class AdminConfig(DjangoAdminConfig):
    """Django's own, with the portal's door before it."""

    default_site = "orportal.admin.ConfigurationSite"


class StaticFilesConfig(DjangoStaticFilesConfig):
    """Django's own, which collects what the pages use: Bootstrap's style, htmx alone."""

    ignore_patterns = [
        *DjangoStaticFilesConfig.ignore_patterns,
        "bootstrap/js/*",
        "django_htmx/ext/*",
        "bootstrap/css/bootstrap-*",
        "bootstrap/css/bootstrap.css*",
        "bootstrap/css/bootstrap.rtl.css*",
    ]
