"""The council's results page of twenty questions, beside the bare GROUP BYs over the same ballots.

The page is asked for over HTTP by a signed-in chair and holds every figure, picture and table.
The limit is twenty ``SELECT answer, count(*) ... GROUP BY answer`` over a flat table of the ballots
on one open connection to the same PostgreSQL. Both take turns; the ratio is of medians.
"""

import time
from contextlib import closing
from statistics import median
from urllib.request import Request, urlopen

import psycopg2

from benchmarks.ground import Figure, Ground, tell

TARGET = 0.33
SIZES = (1_000, 10_000, 100_000)
ROUNDS = 15
QUESTIONS = 20


def measure(ground: Ground, *, sizes: tuple[int, ...] = SIZES) -> list[Figure]:
    """One figure for each number of ballots; the number of queries must not depend on it."""
    surveys = {size: ground.inside("benchmarks.data.answers:make_results", size) for size in sizes}
    queries = {
        ground.inside("benchmarks.data.answers:count_queries", survey["key"])
        for survey in surveys.values()
    }
    assert len(queries) == 1, f"{queries} queries"
    port = ground.serve()
    figures = []
    with closing(psycopg2.connect(ground.database_url)) as limit:
        limit.autocommit = True
        for size, survey in surveys.items():
            ours, least = [], []
            for _round in range(ROUNDS):
                ours.append(_page(port, survey))
                least.append(_group(limit, f"flat_{size}"))
            tell(
                f"{size} ballots: the page {1000 * median(ours):.1f} ms, {queries.copy().pop()}"
                f" queries for its figures; the GROUP BYs {1000 * median(least):.1f} ms"
            )
            figures.append(Figure(f"results-{size}", median(least[2:]) / median(ours[2:]), TARGET))
    return figures


def _page(port: int, survey: dict[str, str]) -> float:
    began = time.perf_counter()
    cookie = {"Cookie": f"sessionid={survey['session']}"}
    with urlopen(Request(f"http://localhost:{port}{survey['path']}", headers=cookie)) as answer:
        body = answer.read().decode()
    assert body.count('id="uitslag-') == QUESTIONS, body[:500]
    return time.perf_counter() - began


def _group(limit: "psycopg2.extensions.connection", table: str) -> float:
    began = time.perf_counter()
    with limit.cursor() as cursor:
        for at in range(QUESTIONS):
            cursor.execute(f"SELECT c{at}, count(*) FROM {table} GROUP BY 1")
            assert len(cursor.fetchall()) == 4
    return time.perf_counter() - began
