from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NewsletterConfig(AppConfig):
    name = "newsletter"
    verbose_name = _("Newsletter")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from dossiers import brought, withdrawing
        from dossiers.models import Channel
        from dossiers.search import sources as search
        from newsletter import blocks
        from newsletter.brought import IssueSource
        from newsletter.forgetting import forget_readers
        from newsletter.own_data import PAGE, own_data
        from newsletter.search import SOURCES
        from newsletter.sources.consultations import CONSULTATIONS
        from newsletter.sources.dossiers import DOSSIERS
        from newsletter.sources.outcomes import OUTCOMES
        from newsletter.sources.posts import POSTS
        from newsletter.sources.question_hours import QUESTION_HOURS
        from newsletter.stopping import stop_sending
        from people.log import register_verbs
        from people.own_data import register_own_data, register_settings_page
        from polls import traces

        register_own_data(own_data)
        register_settings_page(PAGE)
        withdrawing.register("newsletter", stop_sending)
        traces.register("newsletter", forget_readers)
        for kind in (POSTS, CONSULTATIONS, QUESTION_HOURS, OUTCOMES, DOSSIERS):
            blocks.register(kind)
        search.register("newsletter", *SOURCES)
        brought.register(Channel.NEWSLETTER, IssueSource())
        register_verbs(
            {
                "newsletter.start": _("started a newsletter"),
                "newsletter.delete": _("threw a draft newsletter away"),
                "newsletter.approve": _("approved a newsletter"),
                "newsletter.send": _("sent a newsletter"),
                "newsletter.schedule": _("scheduled a newsletter"),
                "newsletter.call_back": _("called a scheduled newsletter back"),
                "newsletter.pause": _("paused the sending of a newsletter"),
                "newsletter.resume": _("resumed the sending of a newsletter"),
                "newsletter.cancel": _("stopped the sending of a newsletter"),
                "newsletter.rest": _("made a newsletter for who did not get a stopped one"),
                "newsletter.stop": _("stopped a newsletter of which a part became secret"),
                "newsletter.send_again": _("sent a newsletter again to who did not get it"),
                "newsletter.lift_suppression": _("mailed an address again that came back before"),
                "newsletter.repeat": _("set up a newsletter that comes again"),
                "newsletter.repeat_change": _("changed a newsletter that comes again"),
                "newsletter.repeat_pause": _("paused a newsletter that comes again"),
                "newsletter.repeat_take_up": _("took up a newsletter that comes again"),
                "newsletter.repeat_stop": _("stopped a newsletter that comes again"),
                "newsletter.draft": _("made a draft of a newsletter that comes again"),
                "newsletter.export": _("took out the list of who got a newsletter"),
            }
        )
