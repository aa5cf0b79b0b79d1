from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PollsConfig(AppConfig):
    name = "polls"
    verbose_name = _("Polls")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from dossiers import brought, shortcuts, timeline, withdrawing
        from dossiers.models import Channel
        from dossiers.search import sources as search
        from people.log import register_verbs
        from polls import history
        from polls.actions.reaching import stop_mail
        from polls.brought import ConsultationSource
        from polls.search import SOURCES

        timeline.register("polls", history.timeline_source)
        shortcuts.register("polls", history.shortcut_source)
        withdrawing.register("polls", stop_mail)

        search.register("polls", *SOURCES)
        brought.register(Channel.CONSULTATION, ConsultationSource())
        register_verbs(
            {
                "polls.make": _("made a consultation"),
                "polls.edit": _("corrected a question after the opening"),
                "polls.open": _("opened a consultation"),
                "polls.schedule": _("set a consultation to open by itself"),
                "polls.unschedule": _("took a scheduled consultation back"),
                "polls.extend": _("moved the closing time of a consultation"),
                "polls.close": _("closed a consultation"),
                "polls.remind": _("reminded those who had not taken part"),
                "polls.print_codes": _("printed voting codes"),
                "polls.review": _("read an open answer before others did"),
                "polls.add_statement": _("put a statement of the council to colleagues"),
                "polls.show_statement": _("put a colleague's statement to everyone"),
                "polls.refuse_statement": _("did not put a statement to colleagues"),
                "polls.merge_statement": _("took two statements together"),
                "polls.theme": _("worked on the themes in open answers"),
                "polls.suggest_themes": _("asked for themes to be suggested"),
                "polls.outcome": _("told what was done with the answers"),
                "polls.release": _("released results"),
                "polls.compare": _("put results beside those of an earlier time"),
                "polls.export": _("exported results"),
                "polls.read_named": _("read answers that stand under a name"),
                "polls.export_named": _("exported answers that stand under a name"),
                "polls.forget_marks": _("deleted who took part"),
                "polls.delete_answers": _("deleted single answers"),
            }
        )
