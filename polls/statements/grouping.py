"""Opinion groups: people who vote alike, found by PCA and k-means. Runs in the worker only.

The way of Polis (Small, Bjorkegren, Erkkilä, Shaw, Megill, "Polis: Scaling deliberation by mapping
high dimensional opinion spaces", Recerca 26(2), 2021), by scikit-learn: a vote is 1, -1 or 0; what
somebody did not vote on is filled in with the mean; two principal components; who voted on few
statements is scaled outward by the square root of (statements / votes), since filling in pulls
toward the middle; k-means on that plane, with the number of groups (2 to 5) whose silhouette is
best. Ours besides: no group smaller than the threshold, and no groups at all where the first
component explains no more than it does in shuffled votes (parallel analysis, Horn 1965).

The same votes give the same groups, in whatever order they come: rows are sorted first, the seeds
are fixed, and sums run in one thread.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from polls.statements.shapes import AGREE, DISAGREE, PASS, Ellipse

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

VALUE = {AGREE: 1.0, DISAGREE: -1.0, PASS: 0.0}
LEAST_VOTES = 7
"""Who voted on fewer is not placed (Polis: the same); in a short round, on fewer than half of it,
so that one statement added late does not leave out all who voted before."""
MOST_GROUPS = 5
SHUFFLES = 20
SAMPLED = 4_000
"""The silhouette of a larger round is that of so many of its voters."""
NAMES = "ABCDE"
SEED = 1965
SPREAD = 1.5
STEP = 2
TURN = 5

Votes = dict[str, str]


@dataclass(frozen=True)
class Grouping:
    """Group of each voter by place ("" for who is not placed), and the map.

    ``pull[code]`` is how strongly agreeing with a statement points right and up.
    """

    labels: list[str]
    ellipses: dict[str, Ellipse] = field(default_factory=dict)
    pull: dict[str, tuple[float, float]] = field(default_factory=dict)


def find_groups(ballots: Sequence[Votes], codes: Sequence[str], least: int) -> Grouping:
    """The groups among ``ballots`` (``{"s1": "agree"}``) on the statements ``codes``.

    No group is smaller than ``least``; those who are not placed are none, or at least as many.
    """
    nobody = Grouping([""] * len(ballots))
    if len(codes) < 2 or len(ballots) < 2 * least:
        return nobody
    # 2.5 s and 100 MB to import: never in a web process.
    from threadpoolctl import threadpool_limits

    with threadpool_limits(1):
        return _find(ballots, codes, least) or nobody


def _find(ballots: Sequence[Votes], codes: Sequence[str], least: int) -> Grouping | None:
    import numpy as np

    rows = np.array(
        [[VALUE.get(ballot.get(code, ""), np.nan) for code in codes] for ballot in ballots]
    )
    given = (~np.isnan(rows)).sum(axis=1)
    enough = np.flatnonzero(given >= min(LEAST_VOTES, (len(codes) + 1) // 2))
    if len(enough) < 2 * least:
        return None
    enough = enough[np.lexsort(np.nan_to_num(rows[enough], nan=9.0).T)]
    plane = _Plane(rows[enough])
    if plane.is_flat or not plane.is_structured:
        return None
    chosen = _best_division(plane.points, least)
    if chosen is None:
        return None
    centres, found = _named(plane.points, chosen)
    labels = np.full(len(ballots), "", dtype="<U1")
    labels[enough] = found
    rest = np.flatnonzero((labels == "") & (given > 0))
    if 0 < len(rest) < least:  # too few to stand apart: each to the group it is nearest to
        apart = np.linalg.norm(plane.place(rows[rest])[:, None] - centres[None], axis=2)
        labels[rest] = np.array(list(NAMES))[apart.argmin(axis=1)]
    pull = {code: (float(x), float(y)) for code, x, y in zip(codes, *plane.components, strict=True)}
    return Grouping([str(label) for label in labels], _ellipses(plane.points, found), pull)


class _Plane:
    """The two directions in which votes differ most, and everyone's place in them."""

    def __init__(self, rows: Floats) -> None:
        import numpy as np
        from sklearn.decomposition import PCA

        self.given = ~np.isnan(rows)
        times = np.maximum(self.given.sum(axis=0), 1)
        self.means = np.nan_to_num(rows).sum(axis=0) / times
        self.filled = np.where(self.given, rows, self.means)
        self.is_flat = float(self.filled.var(axis=0).sum()) < 1e-9  # all voted alike
        if self.is_flat:
            return
        pca = PCA(n_components=2, svd_solver="full").fit(self.filled)
        self.variance = float(pca.explained_variance_[0])
        # A component's sign is arbitrary: the statement that pulls most pulls right, or up.
        strongest = np.abs(pca.components_).argmax(axis=1)
        signs = np.sign(pca.components_[[0, 1], strongest])
        self.components: Floats = pca.components_ * np.where(signs == 0, 1, signs)[:, None]
        self.points = self.place(rows)

    def place(self, rows: Floats) -> Floats:
        """Where voters stand: (n, 2)."""
        import numpy as np

        given = ~np.isnan(rows)
        filled = np.where(given, rows, self.means)
        stretch = np.sqrt(rows.shape[1] / np.maximum(given.sum(axis=1), 1))
        placed: Floats = (filled - self.means) @ self.components.T * stretch[:, None]
        return placed

    @property
    def is_structured(self) -> bool:
        """Whether the first direction explains more than in votes shuffled within statements."""
        import numpy as np
        from sklearn.decomposition import PCA

        luck = np.random.default_rng(SEED)
        by_chance = []
        for _time in range(SHUFFLES):
            shuffled = self.filled.copy()
            for at in range(shuffled.shape[1]):
                places = np.flatnonzero(self.given[:, at])
                shuffled[places, at] = self.filled[luck.permutation(places), at]
            fitted = PCA(n_components=1, svd_solver="full").fit(shuffled)
            by_chance.append(float(fitted.explained_variance_[0]))
        return self.variance > max(by_chance)


