"""Mails that really came back, from servers of twenty-five years: what is read from them.

They are flufl.bounce's own samples, read from its archive (``samples/NOTICE``). That library finds
out whether an address failed; which failures cost somebody all further mail is the portal's choice,
and so is what is measured here.
"""

import hashlib
import tarfile
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from outbox.bounces import Reading, read
from outbox.models import BounceKind

ARCHIVE = Path(__file__).parent / "samples" / "flufl_bounce-6.0.0.tar.gz"
PUBLISHED = "a1df16b9d1877ae4536f7d76c00d8421fcefbe694f80f5285d05c45a2547b1bc"
"""What the package index says of it."""
NO_BOUNCE = {"groupwise_03", "qmail_08"}
"""An advertisement and an automatic answer."""
UNNAMED = {"simple_43", "dumbass_01", "bounce_01"}
"""Reports that name no address; which mail it was still tells whose it is."""
FULL = {
    "dsn_01",
    "dsn_04",
    "hotpop_01",
    "newmailru_01",
    "postfix_04",
    "qmail_02",
    "qmail_06",
    "qmail_07",
    "simple_01",
    "simple_07",
    "simple_09",
    "simple_14",
    "simple_38",
    "simple_45",
    "yahoo_02",
    "yahoo_04",
}
UNWANTED = {"simple_42", "dsn_03"}
"""Taken for spam, and too large: nothing is wrong with the address."""


@pytest.fixture(scope="module")
def readings() -> dict[str, Reading | None]:
    """What is read from each sample, by its name."""
    found = {}
    with tarfile.open(ARCHIVE) as archive:
        for member in archive:
            path = Path(member.name)
            if path.parent.name == "data" and path.suffix == ".txt":
                sample = archive.extractfile(member)
                assert sample is not None
                found[path.stem] = read(message_from_bytes(sample.read(), policy=policy.compat32))
    return found


def test_the_samples_are_the_published_ones() -> None:
    assert hashlib.sha256(ARCHIVE.read_bytes()).hexdigest() == PUBLISHED


def test_nearly_all_that_came_back_is_recognised(readings: dict[str, Reading | None]) -> None:
    bounces = {name: reading for name, reading in readings.items() if name not in NO_BOUNCE}
    recognised = [name for name, reading in bounces.items() if reading is not None]
    assert len(bounces) >= 110
    assert set(bounces) - set(recognised) <= UNNAMED
    assert len(recognised) / len(bounces) >= 0.97


def test_what_did_not_come_back_is_none(readings: dict[str, Reading | None]) -> None:
    assert {name: readings[name] for name in NO_BOUNCE} == dict.fromkeys(NO_BOUNCE)


def test_a_full_mailbox_or_an_unwanted_mail_is_not_the_end_of_an_address(
    readings: dict[str, Reading | None],
) -> None:
    kinds = {name: reading.kind for name, reading in readings.items() if reading is not None}
    assert {name: kinds[name] for name in FULL | UNWANTED} == dict.fromkeys(
        FULL | UNWANTED, BounceKind.SOFT
    )


def test_most_failures_are_of_addresses_that_do_not_exist(
    readings: dict[str, Reading | None],
) -> None:
    hard = [reading for reading in readings.values() if reading and reading.kind == BounceKind.HARD]
    assert len(hard) >= 75
