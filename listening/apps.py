from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ListeningConfig(AppConfig):
    name = "listening"
    verbose_name = _("Listening")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from dossiers import timeline
        from dossiers.search import sources as search
        from listening import history
        from listening.search import SOURCES
        from people.log import register_verbs

        timeline.register("listening", history.timeline_source)
        search.register("listening", *SOURCES)
        register_verbs(
            {
                "listening.answer": _("answered a message"),
                "listening.take_on": _("took on a message"),
                "listening.plan_office_hour": _("announced an office hour"),
                "listening.cancel_office_hour": _("cancelled an office hour"),
                "listening.note": _("kept a conversation note"),
                "listening.note_signal": _("noted a signal"),
                "listening.pass_on": _("passed a signal on to the director"),
                "listening.answer_signal": _("answered a signal"),
                "listening.feed_back": _("reported back on a signal"),
            }
        )
