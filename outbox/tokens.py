"""Short signed tokens: one that names a mail (Message-ID, bounce address), one a recipient."""

import hmac
from base64 import urlsafe_b64encode
from functools import lru_cache

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from outbox.models import Delivery, Mailing

MAC_BYTES = 12


def mail_token(mailing: Mailing, delivery: int) -> str:
    """What names one mail outside the portal: the same for the life of its row."""
    mac = hmac.digest(bytes(mailing.secret), str(delivery).encode(), "sha256")[:8]
    return f"{delivery:x}.{mac.hex()}"


def mail_of(token: str) -> Delivery | None:
    """The mail that a token names, or None for one that was made up."""
    number, _dot, _mac = token.lower().partition(".")
    try:
        key = int(number, 16)
    except ValueError:
        return None
    if not 0 < key < 2**63:
        return None
    found = Delivery.objects.select_related("mailing").filter(pk=key).first()
    if found is None or not constant_time_compare(mail_token(found.mailing, key), token.lower()):
        return None
    return found


@lru_cache(maxsize=4)
def recipient_secret(secret: str) -> bytes:
    """The key that signs recipients, made from one of the portal's secrets."""
    return salted_hmac("outbox.tokens", "recipient", secret=secret, algorithm="sha256").digest()


def recipient_token(key: str) -> str:
    """A link's proof of who may change this recipient's preferences: the key and its signature."""
    return f"{key}.{signature(key, settings.SECRET_KEY)}"


def recipient_of(token: str) -> str | None:
    """The recipient's key in a token, or None for one that was made up or mangled."""
    key, dot, mac = token.rpartition(".")
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    if dot and key and any(constant_time_compare(mac, signature(key, each)) for each in secrets):
        return key
    return None


def signature(key: str, secret: str) -> str:
    """Twelve bytes over a recipient's key, for a URL."""
    mac = hmac.digest(recipient_secret(secret), key.encode(), "sha256")[:MAC_BYTES]
    return urlsafe_b64encode(mac).decode("ascii")
