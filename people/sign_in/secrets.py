"""Keeps the secrets of second factors from being readable in a dump of the database."""

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings


def seal(text: str) -> str:
    """``text`` encrypted under a key derived from ``SECRET_KEY``."""
    return _fernet(settings.SECRET_KEY).encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """The reverse of ``seal``, also under ``SECRET_KEY_FALLBACKS``; ValueError where none fits."""
    for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        try:
            return _fernet(key).decrypt(sealed.encode()).decode()
        except InvalidToken:
            continue
    raise ValueError("sealed under another key")


def _fernet(secret: str) -> Fernet:
    derived = hashlib.sha256(b"people.sign_in.secrets:" + secret.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(derived))
