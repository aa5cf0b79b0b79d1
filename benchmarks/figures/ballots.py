"""A signed-in person opens and submits a survey of ten questions, 32 at a time; beside one INSERT.

Ours holds sign-in, electorate, one vote each, urn and receipt. The limit is a ready-made page with
the same ten questions, and one validated INSERT of the same answers with CSRF on. Both run in the
same web server on the same PostgreSQL, are asked by the same client over kept connections, and take
turns of a second or two, so that what else the machine does meets both.
"""

from statistics import median

from benchmarks.ground import Figure, Ground, tell
from benchmarks.visitors import Rush, Visit, Visitor, rush

TARGET = 0.5
ROUNDS = 7
CROWD = 600
LIMIT_SETTINGS = "benchmarks.limit.settings"
TEXT = "Het rooster komt te laat, en ruilen kost te veel gepraat. Verder gaat het goed."
ANSWERS = {
    **{"q1": "c1", "q2": "c2", "q3": "c1", "q4": "yes", "q5": "4"},
    **{"q6": "2", "q7": "c3", "q8": "12", "q9": "Rust", "q10": TEXT},
}


def vote(path: str, visitor: Visitor) -> Visit:
    """Open the survey at ``path`` and send it."""
    page = yield visitor.get(path)
    done = yield visitor.post(path, {**page.hidden(), **ANSWERS, "go": "send"})
    assert (page.status, done.status) == (200, 200), (page.status, done.status)
    assert b'id="receipt-code"' in done.body


def insert(visitor: Visitor) -> Visit:
    """The same at the limit."""
    page = yield visitor.get("/")
    done = yield visitor.post("/", {**page.hidden(), **ANSWERS})
    assert (page.status, done.status) == (200, 302), (page.status, done.status)


def measure(ground: Ground, *, rounds: int = ROUNDS, crowd: int = CROWD) -> list[Figure]:
    """The median of the rounds' ratios, after one that warms both up."""
    ground.inside("benchmarks.limit.tables:make", settings=LIMIT_SETTINGS)
    path, sessions = ground.inside("benchmarks.data.ballots:make_survey", (rounds + 1) * crowd)
    ours = ground.serve()
    limit = ground.serve("benchmarks.limit.wsgi:application", DJANGO_SETTINGS_MODULE=LIMIT_SETTINGS)
    fared: list[tuple[Rush, Rush]] = []
    for number in range(rounds + 1):
        people = [{"sessionid": key} for key in sessions[number * crowd : (number + 1) * crowd]]
        least = rush(limit, [{}] * crowd * 2, insert)
        done = rush(ours, people, lambda visitor: vote(path, visitor))
        fared.append((done, least))
        tell(
            f"{done.rate:.0f} ballots/s, p95 {1000 * done.p95:.0f} ms, {least.rate:.0f} INSERTs/s;"
            f" the client took {done.client:.2f} and {least.client:.2f} of a core"
        )
    cast = ground.inside("benchmarks.data.ballots:count_participations")
    assert cast == [(rounds + 1) * crowd] * 2, f"{cast} of {(rounds + 1) * crowd} ballots"
    ratio = median(done.rate / least.rate for done, least in fared[1:])
    return [Figure("ballots", ratio, TARGET)]
