"""The line under a result: the part of a text around the words that were asked for, marked."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString

from dossiers import markdown
from dossiers.search.words import Question

if TYPE_CHECKING:
    from collections.abc import Callable

LENGTH = 240
"""Characters of an excerpt, about."""
READ = 40_000
"""Characters of a text that are looked through for one."""

_WORD = re.compile(r"[^\W_]+")
_CITATION = re.compile(r"\[\[[^\]]*\]\]")


class Marker:
    """Finds the words of one question in texts, also where they are inflected."""

    def __init__(self, question: Question) -> None:
        self._plain = {fold(word) for term in question.wanted for word in _parts(term.words)}
        self._beginnings = tuple(
            fold(word)
            for term in question.wanted
            if term.is_beginning
            for word in _parts(term.words)
        )

    @cached_property
    def _stemmers(self) -> list[Any]:
        import snowballstemmer

        return [snowballstemmer.stemmer(language) for language in ("dutch", "english")]

    @cached_property
    def _stems(self) -> set[str]:
        return {stem for word in self._plain for stem in self._stems_of(word)}

    @cached_property
    def _openings(self) -> tuple[str, ...]:
        """How a word must begin to be worth the stemming, which is slow."""
        return tuple(word[:3] for word in self._plain)

    def _stems_of(self, word: str) -> Iterator[str]:
        for stemmer in self._stemmers:
            yield stemmer.stemWord(word)

    def is_asked(self, word: str) -> bool:
        """Whether ``word`` is one of those, inflected, or a compound with one of them."""
        folded = fold(word)
        if folded in self._plain:
            return True
        if any(word in folded for word in self._beginnings):
            return True
        if not folded.startswith(self._openings):
            return False
        begun = folded.startswith(self._long_stems)
        return begun or not self._stems.isdisjoint(self._stems_of(folded))

    @cached_property
    def _long_stems(self) -> tuple[str, ...]:
        """Stems that a longer word may begin with."""
        stems = (stem for word in self._beginnings for stem in self._stems_of(word))
        return tuple(stem for stem in stems if len(stem) > 3)

    def mark(self, text: str) -> SafeString:
        """The whole of ``text``, escaped, its asked words in ``<mark>``."""
        return _joined(self._pieces(text))

    def excerpt(self, text: str) -> SafeString:
        """About ``LENGTH`` characters around the first place where most asked words stand."""
        words = " ".join(markdown.to_text(_CITATION.sub("", text[:READ])).split())
        begin, end = self._window(words)
        cut = words[begin:end].strip()
        before = "… " if begin else ""
        after = " …" if end < len(words) else ""
        return format_html("{}{}{}", before, self.mark(cut), after)

    def _window(self, text: str) -> tuple[int, int]:
        if len(text) <= LENGTH:
            return 0, len(text)
        places = [match.start() for match in _WORD.finditer(text) if self.is_asked(match.group())]
        within = LENGTH - 60
        start = max(
            places,
            key=lambda place: sum(place <= other < place + within for other in places),
            default=0,
        )
        begin = max(0, start - 60)
        if begin:
            begin = text.find(" ", begin) + 1 or begin
        end = min(len(text), begin + LENGTH)
        if end < len(text):
            end = max(text.rfind(" ", begin, end), begin + LENGTH // 2)
        return begin, end

    def _pieces(self, text: str) -> Iterator[tuple[bool, str]]:
        last = 0
        for match in _WORD.finditer(text):
            if self.is_asked(match.group()):
                yield False, text[last : match.start()]
                yield True, match.group()
                last = match.end()
        yield False, text[last:]


def fold(word: str) -> str:
    """Without capitals and accents, as the stemmers read a word."""
    apart = unicodedata.normalize("NFKD", word.casefold())
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


def _parts(words: tuple[str, ...]) -> Iterator[str]:
    for word in words:
        yield from _WORD.findall(word)


def _joined(pieces: Iterator[tuple[bool, str]]) -> SafeString:
    put: Callable[[bool, str], SafeString] = lambda asked, text: (  # noqa: E731
        format_html("<mark>{}</mark>", text) if asked else conditional_escape(text)
    )
    return format_html_join("", "{}", ((put(asked, text),) for asked, text in pieces))
