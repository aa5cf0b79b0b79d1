"""A thousand people open a survey of ten questions and answer it within one minute.

They come spread evenly over the minute, as after an invitation; the whole of it runs on the cores
of this machine, database and client included. The ratio is one second over the time that 95 in 100
requests stayed under; an error ends the measurement.
"""

from benchmarks.figures.ballots import vote
from benchmarks.ground import Figure, Ground, tell
from benchmarks.visitors import rush

TARGET = 1.0
PEOPLE = 1_000
SECONDS = 60
P95 = 1.0


def measure(ground: Ground, *, people: int = PEOPLE, seconds: float = SECONDS) -> list[Figure]:
    """One figure; all must have been counted as having taken part within the time."""
    path, sessions = ground.inside("benchmarks.data.ballots:make_survey", people)
    port = ground.serve()
    crowd = [{"sessionid": key} for key in sessions]
    fared = rush(port, crowd, lambda visitor: vote(path, visitor), within=seconds)
    cast = ground.inside("benchmarks.data.ballots:count_participations")
    assert cast == [people, people], f"{cast} of {people} ballots"
    took = people / fared.rate
    tell(f"{people} people in {took:.1f} s, p95 {1000 * fared.p95:.0f} ms a request")
    assert took < seconds + P95, f"it took {took:.1f} s"
    return [Figure("crowd", P95 / fared.p95, TARGET)]
