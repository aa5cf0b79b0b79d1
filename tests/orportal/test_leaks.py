"""Nothing secret and nothing of a closed group shows on any page a person can reach.

Marker words are planted in everything that can be filed under a secret dossier, and in a secret
group. Then each role follows every link from its start page, and every address that the matrix
tables know of, and looks for the markers (docs/trust.md, promises 4 and 5).
"""

import datetime as dt
import re
from collections import deque

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from dossiers.actions.keeping import add_deadline, add_note
from dossiers.models import Dossier
from groups import actions as groups
from groups.models import Joining, Listing
from listening import actions as listening
from listening.models import ConversationNote, Signal
from live import actions as live
from live.models import QuestionHour
from newsletter import actions as newsletter
from newsletter.mailing import hand_over
from orportal.catalogues import APPS
from outbox.models import Rendering
from people.models import Person
from polls.actions.closing import close_consultation, count_ballots
from polls.actions.opening import open_consultation
from polls.actions.releasing import release_results
from polls.models import Consultation, ReleaseAudience
from tests.blogs.makers import keep_secret, make_comment, make_post
from tests.cast import SignIn
from tests.groups.makers import make_group, make_message, make_thread, write_under_alias
from tests.orportal.test_matrix import table
from tests.polls.ballots import make_consultation, make_people, vote
from tests.polls.rounds import make_open_round

SECRET = "kersenbloesem"
CLOSED = "windmolenpark"
LINK = re.compile(r'(?:href|src|action|hx-get)="(/[^"#]*)')
ENOUGH = 400
"""Pages a role; a crawl that finds more than this is lost, and fails."""

pytestmark = pytest.mark.django_db


@pytest.fixture
def secret_dossier(sanne: Person, fatima: Person, joris: Person) -> Dossier:
    """Everything that can be filed, filed under a dossier that only the chair is exempt for."""
    dossier = Dossier.objects.create(
        title=f"{SECRET} dossier",
        summary=f"{SECRET} summary",
        opened_by=joris,
        advice_due_on=timezone.localdate() + dt.timedelta(days=3),
    )
    add_note(joris, dossier, f"{SECRET} note")
    add_deadline(joris, dossier, title=f"{SECRET} term", due_on=timezone.localdate(), owner=fatima)
    post = make_post(joris, title=f"{SECRET} post", body=f"{SECRET} #{SECRET}", dossier=dossier)
    make_comment(post, sanne, f"{SECRET} comment")
    make_post(joris, title=f"{SECRET} draft", dossier=dossier, published=False)
    voters = make_people(12)
    _running(joris, dossier)
    closed = _running(joris, dossier)
    for person in voters:
        vote(closed, person, {"q1": "c1"})
    close_consultation(closed, joris)
    count_ballots(closed.pk)
    release_results(closed, ReleaseAudience.STAFF, joris)
    for is_over in (False, True):
        round_ = make_open_round(joris, f"{SECRET} statement one says", dossier=dossier)
        Consultation.objects.filter(pk=round_.pk).update(title=f"{SECRET} round")
        for person in voters if is_over else ():
            vote(round_, person, {"s1": "agree", "added": [f"{SECRET} statement was added"]})
        if is_over:
            close_consultation(round_, joris)
            count_ballots(round_.pk)
            release_results(round_, ReleaseAudience.STAFF, joris)
    begins = timezone.now() + dt.timedelta(days=1)
    hour = live.plan(
        QuestionHour(
            title=f"{SECRET} hour",
            starts_at=begins,
            ends_at=begins + dt.timedelta(hours=1),
            dossier=dossier,
        ),
        joris,
    )
    live.announce(hour, joris)
    live.accept(live.ask(hour, f"{SECRET} question", None), joris)
    listening.note_conversation(
        ConversationNote(theme=f"{SECRET} theme", text=SECRET, dossier=dossier), joris
    )
    signal = listening.note_signal(
        Signal(title=f"{SECRET} signal", text=SECRET, source="walk_round", dossier=dossier), joris
    )
    listening.pass_on(signal, joris)
    message, _code = listening.write_anonymously(f"{SECRET} message", SECRET)
    message.dossier = dossier
    message.save()
    _in_newsletters(joris, dossier, str(post.key), str(closed.key), str(hour.key))
    keep_secret(dossier, joris)
    return dossier


