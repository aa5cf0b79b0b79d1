"""Counting how often a link is followed, without anybody's name behind it."""

from django.conf import settings
from django.db.models import F
from django.urls import reverse

from newsletter.models import Issue, Link


class Counted:
    """Leads the links of one issue past the portal's counter, each target over one row."""

    def __init__(self, issue: Issue) -> None:
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
            return self.counting(target) + mark + place
        return self.counting(target)

    def counting(self, target: str) -> str:
        """The counting address for all of ``target``."""
        if len(target) > 2000:
            return target
        if target not in self.codes:
            link, _created = Link.objects.get_or_create(issue=self.issue, target=target)
            self.codes[target] = link.code
        return f"{settings.PORTAL_URL}{reverse('newsletter:follow', args=[self.codes[target]])}"


def target_of(code: str) -> str | None:
    """Where a counted link leads, without counting: for programs that only look."""
    return Link.objects.filter(code=code).values_list("target", flat=True).first()


def follow(code: str) -> str | None:
    """Where a counted link leads, counted once more; None for a link that is none."""
    link = Link.objects.filter(code=code).first()
    if link is None:
        return None
    Link.objects.filter(pk=link.pk).update(clicks=F("clicks") + 1)
    return link.target
