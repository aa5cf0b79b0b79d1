"""A newsletter to half a million: queued, sent for a while, and watched meanwhile.

Three figures, each a limit over what was measured: queueing all of them within 30 seconds, a look
at the progress within 100 ms (the middle one) while workers send, and 80 MB a worker, which must
not grow with the mails it sends. Every twentieth mail failed before, each with a reason of its own,
so the page has much to group. How fast mails go is ``newsletter``'s business.
"""

import http.client
import time
from statistics import median

from benchmarks.figures.newsletter import peak_memory, processes_of, start_worker
from benchmarks.ground import Figure, Ground, tell
from tests.plugins.sink import Sink

TARGET = 1.0
READERS = 500_000
QUEUEING = 30.0
PAGE = 0.1
MEMORY = 80.0
GROWTH = 2.0
"""Megabytes that a worker may gain while it sends most of what it sends here."""
SECONDS = 40.0
WARM = 10.0
"""Seconds after which a worker has seen all kinds of work."""


def measure(ground: Ground, *, readers: int = READERS, seconds: float = SECONDS) -> list[Figure]:
    """The three."""
    ground.inside("benchmarks.data.newsletter:make_crowd", readers)
    key = ground.inside("benchmarks.data.newsletter:make_issue")
    queued = ground.inside("benchmarks.data.newsletter:queue", key)
    assert queued["rows"] >= readers
    took, memory = queued["seconds"], queued["memory"]
    tell(f"{queued['rows']} recipients queued in {took:.1f} s, {memory:.0f} MB")
    ground.inside("benchmarks.data.newsletter:fail_some", queued["mailing"])
    watcher = ground.inside("benchmarks.data.newsletter:watcher", key)
    sink = Sink(ground.folder)
    workers = [start_worker(ground, sink, number) for number in range(2)]
    port = ground.serve()
    try:
        look(port, watcher["path"], watcher["session"])
        ground.inside("benchmarks.data.newsletter:start")
        spent, warm, began = [], 0.0, time.monotonic()
        while (elapsed := time.monotonic() - began) < seconds:
            spent.append(look(port, watcher["path"], watcher["session"]))
            if elapsed >= WARM and not warm:
                warm = max(map(peak_memory, processes_of(workers)))
            time.sleep(0.25)
        peak = max(map(peak_memory, processes_of(workers)))
        sent = len(sink.taken())
        ground.inside("benchmarks.data.newsletter:stop", queued["mailing"])
    finally:
        sink.stop()
    page, slow = median(spent), sorted(spent)[len(spent) * 19 // 20]
    told = f"{1000 * page:.0f} ms, 19 in 20 within {1000 * slow:.0f} ms"
    tell(f"{sent} sent meanwhile; {len(spent)} looks at the progress: {told}")
    tell(f"{peak:.0f} MB a worker at most, {warm:.0f} MB after {WARM:.0f} s")
    assert sent > 1000, "the workers sent next to nothing"
    assert peak - warm <= GROWTH, "a worker grows with what it sends"
    return [
        Figure("mass-queueing", QUEUEING / took, TARGET),
        Figure("mass-progress", PAGE / page, TARGET),
        Figure("mass-memory", MEMORY / peak, TARGET),
    ]


def look(port: int, path: str, session: str) -> float:
    """Seconds that the part of the page that refreshes itself took."""
    client = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    began = time.perf_counter()
    headers = {"Host": "localhost", "Cookie": f"sessionid={session}", "HX-Request": "true"}
    client.request("GET", path, headers=headers)
    answer = client.getresponse()
    words = answer.read()
    took = time.perf_counter() - began
    assert answer.status == 200, answer.status
    assert b'id="progress"' in words
    client.close()
    return took
