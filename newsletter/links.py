"""Leading links past a counter, without anybody's name behind it."""

from collections.abc import Mapping

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from newsletter import slips
from newsletter.models import Issue, Link, ReaderGroup
from outbox.filling import placeholder


class Counted:
    """Leads the links of one issue past the portal's counter, each target over one row.

    ``readers`` says in how many of the ``everyone`` mails a target stands.
    """

    def __init__(
        self, issue: Issue, readers: Mapping[str, int] | None = None, everyone: int = 0
    ) -> None:
        self.readers = readers or {}
        self.everyone = everyone
        self.issue = issue
        self.codes: dict[str, str] = dict(issue.links.values_list("target", "code"))

    def __call__(self, target: str) -> str:
        """The counting address for ``target``; one too long to keep is left as it is.

        A place on a page of the portal itself ("#...") is neither kept nor counted apart: the links
        to a poll's answers are counted as one, or the counts would tell how people think. The place
        stays in the reader's browser, which takes it along to where the counter leads.
        """
        if target.startswith(f"{settings.PORTAL_URL}/"):
            target, mark, place = target.partition("#")
            # Nor are two links to one page of it: a mark of one's own behind "?" would part them.
            return self.counting(plain(target)) + mark + place
        return self.counting(target)

    def counting(self, target: str) -> str:
        """The counting address for all of ``target``."""
        if len(target) > 2000:
            return target
        if target not in self.codes:
            self.codes[target] = self.code_of(target)
        address = f"{settings.PORTAL_URL}{reverse('newsletter:follow', args=[self.codes[target]])}"
        return f"{address}{placeholder('group')}" if self.is_for_all(target) else address

    def is_for_all(self, target: str) -> bool:
        """Whether it stands in every mail; each reader's group is then filled in behind it."""
        return 0 < self.readers.get(target, 0) == self.everyone

    def code_of(self, target: str) -> str:
        """The code of its row, made where there is none."""
        readers = self.readers.get(target, 0)
        found = {"readers": readers, "is_for_all": self.is_for_all(target)}
        link, _created = Link.objects.get_or_create(issue=self.issue, target=target, defaults=found)
        return link.code


class Noted(Counted):
    """Notes which targets would be counted (``codes``), and makes no rows."""

    def __init__(self) -> None:
        self.readers, self.everyone, self.codes = {}, 0, {}

    def code_of(self, target: str) -> str:
        """None yet."""
        return "-"


def plain(address: str) -> str:
    """A page of the portal without a place on it or a mark of one's own."""
    return address.partition("#")[0].partition("?")[0]


def target_of(code: str) -> str | None:
    """Where a counted link leads, without counting: for programs that only look."""
    return Link.objects.filter(code=code).values_list("target", flat=True).first()


def follow(code: str, group: str = "") -> str | None:
    """Where a counted link leads, a click on it left to be counted; None for no link."""
    link = Link.objects.filter(code=code).select_related("issue").first()
    if link is None:
        return None
    enough = link.readers >= slips.least_in_group()
    if enough and slips.is_counting(link.issue, timezone.now()):
        groups = ReaderGroup.objects.filter(issue=link.issue, code=group)
        slips.drop_click(link, groups.first() if group else None)
    return link.target
