"""What readers did with an issue, as far as it may be told: clicks, and whether it was useful."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from newsletter.archive import words_sent
from newsletter.editions import absolute, parts_of
from newsletter.links import plain
from newsletter.models import Issue, Link, ReaderGroup, Usefulness
from newsletter.slips import least_at_once, least_in_all, least_in_group

MOST_LINKS = 50


@dataclass(frozen=True)
class Row:
    """A link or a group of readers; ``clicks`` is None where it is not told.

    ``title``: what a link leads to, where the issue itself says that.
    """

    name: str
    readers: int
    clicks: int | None
    title: str = ""


@dataclass(frozen=True)
class Response:
    """``useful`` and ``answers`` are None where the issue does not ask; 0 answers: too few yet."""

    links: Sequence[Row]
    groups: Sequence[Row]
    useful: int | None
    answers: int | None
    least: int
    least_answers: int

    @property
    def is_there(self) -> bool:
        """Whether there is anything to show."""
        return bool(self.links or self.groups or self.answers is not None)

    @property
    def percent(self) -> int:
        """Of those who answered, how many found it useful."""
        return round(100 * (self.useful or 0) / self.answers) if self.answers else 0


def response_to(issue: Issue, *, with_links: bool) -> Response:
    """A handful of short questions, whatever the size of the mailing."""
    links: list[Row] = []
    if with_links:
        found = Link.objects.filter(issue=issue).order_by("-clicks", "pk")[:MOST_LINKS]
        titles = titles_of(issue)
        links = [link_row(link, titles.get(link.target, "")) for link in found]
    answers = Usefulness.objects.filter(issue=issue).first()
    given = answers.yes + answers.no if answers else None
    if given is not None and given < least_in_all():
        given = 0
    return Response(
        links=links,
        groups=told(ReaderGroup.objects.filter(issue=issue), least_in_group()),
        useful=answers.yes if answers and given else None,
        answers=given,
        least=least_in_group(),
        least_answers=least_at_once(),
    )


def titles_of(issue: Issue) -> dict[str, str]:
    """What the issue's blocks call the pages they lead to, as far as they may be shown now."""
    cards = [card for part in parts_of(issue) if (card := words_sent(part))]
    return {plain(absolute(card.path)): card.headline or card.title for card in cards}


def link_row(link: Link, title: str = "") -> Row:
    """A link; what too few got is not counted."""
    enough = link.readers >= least_in_all()
    return Row(link.target, link.readers, link.clicks if enough else None, title)


def told(groups: Iterable[ReaderGroup], least: int) -> list[Row]:
    """Each group with its clicks, unless those are few.

    All together add up to the clicks on the links, which are told. So where one group would be
    hidden alone, the one with the fewest clicks after it is hidden as well.
    """
    rows = list(groups)
    by_clicks = sorted(rows, key=lambda group: (group.clicks, group.pk))
    hidden = {group.pk for group in by_clicks if group.clicks < least}
    if len(hidden) == 1:
        hidden.update(group.pk for group in by_clicks[:2])
    return [
        Row(group.name, group.readers, None if group.pk in hidden else group.clicks)
        for group in rows
    ]
