"""The demo's monthly newsletter: how it comes again, two that went out, and what readers did.

The clicks and answers wait as slips and are counted as any others are, so the pages show no number
that the portal would not tell.
"""

import datetime as dt
import random
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from blogs.actions.publishing import publish_post
from blogs.actions.writing import PostText, write_post
from blogs.models import Post
from newsletter import actions, days, mailing, repeating, slips
from newsletter.models import Issue, Link, Occurrence, ReaderGroup, Recurrence
from orportal.demo.staff import Cast
from outbox import claims
from outbox.models import Delivery, Lane, Mailing, State
from outbox.outcomes import Kind, Outcome
from people.models import Person

MONTHS = 2
GONE = "550 5.1.1 Mailbox unavailable"
FOLLOWED = {"Verpleging": 0.42, "Thuiszorg": 0.34, "Facilitair": 0.5, "Behandeling": 0.46}
"""Clicks for each reader of a unit; in the other units, fewer."""


@dataclass(frozen=True)
class Told:
    """What one month's newsletter said."""

    preview: str
    text: str
    title: str
    post: str


TOLD = (
    Told(
        "De pauzeruimte op Molenzicht, en hoe je ons bereikt",
        "Eerst het goede nieuws: de pauzeruimte op Molenzicht wordt opgeknapt. Hieronder lees je"
        " wanneer.\n\nWil je iets kwijt? Loop binnen op het [spreekuur]({hearing}) of schrijf ons.",
        "De pauzeruimte op Molenzicht wordt opgeknapt",
        "Jullie vroegen om een rustige plek zonder telefoons. Die komt er. De schilder begint over"
        " twee weken, daarna komen de nieuwe banken. #gebouw",
    ),
    Told(
        "Griepprik in werktijd, en je vraag aan de OR",
        "De herfst is begonnen, en daarmee de griep. Dit jaar haal je de prik in werktijd.\n\n"
        "Heb je een vraag aan ons? Stel hem op het [vragenuur]({live}), ook zonder je naam.",
        "De griepprik haal je dit jaar in werktijd",
        "Wij spraken met de bestuurder af dat je er een half uur voor krijgt. Je leidinggevende"
        " plant het met je in. #gezondheid",
    ),
)


def fill(cast: Cast) -> None:
    """Set the series up, and let the months go by."""
    now = timezone.now()
    series = Recurrence(
        subject="OR-nieuws {maand}",
        begins_on=timezone.localdate() - dt.timedelta(days=150),
    )
    repeating.save_recurrence(cast.ineke, series, now)
    series.told.set([cast.ineke, cast.mila])
    draw = random.Random(2016)  # noqa: S311  (the same demo every time)
    for day, told in zip(last_days(series, now), TOLD, strict=True):
        _send(cast, series, day, told, draw)
    slips.forget(now)


def last_days(series: Recurrence, now: dt.datetime) -> list[dt.date]:
    """The last days on which a draft of it was due, oldest first."""
    until = dt.datetime.combine(timezone.localdate(now), dt.time())
    found = days.rule_of(series).between(until - dt.timedelta(days=100), until)
    return [day.date() for day in found][-MONTHS:]


def _send(cast: Cast, series: Recurrence, day: dt.date, told: Told, draw: random.Random) -> None:
    """One month: the draft made on its day, sent the day after, and read."""
    made_at = days.moment_of(series, day)
    issue = repeating.draft(series, day, made_at)
    post = _post(cast, told, made_at - dt.timedelta(days=3))
    issue.preview = told.preview
    actions.save_issue(cast.ineke, issue)
    words = actions.add_block(issue, "text")
    words.heading = "Beste collega’s"
    words.text = told.text.format(
        hearing=settings.PORTAL_URL + reverse("listening:office_hours"),
        live=settings.PORTAL_URL + reverse("live:index"),
    )
    actions.save_block(words)
    actions.add_block(issue, "post", object_key=str(post.key))
    Occurrence.objects.create(recurrence=series, on=day, found=1)
    actions.send_issue(cast.ineke, issue)
    mailing.hand_over(issue)
    issue.refresh_from_db()
    assert issue.mailing is not None
    _deliver(issue.mailing)
    _read(issue, draw)
    _date_back(issue, made_at + dt.timedelta(days=1, hours=2))


def _post(cast: Cast, told: Told, at: dt.datetime) -> Post:
    post = write_post(cast.fatima, PostText(title=told.title, body=told.post))
    publish_post(post, cast.fatima)
    Post.objects.filter(pk=post.pk).update(published_at=at)
    return post


def _deliver(sent: Mailing) -> None:
    """All of it arrived, but for two mailboxes that are gone; no worker sends it once more."""
    token = claims.new_token()
    batch = claims.claim(Lane.BULK, token, limit=claims.MANY)
    assert batch.mailings.keys() == {sent.pk}
    answers = {row.pk: Outcome(Kind.SENT) for row in batch.rows}
    for row in batch.rows[40:220:120]:
        answers[row.pk] = Outcome(Kind.FAILED, GONE)
    claims.settle(token, answers)


def _read(issue: Issue, draw: random.Random) -> None:
    """Readers follow links and say whether it was useful; then the portal counts."""
    links = list(Link.objects.filter(issue=issue, is_for_all=True).order_by("pk"))
    for group in ReaderGroup.objects.filter(issue=issue):
        for _click in range(
            round(group.readers * FOLLOWED.get(group.name, 0.3) * draw.uniform(0.8, 1.2))
        ):
            link = draw.choices(links, [len(links) - at for at in range(len(links))])[0]
            slips.drop_click(link, group)
    readers = list(Person.objects.filter(email__endswith=".example").order_by("pk")[:200])
    for person in draw.sample(readers, draw.randrange(34, 61)):
        slips.drop_answer(person, issue, useful=draw.random() < 0.85)
    slips.count_waiting()


def _date_back(issue: Issue, at: dt.datetime) -> None:
    """All this was then."""
    Issue.objects.filter(pk=issue.pk).update(send_at=at, sent_at=at)
    took = dt.timedelta(seconds=48)
    Mailing.objects.filter(pk__in=[issue.mailing_id]).update(
        created_at=at, started_at=at, finished_at=at + took
    )
    rows = Delivery.objects.filter(mailing=issue.mailing_id).exclude(state=State.QUEUED)
    rows.update(first_tried_at=at, settled_at=at + took, next_attempt_at=at)
