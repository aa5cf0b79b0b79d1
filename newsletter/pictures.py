"""Pictures as old mail programs can show them: JPEG, no wider than needed on a sharp screen."""

import io
import uuid

from django.core.files.base import ContentFile
from PIL import Image

WIDTH = 1200


def for_mail(picture: ContentFile[bytes]) -> ContentFile[bytes]:
    """A remade picture (``dossiers.images.remake``) as JPEG on white."""
    picture.seek(0)
    with Image.open(io.BytesIO(picture.read()), formats=["WEBP"]) as opened:
        layer = opened.convert("RGBA")
    layer.thumbnail((WIDTH, 2 * WIDTH))
    ground = Image.new("RGB", layer.size, "white")
    ground.paste(layer, mask=layer.getchannel("A"))
    made = io.BytesIO()
    ground.save(made, "JPEG", quality=84, optimize=True, progressive=True)
    return ContentFile(made.getvalue(), name=f"{uuid.uuid4()}.jpg")
