"""Images that are filed with something: only what really is one, made anew and stripped.

Whatever is uploaded is decoded and written again as WebP, so nothing of the file survives but its
pixels: no position or camera in EXIF, no script behind the picture, no second format inside.
"""

from __future__ import annotations

import io
import uuid
import warnings

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps, UnidentifiedImageError

MAX_BYTES = 8 * 1024 * 1024
MAX_PIXELS = 40_000_000
MAX_SIDE = 2_000
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
ACCEPT = "image/jpeg,image/png,image/webp,image/gif"
"""For the ``accept`` attribute of a file field."""


def remake(upload: File[bytes]) -> ContentFile[bytes]:
    """The uploaded picture as a fresh WebP of at most ``MAX_SIDE`` pixels a side.

    Raises ``ValidationError`` with words for the uploader where it is too large, has more than
    ``MAX_PIXELS`` pixels (told from the header, before anything is decoded), is broken, or is no
    JPEG, PNG, WebP or GIF. The name is random and says nothing about the original.
    """
    if upload.size > MAX_BYTES:
        raise ValidationError(
            _("This image is larger than 8 MB. Make it smaller and try again."), code="size"
        )
    upload.seek(0)
    content = upload.read()
    try:
        with warnings.catch_warnings():
            # Pillow warns of a bomb from its own, higher limit; ours is checked below.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=FORMATS) as header:
                _refuse_bomb(*header.size)
                header.verify()
            with Image.open(io.BytesIO(content), formats=FORMATS) as picture:
                picture.load()
                return ContentFile(_as_webp(picture), name=f"{uuid.uuid4()}.webp")
    except Image.DecompressionBombError as error:
        raise _bomb() from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as error:
        raise ValidationError(
            _("This is not an image we can use. Choose a JPEG, PNG, WebP or GIF."), code="format"
        ) from error


def serve(content: bytes) -> HttpResponse:
    """A remade image as a response: never guessed at by the browser, cached by that browser only.

    The view that calls this has already asked whether this person may see what it belongs to.
    """
    return HttpResponse(
        content,
        content_type="image/webp",
        headers={
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, max-age=86400",
            "Content-Security-Policy": "default-src 'none'",
            "Content-Disposition": "inline",
        },
    )


def _as_webp(picture: Image.Image) -> bytes:
    upright = ImageOps.exif_transpose(picture)
    has_alpha = upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info
    plain = upright.convert("RGBA" if has_alpha else "RGB")
    plain.thumbnail((MAX_SIDE, MAX_SIDE))
    target = io.BytesIO()
    plain.save(target, "WEBP", quality=82, method=4, exif=b"", icc_profile=b"")
    return target.getvalue()


def _refuse_bomb(width: int, height: int) -> None:
    if width * height > MAX_PIXELS:
        raise _bomb()


def _bomb() -> ValidationError:
    return ValidationError(
        _("This image has more than 40 million pixels. Make it smaller and try again."),
        code="pixels",
    )
