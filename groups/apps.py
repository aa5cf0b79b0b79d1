from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GroupsConfig(AppConfig):
    name = "groups"
    verbose_name = _("Groups")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Name this app's acts for the log; nothing of what is said in a group is among them."""
        from dossiers.search import sources as search
        from groups.search import SOURCES
        from people.log import register_verbs

        search.register("groups", *SOURCES)
        register_verbs(
            {
                "groups.start": _("started a group"),
                "groups.close": _("closed a group"),
                "groups.let_in": _("let somebody into a group"),
                "groups.invite": _("invited somebody to a group"),
                "groups.remove_member": _("removed a member from a group"),
                "groups.set_seniority": _("changed who moderates a group"),
                "groups.ask_opening": _("asked to open a group from outside"),
                "groups.open": _("opened a group from outside, as the second"),
                "groups.end_opening": _("ended the opening of a group"),
            }
        )
