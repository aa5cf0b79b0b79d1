"""What the demo's council hears: messages, conversations, signals, office and question hours."""

import datetime as dt

from django.utils import timezone

from dossiers.models import Dossier
from listening import actions as listening
from listening.models import ConversationNote, OfficeHour, Signal, Source
from live import actions as live
from live.models import QuestionHour
from orportal.demo.staff import Cast
from people.models import Unit


def fill(cast: Cast, dossier: Dossier) -> None:
    """Some of everything, in every state that a visitor may want to see."""
    facilities = Unit.objects.get(name="Facilitair")
    named = listening.write_named(
        cast.sanne,
        "Werkdruk in de nacht",
        "Hoi OR,\n\nIn de nacht staan we er vaak met z’n tweeën voor. Kunnen jullie dat bespreken?",
    )
    listening.answer(
        named,
        cast.fatima,
        "Dank je wel, Sanne. We nemen dit mee naar de overlegvergadering van 3 december.",
    )
    listening.write_anonymously(
        "Sfeer in de keuken",
        "Er wordt veel gemopperd, maar niemand zegt iets tegen de teamleider. Kan de OR helpen?",
    )
    note = listening.note_conversation(
        ConversationNote(
            source=Source.WALK_ROUND,
            unit=facilities,
            people_spoken=4,
            theme="Nachtdienst en zelfroosteren",
            text="Veel collega’s vrezen meer nachten voor dezelfde mensen. Een toeslag helpt.",
            dossier=dossier,
        ),
        cast.mila,
    )
    passed_on = listening.note_signal(listening.signal_from_note(note), cast.mila)
    listening.pass_on(passed_on, cast.joris)
    ended = listening.note_signal(
        Signal(
            title="De kantine op Molenzicht sluit te vroeg",
            text="Collega’s van de avonddienst kunnen geen warme maaltijd meer krijgen.",
            source=Source.OFFICE_HOUR,
        ),
        cast.fatima,
    )
    listening.pass_on(ended, cast.joris)
    listening.answer_signal(ended, cast.bakker, "Vanaf januari is de kantine tot 20.00 uur open.")
    listening.feed_back(ended, cast.fatima, "Vanaf 4 januari kun je tot 20.00 uur warm eten.")
    begins = _at(days=3, hour=12)
    listening.plan_office_hour(
        OfficeHour(
            place="Kantine Lindenhof, tafel bij het raam",
            starts_at=begins,
            ends_at=begins + dt.timedelta(hours=1),
        ),
        [cast.fatima, cast.joris],
        cast.fatima,
    )
    _question_hour(cast, dossier)


def _question_hour(cast: Cast, dossier: Dossier) -> None:
    begins = _at(days=8, hour=15)
    hour = live.plan(
        QuestionHour(
            title="Vragenuur over zelfroosteren",
            introduction="Stel je vraag over de plannen. De manager Zorg schuift aan.",
            place="Grote zaal Lindenhof, of online",
            guests="De ondernemingsraad en de manager Zorg",
            starts_at=begins,
            ends_at=begins + dt.timedelta(hours=1),
            dossier=dossier,
        ),
        cast.joris,
    )
    live.announce(hour, cast.joris)
    night = live.ask(hour, "Komt er een toeslag voor wie vaker de nacht draait?", cast.sanne)
    live.accept(night, cast.joris)
    live.support(night, cast.omar)
    live.support(night, cast.mila)
    live.accept(live.ask(hour, "Wie beslist er als het rooster niet rondkomt?", None), cast.joris)
    live.ask(hour, "Mag ik ruilen met een collega van een ander team?", None)


def _at(*, days: int, hour: int) -> dt.datetime:
    day = timezone.localdate() + dt.timedelta(days=days)
    return timezone.make_aware(dt.datetime.combine(day, dt.time(hour)))
