"""What a document must be before a dossier takes it: of a known sort, and what it says it is."""

from __future__ import annotations

import zipfile
from pathlib import PurePath
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError

MAX_BYTES = 20 * 1024 * 1024
MAX_UNPACKED = 200 * 1024 * 1024
MAX_PIXELS = 60_000_000

_OFFICE = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
_OPEN_DOCUMENT = {
    ".odt": "application/vnd.oasis.opendocument.text",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".odp": "application/vnd.oasis.opendocument.presentation",
}
_IMAGES = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg"}
ALLOWED = sorted({".pdf", ".txt", *_OFFICE, *_OPEN_DOCUMENT, *_IMAGES})


def media_type_of(upload: UploadedFile[Any]) -> str:
    """The media type of a document that is what its name says.

    Raises ValidationError, in the reader's language, for everything else: too large, empty, of an
    unknown sort, of another content than its name, with macros, or unpacking beyond measure.
    """
    suffix = PurePath(upload.name or "").suffix.lower()
    if not upload.size:
        raise ValidationError(_("This file is empty. Choose another one."))
    if upload.size > MAX_BYTES:
        raise ValidationError(
            _("This file is larger than %(limit)d MB. Make it smaller or split it.")
            % {"limit": MAX_BYTES // 1024 // 1024}
        )
    if suffix == ".pdf":
        found = _pdf(upload)
    elif suffix == ".txt":
        found = _text(upload)
    elif suffix in _OFFICE:
        found = _office(upload, _OFFICE[suffix])
    elif suffix in _OPEN_DOCUMENT:
        found = _open_document(upload, _OPEN_DOCUMENT[suffix])
    elif suffix in _IMAGES:
        found = _image(upload, _IMAGES[suffix])
    else:
        raise ValidationError(
            _("Files of this sort are not taken. Choose one of: %(sorts)s.")
            % {"sorts": ", ".join(sort.lstrip(".") for sort in ALLOWED)}
        )
    upload.seek(0)
    if not found:
        raise ValidationError(
            _("The content of this file does not match its name. Save it again and retry.")
        )
    return found


def _pdf(upload: UploadedFile[Any]) -> str:
    upload.seek(0)
    return "application/pdf" if b"%PDF-" in upload.read(1024) else ""


def _text(upload: UploadedFile[Any]) -> str:
    upload.seek(0)
    content = upload.read()
    if b"\x00" in content:
        return ""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return ""
    return "text/plain"


def _names(upload: UploadedFile[Any]) -> zipfile.ZipFile | None:
    upload.seek(0)
    try:
        archive = zipfile.ZipFile(upload)
    except zipfile.BadZipFile:
        return None
    if sum(entry.file_size for entry in archive.infolist()) > MAX_UNPACKED:
        raise ValidationError(_("This file unpacks to far more than its size. It was refused."))
    return archive


def _office(upload: UploadedFile[Any], media_type: str) -> str:
    archive = _names(upload)
    if archive is None or "[Content_Types].xml" not in archive.namelist():
        return ""
    if any(name.endswith("vbaProject.bin") for name in archive.namelist()):
        raise ValidationError(_("This file holds macros. Save it without macros and retry."))
    return media_type


def _open_document(upload: UploadedFile[Any], media_type: str) -> str:
    archive = _names(upload)
    if archive is None or "mimetype" not in archive.namelist():
        return ""
    if archive.getinfo("mimetype").file_size > 200:
        return ""
    return media_type if archive.read("mimetype").decode("ascii", "replace") == media_type else ""


def _image(upload: UploadedFile[Any], media_type: str) -> str:
    upload.seek(0)
    try:
        with Image.open(upload, formats=["PNG", "JPEG"]) as image:
            if image.width * image.height > MAX_PIXELS:
                raise ValidationError(_("This image is too large. Make it smaller and retry."))
            return media_type if image.get_format_mimetype() == media_type else ""
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError):
        return ""
