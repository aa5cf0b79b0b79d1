"""Themes suggested in a pile of Dutch answers: groups of texts that use the same telling words.

Words are stemmed as Dutch, weighed by TF-IDF, and factored into non-negative parts: a soft
clustering, because one answer often holds two themes. The start of the factoring follows from the
data and no chance is involved, so the same texts give the same themes, in whatever order they come.
Pure; scikit-learn is loaded here only when it is used, which is in a worker.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from polls.stopwords import STOPWORDS

LEAST_TEXTS = 8
"""Below this, reading is quicker than suggesting."""
LEAST_IN_THEME = 3
MOST_THEMES = 12
MOST_TEXTS = 5_000
"""Clustered at once; the first by alphabet stand for the rest."""
TELLING = 3
"""So many words name a theme."""
STRONG = 0.34
"""The part of an answer's weight that must lie in a theme for the answer to stand under it."""
WORD = re.compile(r"[^\W\d_]{3,}")


@dataclass(frozen=True)
class Suggestion:
    """A theme that may be there: its telling words, and the places of its texts in the input,
    most typical first."""

    words: tuple[str, ...]
    members: tuple[int, ...]

    @property
    def name(self) -> str:
        """The telling words as a working title."""
        return ", ".join(self.words)


@dataclass(frozen=True)
class _Parts:
    """A factoring: for each text its weight in each theme, and for each theme its stems, the most
    telling first, with their weights."""

    texts: list[list[float]]
    stems: list[list[tuple[str, float]]]


def suggest_themes(texts: Sequence[str]) -> list[Suggestion]:
    """Themes in ``texts``, the largest first; none for fewer than eight texts that say something.

    The same texts give the same themes, whatever their order.
    """
    order = sorted(range(len(texts)), key=lambda place: (texts[place], place))[:MOST_TEXTS]
    stemmed = [stems_of(texts[place]) for place in order]
    spoken = [at for at, stems in enumerate(stemmed) if stems]
    if len(spoken) < LEAST_TEXTS:
        return []
    documents = [stemmed[at] for at in spoken]
    parts = _factored(documents)
    if parts is None:
        return []
    surface = _surface_forms(texts[order[at]] for at in spoken)
    found = []
    for theme, stems in enumerate(parts.stems):
        telling = [stem for stem, _weight in stems[:8]]
        members = [
            (row[theme], order[spoken[at]])
            for at, row in enumerate(parts.texts)
            if sum(row) and row[theme] / sum(row) >= STRONG and set(telling) & set(documents[at])
        ]
        if len(members) >= LEAST_IN_THEME:
            members.sort(key=lambda pair: (-round(pair[0], 9), texts[pair[1]], pair[1]))
            words = tuple(surface[stem] for stem in telling[:TELLING])
            found.append(Suggestion(words, tuple(place for _weight, place in members)))
    return sorted(found, key=lambda each: (-len(each.members), each.words))


def stems_of(text: str) -> list[str]:
    """The stems of the words of ``text`` that say something, in their order."""
    stem = _stemmer().stemWord
    return [stem(word) for word in WORD.findall(text.lower()) if word not in STOPWORDS]


def _factored(documents: list[list[str]]) -> _Parts | None:
    import numpy as np
    from sklearn.decomposition import NMF
    from sklearn.feature_extraction.text import TfidfVectorizer

    known = Counter(stem for document in documents for stem in set(document))
    telling = sorted(stem for stem, count in known.items() if 2 <= count <= 0.6 * len(documents))
    if len(telling) < 2:
        return None
    weigh = TfidfVectorizer(analyzer=list, vocabulary=telling, sublinear_tf=True)
    weights = weigh.fit_transform(documents)
    themes = min(MOST_THEMES, round(len(documents) ** 0.5), len(telling))
    model = NMF(n_components=themes, init="nndsvd", random_state=0, max_iter=600, tol=1e-5)
    # Where the parts fit exactly, the library takes the root of a rest that rounding made negative.
    with np.errstate(invalid="ignore"):
        rows = model.fit_transform(weights)
    stems = [
        sorted(
            ((telling[at], float(weight)) for at, weight in enumerate(part) if weight > 0),
            key=lambda pair: (-round(pair[1], 9), pair[0]),
        )
        for part in model.components_
    ]
    scale = [sum(weight for _stem, weight in part) or 1.0 for part in stems]
    return _Parts([[float(w) * s for w, s in zip(row, scale, strict=True)] for row in rows], stems)


def _surface_forms(texts: Any) -> dict[str, str]:
    """For each stem the word people write most, the shortest of those written equally often."""
    stem = _stemmer().stemWord
    written: dict[str, Counter[str]] = defaultdict(Counter)
    for text in texts:
        for word in WORD.findall(text.lower()):
            if word not in STOPWORDS:
                written[stem(word)][word] += 1
    return {
        each: min(words, key=lambda word: (-words[word], len(word), word))
        for each, words in written.items()
    }


@lru_cache(maxsize=1)
def _stemmer() -> Any:
    import snowballstemmer

    return snowballstemmer.stemmer("dutch")
