"""A signed-in person opens and submits a poll, 32 at a time; beside one INSERT.

Ours holds sign-in, electorate, one vote each, urn and receipt. The limit is a ready-made
form page and one validated INSERT with CSRF on, in the same web server and PostgreSQL.
"""

from statistics import median

from benchmarks.ground import Figure, Ground, tell
from benchmarks.visitors import Rush, Visitor, rush

TARGET = 0.5
ROUNDS = 3
CROWD = 1_000
LIMIT_SETTINGS = "benchmarks.limit.settings"


def measure(ground: Ground) -> list[Figure]:
    """The median of some rounds, ours and the limit's by turns."""
    ground.inside("benchmarks.limit.tables:make", settings=LIMIT_SETTINGS)
    path, sessions = ground.inside("benchmarks.data.ballots:make_poll", ROUNDS * CROWD)
    ours = ground.serve()
    limit = ground.serve("benchmarks.limit.wsgi:application", DJANGO_SETTINGS_MODULE=LIMIT_SETTINGS)

    async def vote(visitor: Visitor) -> None:
        page = await visitor.get(path)
        done = await visitor.post(path, {**page.hidden(), "q1": "c1", "go": "send"})
        assert (page.status, done.status) == (200, 200), (page.status, done.status)

    async def insert(visitor: Visitor) -> None:
        page = await visitor.get("/")
        done = await visitor.post("/", {**page.hidden(), "choice": "c1"})
        assert (page.status, done.status) == (200, 302), (page.status, done.status)

    rush(limit, [{}] * 200, insert)  # warm
    fared: list[tuple[Rush, Rush]] = []
    for number in range(ROUNDS):
        crowd = sessions[number * CROWD : (number + 1) * CROWD]
        least = rush(limit, [{}] * CROWD, insert)
        fared.append((rush(ours, [{"sessionid": each} for each in crowd], vote), least))
        done = fared[-1][0]
        tell(f"{done.rate:.0f} ballots/s, p95 {done.p95:.2f} s; {least.rate:.0f} INSERTs/s")
    cast = ground.inside("benchmarks.data.ballots:count_participations")
    assert cast == ROUNDS * CROWD, f"{cast} of {ROUNDS * CROWD} ballots"
    ratio = median(each.rate for each, _ in fared) / median(each.rate for _, each in fared)
    return [Figure("ballots", ratio, TARGET)]
