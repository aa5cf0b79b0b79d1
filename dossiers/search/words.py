"""What somebody typed in the search box, read as words to find, phrases, and words to leave out."""

import re
from dataclasses import dataclass

LONGEST = 200
"""Characters of a question that are read; the rest is left off."""
MOST_WORDS = 12
SHORTEST_BEGINNING = 4
"""From how many letters on a word also finds longer words: *rooster* finds *roosterwijziging*.

Dutch writes compounds as one word. Shorter ones would find too much.
"""

_TERM = re.compile(r"(?P<out>(?<!\S)-)?(?:\"(?P<phrase>[^\"]*)\"|(?P<word>[^\s\"]+))")
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")


@dataclass(frozen=True)
class Term:
    """One word, or the words of a phrase in their order; ``is_out``: must not be there."""

    words: tuple[str, ...]
    is_out: bool = False

    @property
    def is_beginning(self) -> bool:
        """Whether it also finds words that begin with it."""
        one = len(self.words) == 1 and not self.is_out
        return one and len(self.words[0]) >= SHORTEST_BEGINNING

    @property
    def text(self) -> str:
        """As it is typed."""
        return " ".join(self.words)


@dataclass(frozen=True)
class Question:
    """Everything that must be there, and what must not."""

    terms: tuple[Term, ...]

    @property
    def wanted(self) -> tuple[Term, ...]:
        """What must be there."""
        return tuple(term for term in self.terms if not term.is_out)

    @property
    def phrases(self) -> tuple[Term, ...]:
        """What must be there in exactly these words; full text alone passes over "de" and "het"."""
        return tuple(term for term in self.wanted if len(term.words) > 1)

    def __bool__(self) -> bool:
        """Whether anything is asked for: leaving out alone would find the whole portal."""
        return bool(self.wanted)


def read(typed: str) -> Question:
    """The question in ``typed``: words (all of them), "phrases", and -words to leave out."""
    terms = []
    for match in _TERM.finditer(typed[:LONGEST]):
        is_phrase = match["phrase"] is not None
        words = tuple(_WORD.findall((match["phrase"] if is_phrase else match["word"]) or ""))
        if not words:
            continue
        is_out = bool(match["out"])
        if is_phrase or is_out:
            terms.append(Term(words, is_out))
        else:
            terms += [Term((word,)) for word in words]
    return Question(tuple(terms[:MOST_WORDS]))
