from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LiveConfig(AppConfig):
    name = "live"
    verbose_name = _("Question hours")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from dossiers import brought, due, timeline
        from dossiers.models import Channel
        from dossiers.search import sources as search
        from live import history
        from live.brought import QuestionHourSource
        from live.search import SOURCES
        from people.log import register_verbs

        timeline.register("live", history.timeline_source)
        due.register("live", history.due_source)
        search.register("live", *SOURCES)
        brought.register(Channel.QUESTION_HOUR, QuestionHourSource())
        register_verbs(
            {
                "live.plan": _("planned a question hour"),
                "live.change": _("changed a question hour"),
                "live.announce": _("announced a question hour"),
                "live.start": _("started a question hour"),
                "live.finish": _("finished a question hour"),
                "live.publish_minutes": _("published the minutes of a question hour"),
                "live.accept": _("accepted a question"),
                "live.decline": _("declined a question"),
                "live.answer": _("answered a question"),
                "live.hand_over": _("gave a question to someone to find out"),
            }
        )
