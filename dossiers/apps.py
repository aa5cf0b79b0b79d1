"""Dossiers, the file that all work is filed under: deadlines, secrecy."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DossiersConfig(AppConfig):
    name = "dossiers"
    verbose_name = _("Dossiers")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from dossiers import due, history, plan, shortcuts, timeline
        from dossiers.search import sources as search
        from dossiers.search.own import SOURCES
        from people.log import register_verbs

        timeline.register("dossiers", history.timeline_source)
        due.register("dossiers", due.clock_source)
        due.register("plan", plan.due_source)
        shortcuts.register("plan", plan.shortcut_source)
        search.register("dossiers", *SOURCES)
        register_verbs(
            {
                "dossiers.open": _("opened a dossier"),
                "dossiers.revise": _("changed a dossier"),
                "dossiers.close": _("closed a dossier"),
                "dossiers.reopen": _("reopened a dossier"),
                "dossiers.record_meeting": _("recorded a meeting"),
                "dossiers.judge_part": _("judged a part of the request"),
                "dossiers.add_note": _("added a note"),
                "dossiers.add_deadline": _("set a deadline"),
                "dossiers.finish_deadline": _("ticked a deadline off"),
                "dossiers.add_document": _("filed a document"),
                "dossiers.read_document": _("downloaded a document under secrecy"),
                "dossiers.share_document": _("changed who may read a document"),
                "dossiers.record_position_given": _("recorded that the council spoke"),
                "dossiers.record_decision": _("recorded the director's decision"),
                "dossiers.hand_in_request": _("handed in a request"),
                "dossiers.impose_secrecy": _("imposed secrecy"),
                "dossiers.change_secrecy": _("changed secrecy"),
                "dossiers.lift_secrecy": _("lifted secrecy"),
                "dossiers.keep_plan_step": _("changed the communication plan"),
                "dossiers.drop_plan_step": _("took a step out of the communication plan"),
                "dossiers.make_feed": _("made a calendar address"),
                "dossiers.drop_feed": _("withdrew a calendar address"),
            }
        )
