from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "people"
    verbose_name = _("People")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from people.log import register_verbs
        from people.models import Role

        register_verbs(
            {
                "people.import_roster": _("imported the staff list"),
                "people.end_roles": _("ended all roles of somebody who left"),
                "people.add_person": _("recorded somebody from outside the staff list"),
                f"people.appoint_{Role.MEMBER}": _("made somebody council member"),
                f"people.appoint_{Role.CHAIR}": _("made somebody chair"),
                f"people.appoint_{Role.SECRETARY}": _("made somebody official secretary"),
                f"people.appoint_{Role.DIRECTOR}": _("recorded somebody as director"),
                f"people.appoint_{Role.ADMINISTRATOR}": _("made somebody administrator"),
                f"people.end_{Role.MEMBER}": _("ended somebody's time as council member"),
                f"people.end_{Role.CHAIR}": _("ended somebody's time as chair"),
                f"people.end_{Role.SECRETARY}": _("ended somebody's time as official secretary"),
                f"people.end_{Role.DIRECTOR}": _("ended somebody's time as director"),
                f"people.end_{Role.ADMINISTRATOR}": _("ended somebody's time as administrator"),
                "people.print_codes": _("printed activation codes"),
                "people.revoke_code": _("withdrew an activation code"),
                "people.use_code": _("signed in with an activation code for the first time"),
                "people.change_own_address": _("changed their own e-mail address"),
                "people.sign_out_everywhere": _("signed out everywhere"),
                "people.sign_in_means": _("changed their means of signing in"),
                "people.save_selection": _("saved a selection of colleagues"),
                "people.delete_selection": _("threw a selection of colleagues away"),
                "people.export_own_data": _("downloaded their own data"),
            }
        )
