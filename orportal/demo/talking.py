"""The demo's groups: the night shift among themselves, a committee, and one that few know of."""

import datetime as dt

from django.utils import timezone

from groups import actions, aliases
from groups.aliases import Act, Letter
from groups.models import Group, History, Joining, Listing, Message, SealedLetter, Seniority, Thread
from orportal.demo.staff import Cast
from people.models import Person


def fill(cast: Cast) -> None:
    """Three groups: with aliases, by invitation, and secret; talked in over the last days."""
    _night_shift(cast)
    _committee(cast)
    _sounding_board(cast)


def _night_shift(cast: Cast) -> None:
    group = actions.start_group(
        cast.fatima,
        actions.GroupText(
            name="Nachtdienst onder elkaar",
            purpose="Voor wie in de nacht werkt: over roosters, pauzes en de weg naar huis.",
            joining=Joining.REQUEST,
        ),
        history=History.SHARED,
        alias_allowed=True,
    )
    nights = list(Person.objects.constituency().filter(shift="nacht").exclude(pk=cast.omar.pk)[:9])
    for person in (cast.sanne, cast.omar, *nights):
        actions.join_group(person, group)
    actions.set_seniority(
        group.memberships.get(person=cast.sanne), Seniority.MODERATOR, cast.fatima
    )
    breaks = _thread(
        group,
        [
            (cast.omar, 3, 22, "Wie van jullie heeft er in de nacht echt een half uur pauze? "
             "Op Molenzicht lukt het bijna nooit, omdat we met z’n tweeën zijn."),
            (nights[0], 3, 23, "Hier ook niet. Ik eet meestal staand, tussen twee bellen door."),
            (cast.sanne, 2, 9, "Op Lindenhof ruilen we met de dagdienst: zij komen een kwartier "
             "eerder. Dat scheelt. Zal ik uitleggen hoe we dat hebben afgesproken?"),
        ],
        title="Pauze in de nacht",
    )  # fmt: skip
    _thread(
        group,
        [
            (nights[1], 6, 2, "De verlichting achter de fietsenstalling is stuk. Ik loop daar om "
             "zeven uur in het donker. Is dat al gemeld?"),
            (cast.omar, 6, 4, "Ja, gisteren bij Facilitair. De lamp is besteld."),
        ],
        title="Donker bij de fietsenstalling",
    )  # fmt: skip
    _under_alias(
        breaks,
        [
            (nights[2], "Ik durf mijn pauze niet te vragen. Wie dat doet, krijgt te horen dat het "
             "vroeger ook zonder kon."),
            (nights[3], "Bij ons schrijft de teamleider de pauze op, ook als we die niet hadden. "
             "Dat klopt niet."),
            (nights[4], "Fijn om hier te lezen dat ik niet de enige ben die geen pauze heeft."),
        ],
    )  # fmt: skip
    actions.write_signal(
        group,
        cast.sanne,
        "In de nacht komen mensen niet aan hun pauze toe, en sommigen durven er niet om te vragen.",
    )
    _settle(breaks)


def _committee(cast: Cast) -> None:
    group = actions.start_group(
        cast.joris,
        actions.GroupText(
            name="VGWM-commissie",
            purpose="Veiligheid, gezondheid, welzijn en milieu: voorbereiding van de commissie.",
            joining=Joining.INVITATION,
        ),
        history=History.SHARED,
    )
    for person in (cast.fatima, cast.mila, cast.ineke, cast.sanne):
        actions.join_group(person, group)
    _thread(
        group,
        [
            (cast.joris, 5, 14, "Dinsdag lopen we de tilliften na op Lindenhof. Wie gaat er mee? "
             "Begin om 10.00 uur bij de receptie."),
            (cast.mila, 5, 16, "Ik ga mee. Ik neem de lijst van vorig jaar mee, dan zien we wat er "
             "is opgelost."),
            (cast.fatima, 4, 11, "Ik kan niet, maar vraag naar de lift op kamer 14. Die hapert."),
        ],
        title="Rondgang langs de tilliften",
    )  # fmt: skip
    actions.invite(group, cast.omar, cast.joris)


def _sounding_board(cast: Cast) -> None:
    group = actions.start_group(
        cast.mila,
        actions.GroupText(
            name="Klankbord fusieplannen",
            purpose="Meedenken over de plannen, voordat er iets naar buiten gaat.",
            listing=Listing.UNLISTED,
            joining=Joining.INVITATION,
        ),
        history=History.FROM_JOINING,
    )
    actions.join_group(cast.ineke, group)
    _thread(
        group,
        [(cast.mila, 1, 10, "Vragen die ik nu al hoor: blijft mijn team bij elkaar, en op welke "
          "locatie? Vul aan.")],
        title="Welke vragen leven er?",
    )  # fmt: skip


def _thread(group: Group, said: list[tuple[Person, int, int, str]], *, title: str) -> Thread:
    """A conversation of days ago: who, how many days, at what hour, what."""
    (author, days, hour, first), *others = said
    thread = actions.start_thread(author, group, title, actions.MessageText(first))
    for person, _days, _hour, words in others:
        actions.write_message(person, thread, actions.MessageText(words))
    for message, (_author, days, hour, _words) in zip(
        thread.messages.order_by("pk"), said, strict=True
    ):
        at = timezone.now().replace(hour=hour, minute=12 + hour) - dt.timedelta(days=days)
        Message.objects.filter(pk=message.pk).update(at=at)
    _settle(thread)
    return thread


def _under_alias(thread: Thread, said: list[tuple[Person, str]]) -> None:
    """Letters of yesterday, brought out at the latest round."""
    written = actions.latest_round(timezone.now()) - dt.timedelta(hours=2)
    for person, words in said:
        letter = Letter(
            act=Act.MESSAGE,
            group=str(thread.group.key),
            tag=aliases.tag_of(person, thread.group),
            written_at=written.isoformat(),
            thread=str(thread.key),
            body=words,
        )
        SealedLetter.objects.create(content=aliases.seal(letter))
    actions.empty_letterbox(timezone.now())


def _settle(thread: Thread) -> None:
    """The thread is as new as its newest message."""
    newest = thread.messages.order_by("-at").values_list("at", flat=True)[0]
    Thread.objects.filter(pk=thread.pk).update(last_at=newest)
