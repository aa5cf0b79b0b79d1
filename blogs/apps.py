from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BlogsConfig(AppConfig):
    name = "blogs"
    verbose_name = _("Blogs")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Name this app's acts for the log, and show posts on the timeline of their dossier."""
        from blogs import history
        from blogs.brought import PostSource
        from blogs.search import SOURCES
        from dossiers import brought, timeline
        from dossiers.models import Channel
        from dossiers.search import sources as search
        from people.log import register_verbs

        timeline.register("blogs", history.timeline_source)
        search.register("blogs", *SOURCES)
        brought.register(Channel.POST, PostSource())
        register_verbs(
            {
                "blogs.publish": _("published a post"),
                "blogs.schedule": _("planned a post"),
                "blogs.unschedule": _("took a post off the planning"),
                "blogs.withdraw": _("withdrew a post"),
                "blogs.delete": _("deleted a draft"),
                "blogs.hold": _("held back a planned post because of secrecy"),
                "blogs.hide_comment": _("hid a comment"),
                "blogs.restore_comment": _("showed a hidden comment again"),
                "blogs.lock_comment": _("closed a thread of comments"),
                "blogs.unlock_comment": _("opened a thread of comments"),
            }
        )
