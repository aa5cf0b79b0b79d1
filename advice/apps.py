"""Advice, concluding: dashboard, evidence, letter, the director's decision, feedback."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AdviceConfig(AppConfig):
    name = "advice"
    verbose_name = _("Advice")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from advice import evidence, filed
        from advice.actions.exporting import drop_files
        from advice.search import SOURCES
        from advice.sources.consultations import ConsultationSource
        from advice.sources.hearing import ConversationSource, SignalSource
        from advice.sources.telling import (
            CommentSource,
            DocumentSource,
            PostSource,
            QuestionHourSource,
        )
        from dossiers import shortcuts, timeline, withdrawing
        from dossiers.search import sources as search
        from people.log import register_verbs

        for source in (
            ConsultationSource(),
            SignalSource(),
            ConversationSource(),
            QuestionHourSource(),
            PostSource(),
            CommentSource(),
            DocumentSource(),
        ):
            evidence.register(source)
        timeline.register("advice", filed.timeline_source)
        shortcuts.register("advice", filed.shortcut_source)
        withdrawing.register("advice", drop_files)
        search.register("advice", *SOURCES)
        register_verbs(
            {
                "advice.take_finding": _("took a finding"),
                "advice.place_finding": _("sorted a finding"),
                "advice.start_letter": _("began a letter"),
                "advice.revise_letter": _("changed a letter's facts"),
                "advice.write_section": _("wrote in a letter"),
                "advice.add_section": _("added a section to a letter"),
                "advice.move_section": _("moved a section of a letter"),
                "advice.comment": _("commented on a letter"),
                "advice.settle_comment": _("settled a comment on a letter"),
                "advice.export_letter": _("exported a letter"),
                "advice.export_report": _("took a report out"),
                "advice.put_to_vote": _("put a letter to the vote"),
                "advice.cast_vote": _("voted on a letter"),
                "advice.close_round": _("closed the vote on a letter"),
                "advice.adopt_in_meeting": _("recorded that the council adopted a letter"),
                "advice.back_to_draft": _("took an adopted letter back"),
                "advice.release_letter": _("released a letter to the director"),
                "advice.release_to_staff": _("released a letter to staff"),
                "advice.tell_staff": _("began a post about what came of a letter"),
                "advice.receive_letter": _("opened a released letter"),
                "advice.record_decision": _("recorded what the director decided"),
                "advice.record_step": _("recorded a step at law"),
                "advice.drop_step": _("took a step at law out again"),
                "advice.set_condition": _("said how a condition stands"),
                "advice.change_letterhead": _("changed the letterhead"),
            }
        )
