"""What could point at people in a text: suggested for taking out, confirmed by a person.

It looks at how things are written in Dutch, and knows names from the staff list. It misses some and
takes some too many; ``tests/polls/test_redaction.py`` says how many of its examples.
"""

import re
from collections.abc import Collection, Iterable, Iterator

MAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,8}")
PHONE = re.compile(r"(?<!\d)(?:\+31|0031|0)[\s-]?(?:\(0\)\s?)?\d(?:[\s-]?\d){7,8}(?!\d)")
POSTCODE = re.compile(
    r"\b[1-9]\d{3}\s?(?!(?:OR|HR|IT)\b)[A-Z]{2}\b"
    r"|\b[1-9]\d{3}(?!km|kg|mm|cm|ml|pk)[a-z]{2}\b"
)

WORD = r"[A-ZÀ-Ý][\w’']{1,40}"
INFIX = r"(?:[Vv]an|[Vv]on|[Dd]er|[Dd]en|[Dd]e|[Hh]et|[’']t|[Ii]n|[Oo]p|[Aa]an|[Tt]er|[Tt]en|[Tt]e)"

STREET = (
    r"(?:straat|laan|weg|plein|gracht|kade|dijk|singel|hof|dreef|steeg|pad|plantsoen|baan|markt"
    r"|park|ring|wal|haven|kamp|veld|akker|erf|zoom|boulevard|allee|brink|plaats|meent|donk)"
)
NO_STREET = r"(?!(?:Onderweg|Snelweg|Vliegveld|Vakantiepark|Werkplaats|Loopbaan)\b)"
BEFORE = (
    r"(?:Burgemeester|Burg\.|Professor|Prof\.|Dokter|Dr\.|Pastoor|Koningin|Koning|Prinses|Prins"
    r"|Generaal|Admiraal|Sint|St\.|Nieuwe|Oude|Grote|Kleine|Korte|Lange|Hoge|Lage|Eerste|Tweede)"
)
NUMBER = (
    r"\d{1,4}(?!\d|:)(?:\s?-?(?:bis|hs|[a-zA-Z])\b)?(?:\s?[-/]\s?\d{1,4}\b)?"
    r"(?!\s*(?:%|[.,]\d|euro|keer|maal|uur|minu|dag|wek|week|maand|jaar|mens|colleg|km\b|meter))"
)
ADDRESS = re.compile(
    rf"\b(?:(?:{BEFORE}|(?!{INFIX}\b){WORD}(?=\s{INFIX}\s))\s(?:{INFIX}\s){{0,3}})?{NO_STREET}"
    rf"[A-ZÀ-Ý][\w’'.-]{{0,40}}{STREET}\s{NUMBER}"
    rf"|\b{BEFORE}\s(?i:{STREET})\s{NUMBER}"
    rf"|\b(?:Laan|Plein|Weg|Kade|Park|Hof)\s(?:{INFIX}\s){{1,3}}{WORD}(?:\s{WORD}){{0,3}}\s{NUMBER}"
    r"|\b[Pp]ostbus\s\d{1,6}\b"
)
HYPHENED = rf"{WORD}(?:-(?:{INFIX}\s){{0,3}}{WORD})?"
TITLED = re.compile(
    r"\b((?:[Mm]evrouw|[Mm]evr\.?|[Mm]w\.?|[Mm]eneer|[Dd]hr\.?|[Dd]e heer|[Dd]okter|[Dd]r\.|"
    rf"[Zz]uster|[Bb]roeder)\s)(?:{INFIX}\s){{0,3}}{HYPHENED}"
)
"""Whoever is spoken of with a title, on the staff list or not."""
INFIXED = re.compile(rf"\b[Vv]an\s(?:der|den|[’']t)\s{HYPHENED}")
"""Hardly anything but a surname is written so."""
RUN = re.compile(
    rf"{WORD}(?:[\s-](?:(?:{INFIX}|[EeAa]l|[Bb]en|[Ll]a|[Ll]e)\s){{0,3}}{WORD}){{0,7}}"
)
"""Words with a capital that may belong together: Jansen-de Vries, El Amrani."""
MOST_WORDS = 4
TOGETHER = re.compile(r"\[naam\](?:[\s-]+\[naam\])+")


def names_in(text: str) -> set[str]:
    """What in ``text`` may be the name of somebody, as a staff list would write it."""
    return {name for run in RUN.findall(text) for name in _parts(run)}


def suggest(text: str, names: Collection[str]) -> str:
    """``text`` with addresses, numbers and ``names`` (of people here) replaced by what they are.

    ``names`` are first names and surnames; a surname with its infix is one name.
    """
    text = MAIL.sub("[mailadres]", text)
    text = ADDRESS.sub("[adres]", text)
    text = PHONE.sub("[telefoonnummer]", text)
    text = POSTCODE.sub("[postcode]", text)
    text = TITLED.sub(r"\1[naam]", text)
    text = INFIXED.sub("[naam]", text)
    for pattern in _patterns(names):
        text = pattern.sub("[naam]", text)
    return TOGETHER.sub("[naam]", text)


def _parts(run: str) -> Iterator[str]:
    """Every few words in a row, as written, without what makes it a possessive, and with capitals
    as names have them."""
    words = re.split(r"(\s+|-)", run)
    for start in range(0, len(words), 2):
        for end in range(start + 1, min(len(words), start + 2 * MOST_WORDS) + 1, 2):
            written = "".join(words[start:end])
            for name in (written, _without_possessive(written)):
                yield name
                if name.isupper():
                    yield name.title()


def _without_possessive(name: str) -> str:
    return re.sub(r"(?:[’']s|[’']|s)$", "", name)


def _patterns(names: Iterable[str]) -> Iterator[re.Pattern[str]]:
    """One for all names: the longest first, in capitals too, and with a possessive."""
    found = sorted({name for name in names if name}, key=lambda name: (-len(name), name))
    if not found:
        return
    either = "|".join(_written(name) for name in found)
    yield re.compile(rf"(?<![\w-])(?:{either})(?:[’']s|s|[’'])?(?![\w-])")


def _written(name: str) -> str:
    """``name`` as a pattern: an infix with or without a capital, the whole in capitals."""
    first, rest = name[0], name[1:]
    start = f"[{first.lower()}{first.upper()}]" if first.islower() else re.escape(first)
    return f"{start}{re.escape(rest)}|{re.escape(name.upper())}"
