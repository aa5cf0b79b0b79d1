"""An upload is an image only if it is one, and then nothing but its pixels is kept."""

import io
import struct
import zlib

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from dossiers.images import MAX_BYTES, MAX_SIDE, remake, serve


def upload(content: bytes, name: str = "foto.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "image/jpeg")


def picture(kind: str = "JPEG", size: tuple[int, int] = (60, 40), **options: object) -> bytes:
    target = io.BytesIO()
    mode = "RGBA" if kind == "PNG" else "RGB"
    Image.new(mode, size, "teal").save(target, kind, **options)
    return target.getvalue()


def header_of_huge_png(width: int, height: int) -> bytes:
    """A PNG that claims its size and holds almost nothing: the bomb."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 100))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_every_usual_format_becomes_webp(kind: str) -> None:
    remade = remake(upload(picture(kind)))
    with Image.open(remade) as result:
        assert (result.format, result.size) == ("WEBP", (60, 40))


def test_position_and_camera_are_stripped() -> None:
    exif = Image.Exif()
    exif[0x010F] = "GEHEIME CAMERA"
    exif.get_ifd(0x8825)[1] = "N"
    remade = remake(upload(picture(exif=exif))).read()
    assert b"GEHEIME" not in remade
    with Image.open(io.BytesIO(remade)) as result:
        assert not result.getexif()


def test_a_photo_taken_sideways_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    with Image.open(remake(upload(picture(exif=exif)))) as result:
        assert result.size == (40, 60)


def test_large_pictures_are_made_smaller() -> None:
    with Image.open(remake(upload(picture(size=(4000, 1000))))) as result:
        assert result.size == (MAX_SIDE, 500)


@pytest.mark.parametrize(
    "content",
    [
        b"<html><script>alert(1)</script></html>",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"%PDF-1.4",
        b"",
        b"\xff\xd8\xff\xe0 no jpeg at all",
        picture()[: len(picture()) // 2],
        b"BM" + b"\0" * 100,
    ],
    ids=["html", "svg", "pdf", "empty", "fake jpeg", "cut off", "bmp"],
)
def test_what_is_no_image_is_refused_with_words(content: bytes) -> None:
    with pytest.raises(ValidationError) as refusal:
        remake(upload(content))
    assert refusal.value.code == "format"


def test_a_script_behind_the_picture_does_not_survive() -> None:
    remade = remake(upload(picture("GIF") + b"<script>alert(1)</script>")).read()
    assert b"script" not in remade


def test_too_many_bytes_are_refused_before_they_are_read() -> None:
    with pytest.raises(ValidationError) as refusal:
        remake(upload(b"\0" * (MAX_BYTES + 1)))
    assert refusal.value.code == "size"


@pytest.mark.parametrize("side", [7_000, 30_000])
def test_a_decompression_bomb_is_refused_by_its_header(side: int) -> None:
    with pytest.raises(ValidationError) as refusal:
        remake(upload(header_of_huge_png(side, side), "bom.png"))
    assert refusal.value.code == "pixels"


def test_the_name_of_the_file_is_not_kept() -> None:
    assert "jansen" not in str(remake(upload(picture(), "mevrouw-jansen.jpg")).name)


def test_served_images_are_never_sniffed_nor_shared() -> None:
    response = serve(b"RIFF")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"].startswith("private")
    assert response["Content-Type"] == "image/webp"
