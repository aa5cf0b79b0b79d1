"""Small makers for posts, comments and dossiers, through the actions that the portal uses."""

import datetime as dt
import io

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from blogs import actions
from blogs.lifecycle import CommentPolicy
from blogs.models import Comment, Kind, Post
from dossiers.models import Dossier, Secrecy
from people.models import Person


def make_post(
    author: Person,
    title: str = "Nieuwe roosters in de zorg",
    body: str = "Wij praten met de directie over de #roosters.",
    *,
    published: bool = True,
    kind: Kind = Kind.POST,
    dossier: Dossier | None = None,
    policy: CommentPolicy = CommentPolicy.OPEN,
) -> Post:
    """A post of ``author``, published unless told otherwise."""
    text = actions.PostText(
        title=title, body=body, kind=kind, dossier=dossier, comment_policy=policy
    )
    post = actions.write_post(author, text)
    return actions.publish_post(post, author) if published else post


def make_comment(
    post: Post, author: Person, body: str = "Goed dat dit gebeurt.", parent: Comment | None = None
) -> Comment:
    """A comment of ``author`` under ``post``."""
    return actions.write_comment(post, author, body, parent)


def make_dossier(opened_by: Person, title: str = "Nieuwe roosters", **fields: object) -> Dossier:
    """An open dossier that staff know of."""
    return Dossier.objects.create(opened_by=opened_by, title=title, **fields)


def keep_secret(dossier: Dossier, *exempt: Person) -> Secrecy:
    """Secrecy on the dossier, from which only ``exempt`` are exempt."""
    secrecy = Secrecy.objects.create(dossier=dossier, imposed_by="de bestuurder", scope="alles")
    secrecy.exempt.set(exempt)
    return secrecy


def later(**delta: int) -> dt.datetime:
    """A whole minute in the future."""
    return timezone.now().replace(second=0, microsecond=0) + dt.timedelta(**delta)


def picture_upload(name: str = "foto.png") -> SimpleUploadedFile:
    """A real, small PNG."""
    target = io.BytesIO()
    Image.new("RGB", (60, 40), "teal").save(target, "PNG")
    return SimpleUploadedFile(name, target.getvalue(), "image/png")


def post_form(**changes: object) -> dict[str, object]:
    """What the writing form sends for a good post."""
    return {
        "kind": "post",
        "title": "Nieuwe roosters",
        "body": "Wij praten over de #roosters.",
        "image_alt": "",
        "dossier": "",
        "comment_policy": "open",
        **changes,
    }