def _best_division(points: Floats, least: int) -> NDArray[np.int64] | None:
    """The k-means division of the best silhouette in which every group has ``least`` members."""
    import numpy as np
    from sklearn.cluster import KMeans
    from sklearn.metrics import silhouette_score

    best: tuple[float, Any] | None = None
    # Who voted alike stands on one point; what arithmetic leaves behind the comma parts nobody.
    points = points.round(9)
    distinct = len(np.unique(points, axis=0))
    for k in range(2, MOST_GROUPS + 1):
        if distinct < k or len(points) < k * least:
            break
        found = KMeans(n_clusters=k, n_init=10, random_state=SEED).fit_predict(points)
        if np.bincount(found, minlength=k).min() < least:
            continue
        sample = SAMPLED if len(points) > SAMPLED else None
        score = float(silhouette_score(points, found, sample_size=sample, random_state=SEED))
        if best is None or score > best[0]:
            best = score, found
    return None if best is None else best[1]


def _named(points: Floats, found: NDArray[np.int64]) -> tuple[Floats, NDArray[np.str_]]:
    """Middle of each group and name of each point: A is the largest, then from left to right."""
    import numpy as np

    k = int(found.max()) + 1
    centres = np.array([points[found == at].mean(axis=0) for at in range(k)])
    sizes = np.bincount(found, minlength=k)
    order = sorted(range(k), key=lambda at: (-sizes[at], *centres[at].round(6)))
    names = np.empty(k, dtype="<U1")
    names[order] = list(NAMES[:k])
    return centres[order], names[found]


def _ellipses(points: Floats, found: NDArray[np.str_]) -> dict[str, Ellipse]:
    """Mean and spread of each group, on one scale, in steps too coarse to hold one person."""
    import numpy as np

    scale = 20.0 / max(float(points.std(axis=0).max()), 1e-9)
    made = {}
    for name in sorted(set(found.tolist())):
        members = points[found == name] * scale
        x, y = members.mean(axis=0)
        values, vectors = np.linalg.eigh(np.cov(members.T))
        long, short = SPREAD * np.sqrt(np.maximum(values[::-1], 0))
        turn = np.degrees(np.arctan2(vectors[1, 1], vectors[0, 1])) % 180
        made[name] = Ellipse(
            _rounded(float(np.clip(x, -48, 48)), STEP),
            _rounded(float(np.clip(y, -48, 48)), STEP),
            max(_rounded(float(long), STEP), 3 * STEP),
            max(_rounded(float(short), STEP), 2 * STEP),
            _rounded(float(turn), TURN) % 180,
        )
    return made


def _rounded(value: float, step: int) -> int:
    return round(value / step) * step