def _in_newsletters(by: Person, dossier: Dossier, post: str, poll: str, hour: str) -> None:
    """A draft and an issue that went out, both full of it; what is sent is gone from the outbox."""
    for sends in (False, True):
        issue = newsletter.start_issue(by, "Nieuws")
        newsletter.add_block(issue, "post", object_key=post)
        newsletter.add_block(issue, "consultation", object_key=poll)
        newsletter.add_block(issue, "question-hour", object_key=hour)
        own = newsletter.add_block(issue, "text")
        own.heading, own.text, own.dossier = f"{SECRET} heading", f"{SECRET} words", dossier
        newsletter.save_block(own)
        if sends:
            newsletter.send_issue(by, issue)
            assert hand_over(issue)
            assert SECRET in str(issue.blocks.values_list("snapshot", flat=True))
            issue.refresh_from_db()
            assert issue.mailing is not None
            issue.mailing.deliveries.all().delete()
            issue.mailing.renderings.all().delete()


@pytest.fixture
def closed_group(sanne: Person, omar: Person) -> None:
    """A secret group of two employees, with everything in it marked."""
    group = make_group(
        omar,
        sanne,
        name=f"{CLOSED} group",
        purpose=f"{CLOSED} purpose",
        listing=Listing.UNLISTED,
        joining=Joining.INVITATION,
        alias=True,
    )
    thread = make_thread(group, omar, f"{CLOSED} thread", f"{CLOSED} body")
    message = make_message(thread, sanne, f"{CLOSED} message")
    write_under_alias(thread, sanne, f"{CLOSED} letter")
    groups.report_message(message, omar, f"{CLOSED} report")


def _running(by: Person, dossier: Dossier) -> Consultation:
    draft = make_consultation(by, dossier=dossier)
    draft.title = f"{SECRET} consultation"
    draft.save()
    draft.questionnaire.questions.update(text=f"{SECRET} asked?")
    return open_consultation(draft, by)


def known_addresses() -> set[str]:
    """Every address without arguments that the matrix tables list for reading."""
    found = set()
    for app in APPS:
        for row in table(app).rows:
            if row.method == "GET" and row.thing == "-" and "*" not in row.url:
                try:
                    found.add(reverse(row.url))
                except NoReverseMatch:
                    continue
    return found


def crawl(client: Client) -> dict[str, str]:
    """Path and text of each page that ``client`` reaches by reading only."""
    waiting = deque(["/", *sorted(known_addresses())])
    pages: dict[str, str] = {}
    while waiting:
        path = waiting.popleft().replace("&amp;", "&")
        if path in pages or path.startswith(("/static/", "/accounts/logout")):
            continue
        assert len(pages) < ENOUGH, sorted(pages)
        response = client.get(path)
        content = response.getvalue() if response.streaming else response.content
        pages[path] = content.decode("utf-8", "replace") + str(response.headers)
        if response.get("Location", "").startswith("/"):
            waiting.append(response["Location"])
        if response.get("Content-Type", "").startswith("text/html"):
            waiting.extend(LINK.findall(pages[path]))
    return pages


def showing(pages: dict[str, str], word: str) -> list[str]:
    """The addresses of the pages that show ``word``."""
    return sorted(path for path, text in pages.items() if word in text.lower())


@pytest.mark.long
@pytest.mark.usefixtures("secret_dossier")
def test_a_secret_dossier_shows_to_nobody_who_is_not_exempt(
    sanne: Person,
    fatima: Person,
    ineke: Person,
    bakker: Person,
    wim: Person,
    eva: Person,
    sign_in: SignIn,
) -> None:
    for person in (sanne, fatima, ineke, bakker, wim, eva):
        assert showing(crawl(sign_in(person)), SECRET) == [], person
    assert showing(crawl(Client()), SECRET) == []


@pytest.mark.long
@pytest.mark.usefixtures("secret_dossier")
def test_the_same_crawl_finds_it_where_it_may_be_seen(joris: Person, sign_in: SignIn) -> None:
    assert len(showing(crawl(sign_in(joris)), SECRET)) > 8


@pytest.mark.long
@pytest.mark.usefixtures("closed_group")
def test_a_secret_group_shows_to_nobody_outside_whatever_their_role(
    fatima: Person,
    joris: Person,
    ineke: Person,
    bakker: Person,
    wim: Person,
    sign_in: SignIn,
) -> None:
    for person in (fatima, joris, ineke, bakker, wim):
        assert showing(crawl(sign_in(person)), CLOSED) == [], person


@pytest.mark.long
@pytest.mark.usefixtures("closed_group")
def test_the_same_crawl_finds_the_group_as_a_member(sanne: Person, sign_in: SignIn) -> None:
    assert len(showing(crawl(sign_in(sanne)), CLOSED)) > 1


@pytest.mark.usefixtures("closed_group", "secret_dossier")
def test_no_mail_that_was_queued_says_a_word_of_either() -> None:
    mails = [
        f"{mail.subject} {bytes(mail.body).decode('utf-8', 'replace')}".lower()
        for mail in Rendering.objects.all()
    ]
    assert [mail for mail in mails if SECRET in mail or CLOSED in mail] == []
