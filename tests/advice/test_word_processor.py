"""Letters opened by a real word processor: LibreOffice prints what we wrote, from both files."""

import io
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pypdf
import pytest

from advice.letters.compose import compose
from advice.letters.docx import to_docx
from advice.letters.odt import to_odt
from advice.letters.tree import Heading, Table, Tree
from advice.models import Letter

pytestmark = [pytest.mark.django_db, pytest.mark.services]
A4 = (595, 842)
"""In points."""
MAKERS = [("docx", to_docx), ("odt", to_odt)]


def printed(content: bytes, suffix: str, folder: Path, options: str = "") -> pypdf.PdfReader:
    """The letter as the word processor prints it, with a profile of its own and ``options`` as its
    export filter takes them."""
    letter = folder / f"brief.{suffix}"
    letter.write_bytes(content)
    command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless"]
    form = f"pdf:writer_pdf_Export:{options}" if options else "pdf"
    command += ["--convert-to", form, "--outdir", str(folder), str(letter)]
    done = subprocess.run(
        command,
        check=False,
        capture_output=True,
        timeout=120,
        env={**os.environ, "HOME": str(folder)},
    )
    made = folder / "brief.pdf"
    assert made.exists(), done.stderr.decode()
    return pypdf.PdfReader(io.BytesIO(made.read_bytes()))


@pytest.fixture
def tree(letter: Letter) -> Tree:
    return compose(letter, draft=True)


@pytest.mark.parametrize(("suffix", "write"), MAKERS)
def test_a_word_processor_shows_the_whole_letter_on_a4(
    suffix: str, write: Callable[[Tree], bytes], tree: Tree, tmp_path: Path
) -> None:
    reader = printed(write(tree), suffix, tmp_path)
    for page in reader.pages:
        assert (round(page.mediabox.width), round(page.mediabox.height)) == A4
    text = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    for heading in (block for block in tree.blocks if isinstance(block, Heading)):
        assert heading.text in text
    for table in (block for block in tree.blocks if isinstance(block, Table)):
        for row in table.rows:
            assert row[0] in text
    assert "Bevinding 1. Enquête ‘Nieuwe roosters’" in text
    assert f"Pagina 1 van {len(reader.pages)}" in text
    assert any(page.images for page in reader.pages)
