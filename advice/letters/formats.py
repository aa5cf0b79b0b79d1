"""The kinds of file a letter is written as, by suffix."""

from collections.abc import Callable
from dataclasses import dataclass

from advice.letters import docx, odt, pdf
from advice.letters.tree import Tree


@dataclass(frozen=True)
class Format:
    """How one kind of file is written, and what a browser is told it is."""

    write: Callable[[Tree], bytes]
    media_type: str


FORMATS = {
    "docx": Format(docx.to_docx, docx.MEDIA_TYPE),
    "odt": Format(odt.to_odt, odt.MEDIA_TYPE),
    "pdf": Format(pdf.to_pdf, pdf.MEDIA_TYPE),
}
