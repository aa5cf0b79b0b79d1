from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "people"
    verbose_name = _("People")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from people.log import register_verbs

        register_verbs(
            {
                "people.import_roster": _("imported the staff list"),
                "people.end_roles": _("ended all roles of somebody who left"),
                "people.appoint": _("gave a role"),
                "people.end_role": _("ended a role"),
                "people.print_codes": _("printed activation codes"),
                "people.revoke_code": _("withdrew an activation code"),
                "people.use_code": _("signed in with an activation code for the first time"),
                "people.change_own_address": _("changed their own e-mail address"),
                "people.sign_out_everywhere": _("signed out everywhere"),
                "people.sign_in_means": _("changed their means of signing in"),
                "people.export_own_data": _("downloaded their own data"),
            }
        )
